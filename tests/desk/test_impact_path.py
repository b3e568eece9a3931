"""The shortest way from one issue to another."""

from __future__ import annotations

import pytest

from nacoord.desk.impact.path import Path
from nacoord.desk.impact.path import path
from nacoord.desk.lookup import UnknownError
from nacoord.desk.lookup import find_record
from nacoord.model.errors import UsageError
from tests.support.records import snapshot_of


def _issue(*agencies: str, links: str = "", status: str = "active", clocks: str = "") -> str:
    parties = ", ".join(f"{{agency: {id}, role: support}}" for id in agencies)
    return (
        f"title: Issue\nrelationships: [mexico]\ntheme: water\npriority: P2\nstatus: {status}\n"
        f"health: green\nparties: [{parties}]\nlinks: [{links}]\nclocks: [{clocks}]\n"
    )


def _link(to: str, kind: str = "related") -> str:
    return f"{{to: {to}, kind: {kind}, because: Why {to}}}"


def _path(texts: dict[str, str], word: str, to: str, everything: bool = False) -> Path:
    snapshot = snapshot_of(
        {
            "clocks/day.yaml": "title: A day\nfixed:\n  - due: 2021-03-01\n",
            **{f"issues/{name}.yaml": text for name, text in texts.items()},
        }
    )
    return path(snapshot, find_record(snapshot, word), to, everything)


def _said(found: Path) -> list[str]:
    return [f"{s.issue} {s.tie.words} {s.to}: {s.tie.because}" for s in found.steps]


def test_each_step_says_what_ties_its_issues_and_why() -> None:
    texts = {
        "a": _issue(links=_link("b", "blocks")),
        "b": _issue(clocks="{clock: day}"),
        "c": _issue("texas", clocks="{clock: day}"),
        "d": _issue("texas", "sre"),
        "e": _issue("sre", links=_link("f")),
        "f": _issue(links=_link("e", "depends-on")),
    }

    assert _said(_path(texts, "a", "f")) == [
        "a blocks b: Why b",
        "b runs on the same clock as c: both run on day",
        "c shares a stakeholder with d: texas supports both",
        "d shares a counterpart with e: both deal with sre",
        "e is needed by f: Why e",
    ]


def test_links_are_shorter_than_a_clock_and_a_clock_than_a_stakeholder() -> None:
    texts = {
        "a": _issue("texas", clocks="{clock: day}", links=_link("m")),
        "m": _issue(),
        "b": _issue("texas", clocks="{clock: day}"),
    }

    assert [step.tie.kind for step in _path(texts, "a", "b").steps] == ["clock"]
    texts["m"] = _issue(links=_link("b"))
    texts["a"] = _issue("texas", links=_link("m"))
    assert [step.to for step in _path(texts, "a", "b").steps] == ["m", "b"]


def test_a_stakeholder_of_many_issues_gives_no_shortcut() -> None:
    chain = {f"c{at}": _issue(links=_link(f"c{at + 1}")) for at in range(5)}
    many = {f"m{at}": _issue("dhs") for at in range(6)}
    texts = {
        **chain,
        **many,
        "c5": _issue("dhs"),
        "c0": _issue("dhs", links=_link("c1")),
        **{f"o{at}": _issue() for at in range(8)},
    }

    assert [step.to for step in _path(texts, "c0", "c5").steps] == ["c1", "c2", "c3", "c4", "c5"]


def test_of_ways_of_one_length_the_first_by_name_wins_from_either_end() -> None:
    texts = {
        "a": _issue(links=f"{_link('n')}, {_link('m')}"),
        "m": _issue(links=_link("z")),
        "n": _issue(links=_link("z")),
        "z": _issue(),
    }

    assert [step.to for step in _path(texts, "a", "z").steps] == ["m", "z"]
    assert [step.to for step in _path(texts, "z", "a").steps] == ["m", "a"]


def test_no_way_leads_over_issues_that_have_ended_unless_asked_for() -> None:
    texts = {
        "a": _issue(links=_link("done")),
        "done": _issue(status="resolved", links=_link("z")),
        "z": _issue(),
    }

    assert not _path(texts, "a", "z").found
    assert len(_path(texts, "a", "z", everything=True).steps) == 2
    assert len(_path(texts, "a", "done").steps) == 1, "an end may have ended"


def test_the_way_begins_at_whichever_issue_of_a_record_is_nearest() -> None:
    texts = {
        "far": _issue("texas"),
        "near": _issue("texas", links=_link("z")),
        "z": _issue("sre"),
    }
    found = _path(texts, "texas", "z")

    assert [step.issue for step in found.steps] == ["near"]
    inside = _path(texts, "sre", "z")
    assert inside.found
    assert inside.steps == ()


def test_both_ends_must_be_two_and_the_second_an_issue() -> None:
    texts = {"a": _issue()}

    with pytest.raises(UsageError, match="leads to itself"):
        _path(texts, "a", "a")
    with pytest.raises(UnknownError, match='"sre" is an agency, not an issue'):
        _path(texts, "a", "sre")
    with pytest.raises(UnknownError, match='no issue "exampel"'):
        _path(texts, "a", "exampel")
