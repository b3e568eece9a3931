"""Records as separated values: nothing is calculated, nothing is lost, and it can be read in again."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from nacoord.desk.export import export
from nacoord.desk.lookup import find_scope
from nacoord.desk.release import release
from nacoord.model.cells import split
from nacoord.model.cells import unguard
from nacoord.model.kinds.table import KINDS
from nacoord.present.export.columns import columns
from nacoord.present.export.csv import files
from nacoord.present.export.csv import packed
from nacoord.present.export.csv import render
from tests.support.records import BASE
from tests.support.records import snapshot_of
from tests.support.secrets import SECRET
from tests.support.secrets import TODAY
from tests.support.secrets import exported

FULL = BASE["issues/example.yaml"] + (
    "milestones:\n  - what: 'One; two'\n    due: 2021-03-01\n  - what: Three\n    done: 2021-01-04\n"
    "sources:\n  - cite: First\n    covers: [health, status]\n  - cite: Second\n"
    "field_markings:\n  health: deliberative\n  status: cui//PRVCY\n"
    "x-number: 3\nx-list: [a, {b: 1}]\n"
)


def _rows(texts: dict[str, str], kind: str) -> list[dict[str, str]]:
    snapshot = snapshot_of(texts)
    found = export(release(snapshot, None), find_scope(snapshot, None), TODAY)
    text = render(found, kind).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_row_is_a_record_and_a_column_a_field() -> None:
    rows = {row["id"]: row for row in _rows({"issues/example.yaml": FULL}, "issue")}
    issue = rows["example"]

    assert list(rows) == ["depends-on-new", "example", "new-issue"]
    assert list(issue)[:6] == ["id", "kind", "title", "summary", "relationships", "theme"]
    assert (issue["kind"], issue["title"], issue["next_step.due"]) == (
        "issue",
        "Example issue",
        "2021-01-25",
    )
    assert issue["parties.agency"] == "texas; sre"
    assert issue["parties.role"] == "support; inform"
    assert rows["new-issue"]["parties.agency"] == ""


def test_entries_of_a_list_have_the_same_place_in_every_column() -> None:
    issue = {row["id"]: row for row in _rows({"issues/example.yaml": FULL}, "issue")}["example"]

    assert split(issue["milestones.what"]) == ["One; two", "Three"]
    assert split(issue["milestones.due"]) == ["2021-03-01", ""]
    assert split(issue["milestones.done"]) == ["", "2021-01-04"]
    assert split(issue["sources.covers"]) == ["health, status", ""]
    assert issue["field_markings"] == "health=deliberative; status=cui//PRVCY"
    assert (issue["x-number"], issue["x-list"]) == ("3", '["a", {"b": 1}]')
    assert issue["muted.rule"] == ""


def test_months_and_windows_are_texts_and_numbers_are_numbers() -> None:
    clock = "title: C\nsteps:\n  - name: S\n    days: 30\n    at_least: true\n"
    action = "title: A\nby: [dhs]\nwhen: 2021-02-19/2021-02-21\nissues: [example]\n"
    agency = "title: T\nlevel: state\nsphere: domestic\ncadence_days: 14\n"
    (row,) = _rows({"actions/a.yaml": action}, "action")
    steps = {row["id"]: row for row in _rows({"clocks/c.yaml": clock}, "clock")}["c"]
    agencies = {row["id"]: row for row in _rows({"agencies/t.yaml": agency}, "agency")}

    assert row["when"] == "2021-02-19/2021-02-21"
    assert (steps["steps.days"], steps["steps.at_least"]) == ("30", "true")
    assert agencies["t"]["cadence_days"] == "14"


def test_lines_end_as_rfc_4180_says_and_a_mark_stands_only_where_it_is_asked_for() -> None:
    found = exported(None)[1]
    data = render(found, "person")

    assert data.count(b"\r\n") == 1 + len(found.kinds()["person"])
    assert not data.startswith(b"\xef\xbb\xbf")
    assert render(found, "person", bom=True) == b"\xef\xbb\xbf" + data


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_a_kind_has_its_column(kind: str) -> None:
    model = KINDS[kind].model
    tops = {column.key.split(".")[0] for column in columns(model)}

    assert tops == {"id", "kind"} | {
        info.alias or name
        for name, info in model.model_fields.items()
        if name not in ("id", "extras")
    }


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="=+-@\t\r\n,;\"' a1é|", min_size=1, max_size=20))
def test_no_text_becomes_a_formula_or_breaks_out_of_its_cell(text: str) -> None:
    if not text.strip():
        return
    import json

    person = f"title: {json.dumps(text)}\nagency: office\nrole: R\ntags: [{json.dumps(text)}]\n"
    rows = {row["id"]: row for row in _rows({"people/p.yaml": person}, "person")}

    assert set(rows) == {"p", "example-officer"}
    assert not rows["p"]["title"].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguard(rows["p"]["title"]) == text
    assert split(unguard(rows["p"]["tags"])) == [text]


def test_nothing_above_the_ceiling_leaves() -> None:
    left = exported("public")[1]

    assert SECRET in b"".join(files(exported(None)[1]).values()).decode().lower()
    for name, data in files(left).items():
        assert SECRET not in (name + data.decode()).lower()
    assert SECRET.encode() not in packed(left).lower()


def test_the_same_record_gives_the_same_bytes() -> None:
    assert packed(exported(None)[1]) == packed(exported(None)[1])
