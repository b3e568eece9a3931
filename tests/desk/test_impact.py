"""What else moves if something moves."""

from __future__ import annotations

from datetime import date

from nacoord.desk.impact.answer import Impact
from nacoord.desk.impact.answer import Moved
from nacoord.desk.impact.answer import impact
from nacoord.desk.lookup import find_record
from tests.support.records import snapshot_of

TODAY = date(2021, 1, 20)
AGENCY = "title: An agency\nlevel: {level}\nsphere: both\ncountry: {country}\n"


def _issue(*, more: str = "", status: str = "active", priority: str = "P2", **roles: str) -> str:
    """Return an issue's text; `roles` are agencies and what they do: dhs="support"."""
    parties = "".join(f"  - {{agency: {id}, role: {role}}}\n" for id, role in roles.items())
    return (
        f"title: Issue\nrelationships: [mexico]\ntheme: water\npriority: {priority}\n"
        f"status: {status}\nhealth: green\n{'parties:' if parties else ''}\n{parties}{more}"
    )


def _link(to: str, kind: str, because: str = "Why") -> str:
    return f"links:\n  - {{to: {to}, kind: {kind}, because: {because}}}\n"


def _impact(texts: dict[str, str], word: str, everything: bool = False) -> Impact:
    snapshot = snapshot_of({f"issues/{name}.yaml": text for name, text in texts.items()})
    return impact(snapshot, TODAY, find_record(snapshot, word), everything)


def _said(moved: tuple[Moved, ...]) -> list[str]:
    return [f"{each.start} {tie.words} {each.issue}" for each in moved for tie in each.ties]


def test_links_are_told_from_either_side_what_moves_the_other_first() -> None:
    found = _impact(
        {
            "a": _issue(more=_link("b", "depends-on", "A needs B")),
            "b": _issue(),
            "c": _issue(more=_link("a", "depends-on")),
            "d": _issue(more=_link("a", "undermines")),
            "e": _issue(more=_link("a", "related"), priority="P1"),
            "f": _issue(more=_link("a", "precedent")),
        },
        "a",
    )

    assert _said(found.linked) == [
        "a is needed by c",
        "a depends on b",
        "a is undermined by d",
        "a follows the precedent of f",
        "a is related to e",
    ]
    assert found.linked[1].ties[0].because == "A needs B"


def test_a_relation_that_both_issues_tell_is_told_once_with_a_reason() -> None:
    texts = {
        "a": _issue(more=_link("b", "related").replace(", because: Why", "")),
        "b": _issue(more=_link("a", "related", "Same river")),
    }

    assert [tie.because for tie in _impact(texts, "a").linked[0].ties] == ["Same river"]


def test_links_to_what_is_not_there_are_left_out() -> None:
    assert _impact({"a": _issue(more=_link("gone", "blocks"))}, "a").linked == ()


def test_two_links_away_is_told_through_the_issue_between() -> None:
    found = _impact(
        {
            "a": _issue(more=_link("b", "related")),
            "b": _issue(more=_link("c", "blocks", "B is in the way")),
            "c": _issue(more=_link("d", "blocks")),
            "d": _issue(),
        },
        "a",
    )

    assert _said(found.farther) == ["b blocks c"]
    assert found.farther[0].ties[0].because == "B is in the way"


def test_issues_that_have_ended_count_only_as_precedents_or_when_asked_for() -> None:
    texts = {
        "a": _issue(more=_link("done", "related"), texas="support"),
        "done": _issue(status="resolved", texas="support"),
        "old": _issue(status="dropped", more=_link("a", "precedent"), texas="support"),
        "later": _issue(status="proposed", more=_link("a", "precedent")),
    }
    found = _impact(texts, "a")

    assert [moved.issue for moved in found.linked] == ["later", "old"]
    assert found.sharing == _impact({"a": texts["a"]}, "a").sharing
    assert {moved.issue for moved in _impact(texts, "a", everything=True).linked} == {
        "done",
        "later",
        "old",
    }


def test_a_stakeholder_counts_the_more_the_fewer_issues_it_is_in() -> None:
    found = _impact(
        {
            "a": _issue(texas="support", dhs="lead"),
            "rare": _issue(texas="lead"),
            "common": _issue(dhs="support"),
            "other": _issue(dhs="support"),
            "heard": _issue(texas="inform"),
        },
        "a",
    )
    because = {moved.issue: [tie.because for tie in moved.ties] for moved in found.sharing}

    assert list(because) == ["example", "rare", "common", "other"]
    assert because["rare"] == ["texas supports a and leads rare"]
    assert because["common"] == ["dhs leads a and supports common"]
    assert because["example"] == ["texas supports both", "dhs leads both"]


def test_the_office_its_lockstep_agency_and_whoever_is_in_half_of_all_tie_nothing() -> None:
    texts = {
        f"i{number}": _issue(office="support", state="lead", dhs="support") for number in range(8)
    }

    assert _impact(texts, "i0").sharing == ()


