"""From values to models: every error has a code, plain words, its field and a remedy."""

from __future__ import annotations

from typing import Any

import pytest

from nacoord.model.fault import dotted
from nacoord.model.faultcodes import FAULT_CODES
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.table import KINDS
from nacoord.record.validation import validate

ISSUE = {
    "title": "T", "relationships": ["mexico"], "theme": "x", "priority": "P1", "status": "active", "health": "green",
}  # fmt: skip


def _invalid(kind: str, **values: Any) -> list[tuple[str, str]]:
    data = {**ISSUE, **values} if kind == "issue" else values
    made = validate(KINDS[kind].model, data, id="x")
    assert isinstance(made, list), made
    for invalid in made:
        assert invalid.code in FAULT_CODES
        assert invalid.message
        assert invalid.hint, invalid.message
        assert "Input should" not in invalid.message
    return [(invalid.code, dotted(invalid.field)) for invalid in made]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"title": 5}, ("wrong-type", "title")),
        ({"title": None}, ("wrong-type", "title")),
        ({"title": True}, ("wrong-type", "title")),
        ({"title": []}, ("wrong-type", "title")),
        ({"title": "  "}, ("blank-text", "title")),
        ({"tags": "one"}, ("wrong-type", "tags")),
        ({"tags": [1]}, ("wrong-type", "tags[0]")),
        ({"relationships": []}, ("wrong-type", "relationships")),
        ({"leads": "state"}, ("wrong-type", "leads")),
        ({"leads": {"foriegn": "state"}}, ("unknown-field", "leads.foriegn")),
        ({"priority": "P5"}, ("bad-choice", "priority")),
        ({"status": "activ"}, ("bad-choice", "status")),
        ({"next_step": {"who": "x"}}, ("missing-field", "next_step.what")),
        ({"next_step": {"what": "x", "due": "tomorrow"}}, ("bad-date", "next_step.due")),
        ({"milestones": [{"what": "x", "done": "2021-02-30"}]}, ("bad-date", "milestones[0].done")),
        ({"milestones": [{"what": "x", "done": "2021-02"}]}, ("bad-date", "milestones[0].done")),
        ({"marking": "secret"}, ("bad-marking", "marking")),
        ({"marking": "cui//"}, ("bad-marking", "marking")),
        ({"field_markings": {"health_reason": "x"}}, ("bad-marking", "field_markings.health_reason")),
        ({"id": "other"}, ("unknown-field", "id")),
        ({"extras": {}}, ("unknown-field", "extras")),
        ({"owner": ""}, ("wrong-type", "owner")),
    ],
)  # fmt: skip
def test_an_issue(values: dict[str, Any], expected: tuple[str, str]) -> None:
    assert _invalid("issue", **values) == [expected]


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        ("clock", {"title": "T", "steps": [{"name": "n", "days": -1}]}, ("wrong-type", "steps[0].days")),
        ("clock", {"title": "T", "steps": [{"name": "n", "days": "5"}]}, ("wrong-type", "steps[0].days")),
        ("clock", {"title": "T", "steps": [{"name": "n", "days": 36_526}]}, ("wrong-type", "steps[0].days")),
        ("clock", {"title": "T", "steps": [{"name": "n", "days": 5, "at_least": "yes"}]}, ("wrong-type", "steps[0].at_least")),
        ("clock", {"title": "T", "steps": [{"name": "n", "days": 5, "holidays": ["USA"]}]}, ("bad-choice", "steps[0].holidays[0]")),
        ("clock", {"title": "T", "recurrence": {"every": 0}}, ("wrong-type", "recurrence.every")),
        ("engagement", {"title": "T", "type": "call", "date": "2021-01-01", "with": ["x"], "time": "25:00"}, ("wrong-type", "time")),
        ("engagement", {"title": "T", "type": "call", "date": "2021-01-01", "attendees": ["x"], "with": ["x"]}, ("unknown-field", "attendees")),
        ("person", {"title": "T", "agency": "a", "role": "r", "emails": ["nobody"]}, ("wrong-type", "emails[0]")),
        ("action", {"title": "T", "by": ["a"], "when": "2021-03-05/2021-03-01", "issues": ["i"]}, ("bad-date", "when")),
    ],
)  # fmt: skip
def test_other_kinds(kind: str, values: dict[str, Any], expected: tuple[str, str]) -> None:
    assert _invalid(kind, **values) == [expected]


def test_all_errors_of_a_file_come_at_once() -> None:
    found = _invalid("issue", title=5, priority="P9", colour="red", health=None)

    assert sorted(found) == [
        ("bad-choice", "health"),
        ("bad-choice", "priority"),
        ("unknown-field", "colour"),
        ("wrong-type", "title"),
    ]


@pytest.mark.parametrize("value", [None, [], "text", 5])
def test_a_file_that_is_no_mapping(value: Any) -> None:
    made = validate(KINDS["issue"].model, value, id="x")

    assert isinstance(made, list)
    assert [invalid.code for invalid in made] == ["wrong-type"]


def test_a_misspelled_field_gets_a_guess_and_a_choice_too() -> None:
    made = validate(KINDS["issue"].model, {**ISSUE, "helth": "red", "status": "activ"}, id="x")
    assert isinstance(made, list)

    hints = {invalid.hint for invalid in made}
    assert hints == {'did you mean "health"?', 'did you mean "active"?'}


def test_an_offices_own_keys_are_kept() -> None:
    made = validate(KINDS["issue"].model, {**ISSUE, "x-desk": {"a": 1}}, id="x")

    assert isinstance(made, Record)
    assert made.extras == {"x-desk": {"a": 1}}


@pytest.mark.parametrize(
    "text",
    [
        "SECRET//NOFORN", "TOP SECRET//SI", "see CONFIDENTIAL//REL TO USA", "SECRET", "  TOP SECRET  ",
        "(S//NF) The plan", "(TS) The plan", "(C) The plan", "first\n(S) second", "(C//REL TO USA, CAN) x",
    ],
)  # fmt: skip
def test_classified_text_is_refused_wherever_it_stands(text: str) -> None:
    assert _invalid("issue", summary=text) == [("classified-text", "summary")]
    assert _invalid("issue", links=[{"to": "a", "kind": "related", "because": text}]) == [
        ("classified-text", "links[0].because")
    ]
    assert _invalid("issue", **{"x-own": [{"deep": text}]}) == [
        ("classified-text", "x-own[0].deep")
    ]


@pytest.mark.parametrize(
    "text",
    ["the Secret Service", "a secretary", "(c) 2020", "(C) 2020 the office", "Confidential informants", "S//", "SECRETARY//X", "(s) plural", "top secret recipe"],
)  # fmt: skip
def test_innocent_text_passes(text: str) -> None:
    assert isinstance(validate(KINDS["issue"].model, {**ISSUE, "summary": text}, id="x"), Record)
