"""The radar's answer: one event told once, ranked, muted and narrowed to a part of the work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nacoord.desk.lookup import find_scope
from nacoord.desk.radar.activity import last_happenings
from nacoord.desk.radar.answer import Radar
from nacoord.desk.radar.answer import radar
from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.rank import nearness
from nacoord.desk.radar.table import RULES
from nacoord.model.facts import NO_FACTS
from nacoord.model.facts import Facts
from nacoord.model.fault import dotted
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.issue import Issue
from nacoord.model.snapshot import Snapshot
from tests.support.radar import cases_of
from tests.support.radar import scene_of
from tests.support.records import snapshot_of

TODAY = date(2021, 1, 20)
# The small record without what is due in it.
QUIET = {
    "issues/example.yaml": None,
    "commitments/example-promise.yaml": None,
    "engagements/example-call.yaml": None,
}
ISSUE = """\
title: Pipe
relationships: [mexico]
theme: trade
priority: {priority}
status: active
health: {health}
health_reason: So it is
leads: {{foreign: state, domestic: dhs}}
owner: example-officer
parties: [{{agency: sre, role: inform}}]
success: It is signed
next_step: {{what: Call, who: state, due: 2021-06-01}}
notes: [{{on: 2021-01-20, text: Met}}]
"""
PIPE = ISSUE.format(priority="P2", health="green")


def _answer(
    texts: Mapping[str, str | None],
    today: date = TODAY,
    scope: str | None = None,
    facts: Facts = NO_FACTS,
) -> Radar:
    snapshot = snapshot_of({**QUIET, **texts})
    return radar(snapshot, today, find_scope(snapshot, scope), facts)


def _at(finding: Finding) -> list[str]:
    return [f"{place.record} {dotted(place.field)}".strip() for place in finding.places]


def _promise(title: str, by: str = "dhs", due: str = "2021-01-25", issues: str = "pipe") -> str:
    return (
        f"title: {title}\nby: [{by}]\nto: [texas]\nissues: [{issues}]\ndue: {due}\nstatus: open\n"
    )


CLOCK = "title: The law's day\nfixed: [{due: 2021-01-25}]\n"


def test_one_event_is_told_once_and_rests_on_all_its_places() -> None:
    found = _answer(
        {
            "issues/pipe.yaml": PIPE
            + "milestones: [{what: Report is out, due: 2021-01-25}]\nclocks: [{clock: law}]\n",
            "issues/other.yaml": ISSUE.format(priority="P3", health="green"),
            "commitments/report.yaml": _promise("The report", "usitc", issues="other, pipe"),
            "clocks/law.yaml": CLOCK,
            "agencies/usitc.yaml": "title: Trade commission\nlevel: federal\nsphere: domestic\n",
        }
    ).findings

    assert [finding.rule for finding in found] == ["running-clock"]
    assert _at(found[0]) == ["pipe clocks[0]", "law", "pipe milestones[0].due", "report due"]
    assert set(found[0].issues) == {"pipe", "other"}
    assert "usitc" in found[0].who


def test_an_event_that_is_late_is_told_once_too() -> None:
    texts = {
        "issues/pipe.yaml": PIPE + "clocks: [{clock: law}]\n",
        "commitments/report.yaml": _promise("The report"),
        "clocks/law.yaml": CLOCK,
    }
    found = _answer(texts, date(2021, 1, 26)).findings

    assert [finding.rule for finding in found] == ["overdue"]
    assert _at(found[0]) == ["report due", "pipe clocks[0]", "law"]


def test_the_decision_that_a_clock_needs_is_the_clock_s() -> None:
    texts = {
        "issues/pipe.yaml": PIPE
        + "clocks: [{clock: law}]\ndecisions: [{what: Renew?, who: dhs, due: 2021-01-23}]\n",
        "clocks/law.yaml": "title: The law's day\nfixed: [{due: 2021-01-25, lead_days: 2}]\n",
    }
    (found,) = _answer(texts).findings

    assert _at(found) == ["pipe clocks[0]", "law", "pipe decisions[0].due"]


@pytest.mark.parametrize(
    "texts",
    [
        {
            "issues/pipe.yaml": PIPE
            + "decisions: [{what: Go?, due: 2021-01-25}, {what: Stay?, due: 2021-01-25}]\n"
        },
        {
            "issues/pipe.yaml": PIPE,
            "commitments/one.yaml": _promise("To Texas"),
            "commitments/two.yaml": _promise("To NSC"),
        },
        {
            "issues/pipe.yaml": PIPE.replace("2021-06-01", "2021-01-25"),
            "commitments/one.yaml": _promise("To Texas"),
        },
        {
            "issues/pipe.yaml": PIPE + "decisions: [{what: Go?, due: 2021-01-25}]\n",
            "commitments/one.yaml": _promise("To Texas"),
        },
        {
            "issues/pipe.yaml": PIPE,
            "commitments/one.yaml": _promise("To Texas", due="2021-01-24"),
            "issues/other.yaml": PIPE + "milestones: [{what: Report, due: 2021-01-24}]\n",
        },
        {
            "issues/pipe.yaml": PIPE + "milestones: [{what: Report, due: 2021-01-24}]\n",
            "commitments/one.yaml": _promise("To Texas"),
        },
    ],
    ids=[
        "two decisions",
        "two promises",
        "a step and a promise",
        "a decision and a promise",
        "on two issues",
        "on two days",
    ],
)
def test_what_falls_on_one_day_and_is_not_one_event_is_told_apart(
    texts: dict[str, str | None],
) -> None:
    assert [finding.rule for finding in _answer(texts).findings] == ["nearly-due", "nearly-due"]


def test_of_two_promises_and_a_clock_only_one_is_the_clock_s() -> None:
    texts = {
        "issues/pipe.yaml": PIPE + "clocks: [{clock: law}]\n",
        "commitments/one.yaml": _promise("To Texas"),
        "commitments/two.yaml": _promise("To NSC"),
        "clocks/law.yaml": CLOCK,
    }
    found = _answer(texts).findings

    assert [finding.about for finding in found] == ["pipe", "two"]


def test_what_a_finding_says_has_one_line() -> None:
    texts = {
        "issues/pipe.yaml": PIPE,
        "commitments/one.yaml": _promise('"A title\\nof two lines"'),
    }

    assert "A title of two lines" in _answer(texts).findings[0].what


def _muted(until: str) -> dict[str, str | None]:
    mute = f"muted: [{{rule: nearly-due, until: {until}, because: It comes}}]\n"
    return {"issues/pipe.yaml": PIPE, "commitments/one.yaml": _promise("The report") + mute}


def test_a_mute_holds_through_its_last_day() -> None:
    quiet = _answer(_muted("2021-01-20"))
    loud = _answer(_muted("2021-01-19"))

    assert (len(quiet.findings), [each.about for each in quiet.muted]) == (0, ["one"])
    assert ([each.about for each in loud.findings], len(loud.muted)) == (["one"], 0)


def test_a_mute_is_of_one_rule_and_one_record() -> None:
    texts = {**_muted("2021-02-01"), "commitments/two.yaml": _promise("Another")}

    assert [finding.about for finding in _answer(texts).findings] == ["two"]
    assert [each.rule for each in _answer(texts, date(2021, 1, 26)).findings] == [
        "overdue",
        "overdue",
    ]


def test_a_scope_has_the_findings_on_its_issues_and_those_it_must_know() -> None:
    texts = {
        "issues/pipe.yaml": PIPE,
        "issues/canal.yaml": PIPE.replace("mexico", "canada").replace("sre", "quebec"),
        "commitments/one.yaml": _promise("The report"),
        "commitments/two.yaml": _promise("The paper", by="example-agency", issues="canal"),
    }
    found = {
        scope: [each.about for each in _answer(texts, scope=scope).findings]
        for scope in ("mexico", "canada", "pipe", "water", "example-agency", "sre")
    }

    assert found == {
        "mexico": ["one"],
        "canada": ["two"],
        "pipe": ["one"],
        "water": [],
        "example-agency": ["two"],
        "sre": ["one"],
    }


ALL = [(rule, case) for rule in RULES for case in cases_of(rule)]
each_case = pytest.mark.parametrize(
    "case", [case for _, case in ALL], ids=[f"{rule}: {case['title']}" for rule, case in ALL]
)


@each_case
def test_findings_are_ranked_and_one_line_each_and_a_scope_has_some_of_all(case: object) -> None:
    scene = scene_of(case)  # type: ignore[arg-type]
    whole = radar(scene.snapshot, scene.today, find_scope(scene.snapshot, None), scene.facts)

    scores = [finding.score for finding in whole.findings]
    assert scores == sorted(scores, reverse=True)
    for finding in whole.findings:
        assert finding.score == round(finding.stake * finding.nearness, 2)
        assert "\n" not in finding.what + finding.why
    office = scene.snapshot.office
    words = [*office.relationships, *office.themes]
    words += [record.id for record in scene.snapshot.records.values() if _is_scope(record)]
    for word in words:
        part = radar(scene.snapshot, scene.today, find_scope(scene.snapshot, word), scene.facts)
        assert set(part.findings) <= set(whole.findings)
        assert set(part.muted) <= set(whole.muted)


def _is_scope(record: object) -> bool:
    return isinstance(record, Issue | Agency)


@given(st.integers(-400, 4000), st.integers(0, 400))
def test_the_nearer_the_more_and_what_is_late_presses_more_by_the_day(day: int, more: int) -> None:
    near = nearness(TODAY + timedelta(days=day), TODAY)
    later = nearness(TODAY + timedelta(days=day + more), TODAY)

    assert 0 < later <= near <= 1.25


def test_nearness_at_the_days_that_its_page_names() -> None:
    ahead = {days: nearness(TODAY + timedelta(days=days), TODAY) for days in (0, 7, 14, -28, -99)}

    assert ahead == {0: 1, 7: 1 / 2, 14: 1 / 3, -28: 1.25, -99: 1.25}
    assert nearness(None, TODAY) == 1 / 4


@pytest.mark.parametrize(
    ("priority", "health", "stake"),
    [
        ("P1", "green", 8),
        ("P2", "amber", 4),
        ("P3", "green", 2),
        ("P4", "green", 1),
        ("P1", "red", 12),
        ("P4", "red", 1.5),
    ],
)
def test_stake_is_the_priority_and_half_as_much_again_for_red(
    priority: str, health: str, stake: float
) -> None:
    texts = {
        "issues/pipe.yaml": ISSUE.format(priority=priority, health=health),
        "commitments/one.yaml": _promise("The report", due="2021-01-20"),
    }
    (finding,) = _answer(texts).findings

    assert finding.rule == "nearly-due"
    assert finding.stake == stake * RULES["nearly-due"].weight
    assert finding.score == finding.stake


def test_of_several_issues_the_highest_counts_and_one_that_is_red() -> None:
    texts = {
        "issues/pipe.yaml": ISSUE.format(priority="P1", health="green"),
        "issues/other.yaml": ISSUE.format(priority="P4", health="red"),
        "commitments/one.yaml": _promise("The report", issues="pipe, other"),
    }

    assert _answer(texts).findings[0].stake == 12 * RULES["nearly-due"].weight


def test_nobody_is_surprised_by_an_empty_record() -> None:
    snapshot = snapshot_of(
        {"agencies/office.yaml": "title: Office\nlevel: federal\nsphere: both\n"}, base=False
    )
    found = radar(snapshot, TODAY, find_scope(snapshot, None))

    assert (found.findings, found.muted) == ((), ())


def _newest(snapshot: Snapshot, today: date = TODAY, facts: Facts = NO_FACTS) -> str:
    found = last_happenings(snapshot, today, facts).get("pipe")
    return f"{found.on} {found.record}" if found else ""


def test_the_newest_happening_is_the_one_that_counts() -> None:
    bare = PIPE.replace("notes: [{on: 2021-01-20, text: Met}]\n", "")
    texts = {
        **QUIET,
        "issues/pipe.yaml": bare + "notes: [{on: 2021-01-21, text: To come}]\n",
        "engagements/visit.yaml": (
            "title: Visit\ntype: visit\ndate: 2021-01-10\nuntil: 2021-01-18\n"
            "with: [sre]\nissues: [pipe]\n"
        ),
    }
    snapshot = snapshot_of(texts)

    assert _newest(snapshot) == "2021-01-18 visit"
    assert _newest(snapshot, date(2021, 1, 12)) == "2021-01-12 visit", "it is still going on"
    assert _newest(snapshot, date(2021, 1, 9)) == "", "what is to come has not happened"
    assert _newest(snapshot, facts=Facts(touched={"pipe": TODAY})) == "2021-01-20 pipe"