def test_a_counterpart_is_a_foreign_party_or_the_one_whom_a_lead_deals_with() -> None:
    texts = {
        "issues/a.yaml": _issue(sre="support"),
        "issues/b.yaml": _issue(sre="support"),
        "issues/c.yaml": _issue(more="leads: {domestic: bureau}\n"),
        "agencies/bureau.yaml": AGENCY.format(level="federal", country="US")
        + "counterparts: [sre, quebec]\n",
    }
    snapshot = snapshot_of(texts)
    found = impact(snapshot, TODAY, find_record(snapshot, "a"))

    assert [
        (moved.issue, moved.ties[0].kind, moved.ties[0].because) for moved in found.sharing
    ] == [
        ("b", "counterpart", "both deal with sre"),
        ("c", "counterpart", "both deal with sre"),
    ]


CLOCKS = {
    "clocks/day.yaml": "title: A day\nfixed:\n  - due: 2021-03-01\n",
    "clocks/steps.yaml": "title: Steps\nsteps:\n  - {name: First, days: 30}\n",
}


def test_one_clock_ties_issues_whose_days_are_the_same_more_than_others() -> None:
    def on(clock: str, started: str = "") -> str:
        start = f", started: {started}" if started else ""
        return _issue(more=f"clocks:\n  - {{clock: {clock}{start}}}\n")

    snapshot = snapshot_of(
        {
            **CLOCKS,
            "issues/a.yaml": on("day"),
            "issues/b.yaml": on("day"),
            "issues/c.yaml": on("steps", "2021-01-04"),
            "issues/d.yaml": on("steps", "2021-01-05"),
            "issues/e.yaml": on("steps", "2021-01-04"),
        }
    )

    def because(word: str) -> dict[str, list[str]]:
        found = impact(snapshot, TODAY, find_record(snapshot, word))
        return {moved.issue: [tie.because for tie in moved.ties] for moved in found.clocked}

    assert because("a") == {"b": ["both run on day"]}
    assert because("c") == {
        "d": ["steps is for both, each with days of its own"],
        "e": ["both run on steps"],
    }


def test_an_agency_begins_from_its_issues_and_those_of_its_parts() -> None:
    snapshot = snapshot_of(
        {
            "issues/a.yaml": _issue(more=_link("b", "blocks"), **{"example-child": "support"}),
            "issues/b.yaml": _issue(),
            "issues/c.yaml": _issue(more=_link("b", "undermines"), **{"example-agency": "inform"}),
            "issues/done.yaml": _issue(status="resolved", **{"example-agency": "lead"}),
        }
    )
    found = impact(snapshot, TODAY, find_record(snapshot, "example-agency"))

    assert [(start.issue, start.who, start.does) for start in found.starts] == [
        ("a", "example-child", "supports"),
        ("c", "", "is informed of"),
    ]
    assert _said(found.linked) == ["a blocks b"], "who is only informed moves nothing"
    assert found.sharing == ()


def test_other_records_begin_from_the_issues_they_are_about() -> None:
    snapshot = snapshot_of({**CLOCKS, "issues/run.yaml": _issue(more="clocks: [{clock: day}]\n")})

    def starts(word: str) -> list[tuple[str, str]]:
        found = impact(snapshot, TODAY, find_record(snapshot, word))
        return [(start.issue, start.does) for start in found.starts]

    assert starts("example-promise") == starts("example-call") == [("example", "")]
    assert starts("example-officer") == [("example", "owns")]
    assert starts("day") == [("run", "")]
    assert starts("steps") == []


def test_what_hangs_on_an_issue_is_told_by_day() -> None:
    action = "title: Rule\nby: [dhs]\nwhen: {when}\nstatus: {status}\nissues: [example]\n"
    texts = {
        **CLOCKS,
        "actions/rule.yaml": action.format(when="2021-02", status="expected"),
        "actions/past.yaml": action.format(when="2021-01-02", status="happened"),
        "engagements/before.yaml": (
            "title: Before\ntype: call\ndate: 2021-01-19\nwith: [sre]\nissues: [example]\n"
        ),
        "commitments/kept.yaml": (
            "title: Kept\nby: [sre]\nto: [state]\nissues: [example]\nstatus: withdrawn\n"
        ),
        "commitments/undated.yaml": (
            "title: Undated\nby: [dhs]\nto: [sre]\nissues: [example]\nstatus: open\n"
        ),
    }
    snapshot = snapshot_of(texts)

    def tied(word: str) -> list[tuple[str, str | None, int | None]]:
        found = impact(snapshot, TODAY, find_record(snapshot, word))
        return [(item.record, item.side, item.days) for item in found.tied]

    assert tied("example") == [
        ("example-call", None, 2),
        ("example-promise", "theirs", 12),
        ("rule", None, 39),
        ("undated", "ours", None),
    ]
    assert "example-promise" not in [record for record, _, _ in tied("example-promise")]
    assert tied("dhs") == [("rule", None, 39), ("undated", "ours", None)]


def test_a_clock_asked_about_tells_its_own_deadlines_only() -> None:
    runs = "clocks: [{clock: day}, {clock: steps, started: 2021-01-04}]\n"
    snapshot = snapshot_of({**CLOCKS, "issues/run.yaml": _issue(more=runs)})

    def clocks(word: str) -> list[str]:
        found = impact(snapshot, TODAY, find_record(snapshot, word))
        return [item.record for item in found.tied if item.kind == "clock"]

    assert clocks("run") == ["steps", "day"]
    assert clocks("day") == ["day"]
