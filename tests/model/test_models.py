"""The models: moments, references and fields by name, what a record shows by itself."""

from __future__ import annotations

from datetime import date

import pytest

from nacoord.model.declare import BadValueError
from nacoord.model.declare import Declared
from nacoord.model.fields import fields
from nacoord.model.fields import values
from nacoord.model.folding import fold
from nacoord.model.kinds.action import Action
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.issue import Issue
from nacoord.model.kinds.table import KINDS
from nacoord.model.marking import level
from nacoord.model.references import references
from nacoord.model.when import parse_when
from nacoord.record.validation import validate
from tests.conftest import ROOT
from tests.support.records import snapshot_of


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2021-02-21", date(2021, 2, 21), date(2021, 2, 21)),
        ("2021-02", date(2021, 2, 1), date(2021, 2, 28)),
        ("2020-12", date(2020, 12, 1), date(2020, 12, 31)),
        ("2021-02-19/2021-03-01", date(2021, 2, 19), date(2021, 3, 1)),
    ],
)
def test_moments(text: str, start: date, end: date) -> None:
    found = parse_when(text)

    assert (found.start, found.end, str(found)) == (start, end, text)


@pytest.mark.parametrize(
    "text",
    ["2021", "2021-13", "2021-00", "2021-02-30", "2021-03-05/2021-03-01", "2021-03/2021-04", "21-02-03", "2021-02-03T00:00", 20210203, None, True],
)  # fmt: skip
def test_what_is_no_moment(text: object) -> None:
    with pytest.raises(BadValueError, match="is not a date"):
        parse_when(text)


def test_records_cannot_be_changed() -> None:
    record = snapshot_of({}).records["example"]

    with pytest.raises(TypeError, match="can't be changed"):
        record.title = "Other"
    with pytest.raises(TypeError, match="can't be changed"):
        del record.title


@pytest.mark.parametrize(
    ("one", "other"), [({"a": 1, "b": 2}, {"b": 2, "a": 1}), ({"a": 1}, {"a": 1.0})]
)
def test_equal_records_have_one_hash(one: dict[str, object], other: dict[str, object]) -> None:
    first, second = (Record(id="r", title="t", extras={"x-own": own}) for own in (one, other))

    assert first == second
    assert hash(first) == hash(second)


def test_every_model_is_frozen_and_knows_its_keys() -> None:
    waiting: list[type[Declared]] = [kind.model for kind in KINDS.values()]
    seen: set[type[Declared]] = set()
    while waiting:
        model = waiting.pop()
        seen.add(model)
        for name, info in model.model_fields.items():
            assert info.description or name == "id", (model, name)
        inner = Declared.__subclasses__()
        waiting += [part for base in inner for part in base.__subclasses__() if part not in seen]


def test_references_are_found_under_the_keys_of_the_file() -> None:
    found = {
        f"{record.id}.{'.'.join(str(part) for part in ref.field)}": ref.kinds
        for record in snapshot_of({}).records.values()
        for ref in references(record)
    }

    assert found["example-call.with.0"] == ("agency", "person")
    assert found["example.next_step.who"] == ("agency", "person")
    assert found["example.parties.1.agency"] == ("agency",)
    assert found["example-officer.portfolio.0"] == ()
    assert found["example-promise.said.engagement"] == ("engagement",)
    assert found["depends-on-new.links.0.to"] == ("issue",)


def test_fields_by_dotted_name() -> None:
    found = fields(Issue)

    assert found["next_step.due"].type == "date"
    assert found["priority"].type == "word"
    assert found["owner"].type == "word"
    assert found["title"].type == "text"
    assert found["parties.agency"].many
    assert "extras" not in found
    assert fields(KINDS["engagement"].model)["with"].type == "word"
    assert fields(KINDS["clock"].model)["steps.days"].type == "number"


def test_values_by_dotted_name() -> None:
    records = snapshot_of({}).records

    assert values(records["example"], "parties.agency") == ("texas", "sre")
    assert values(records["example-call"], "with") == ("sre",)
    assert values(records["new-issue"], "next_step.due") == ()
    assert values(records["example"], "kind") == ("issue",)


def test_every_value_of_the_real_record_can_be_named() -> None:
    from nacoord.record.loader import load

    for record in load(ROOT / "data", "data").records.values():
        for key in fields(type(record)):
            values(record, key)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Québec", "quebec"), ("MÉXICO", "mexico"), ("Straße", "strasse"), ("ﬁn", "fin"), ("İ", "i")],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(fold(text)) == fold(text)


def test_markings_have_an_order() -> None:
    assert level("public") < level("internal") < level("deliberative") < level("cui//PRVCY")


def _action(**more: object) -> Action:
    data = {"title": "T", "by": ["a"], "when": "2021-01-01", "issues": ["i"], "summary": "one\ntwo"}
    made = validate(Action, {**data, **more}, id="x")
    assert isinstance(made, Action)
    return made


def test_a_clearance_turns_suspect_when_the_text_changes_and_not_when_its_spaces_do() -> None:
    cleared = [{"who": "a", "status": "cleared", "text": _action().fingerprint()}]
    same = _action(clearances=cleared, summary="one  \ntwo\n\n")
    other = _action(clearances=cleared, summary="one\nthree")

    assert not same.suspect(same.clearances[0])
    assert other.suspect(other.clearances[0])


def test_a_kind_is_one_model_and_one_folder() -> None:
    assert len({kind.model for kind in KINDS.values()}) == len(KINDS)
    assert len({kind.folder for kind in KINDS.values()}) == len(KINDS)
    assert all(issubclass(kind.model, Record) for kind in KINDS.values())
