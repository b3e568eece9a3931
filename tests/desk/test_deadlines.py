"""When clocks fall due."""

from __future__ import annotations

from datetime import date
from datetime import timedelta

import pytest

from nacoord.desk.deadlines import deadlines
from nacoord.desk.deadlines import reckon
from nacoord.model.when import day
from tests.support.records import snapshot_of
from tests.support.sample import SAMPLE

ISSUE = (
    "title: Issue\nrelationships: [mexico]\ntheme: water\npriority: P2\nstatus: {status}\n"
    "health: green\nleads:\n  foreign: state\n  domestic: dhs\nclocks:\n  - clock: clock\n"
)
STEPS = """\
title: Procedure
steps:
  - name: request
    days: 10
  - name: review
    after: request
    days: 45
  - name: panel
    after: review
    days: 3
    calendar: business
"""


def _due(
    clock: str, run: str = "", today: date = date(2021, 1, 20), status: str = "active"
) -> list[str]:
    texts = {
        "clocks/clock.yaml": clock,
        "issues/issue.yaml": ISSUE.format(status=status) + run,
    }
    found = deadlines(snapshot_of(texts), today)
    return [f"{item.what} {item.due}{' projected' if item.projected else ''}" for item in found]


def test_a_clock_that_has_not_started_has_no_deadline() -> None:
    assert _due(STEPS) == []


def test_steps_count_from_the_one_before_and_are_projected_until_it_is_met() -> None:
    assert _due(STEPS, "    started: 2021-01-04\n") == [
        "request 2021-01-14",
        "review 2021-02-28 projected",
        "panel 2021-03-03 projected",
    ]


def test_a_step_met_early_moves_what_follows() -> None:
    run = "    started: 2021-01-04\n    met:\n      - step: request\n        on: 2021-01-06\n"

    assert _due(STEPS, run) == ["review 2021-02-20", "panel 2021-02-24 projected"]


def test_a_stayed_clock_has_no_deadline() -> None:
    run = "    started: 2021-01-04\n    ended:\n      how: stayed\n      on: 2021-01-05\n"

    assert _due(STEPS, run) == []


def test_only_live_issues_have_deadlines() -> None:
    assert _due(STEPS, "    started: 2021-01-04\n", status="resolved") == []


def test_fixed_dates_may_be_months() -> None:
    clock = "title: Review\nfixed:\n  - due: 2021-04\n    what: Part one\n  - due: 2021-07\n"

    assert _due(clock) == ["Part one 2021-04", "Review 2021-07"]


@pytest.mark.parametrize(
    ("rule", "today", "expected"),
    [
        ("every: 90\n  from: 2020-01-29", date(2021, 1, 20), ["Clock 2021-01-23"]),
        ("every: 90\n  from: 2020-01-29", date(2021, 1, 23), ["Clock 2021-01-23"]),
        ("every: 90\n  from: 2020-01-29", date(2021, 1, 24), ["Clock 2021-04-23"]),
        ("every: 1\n  unit: months\n  from: 2020-12-31", date(2021, 2, 1), ["Clock 2021-02-28"]),
        ("every: 5\n  unit: years\n  from: 2020-02-29", date(2021, 1, 1), ["Clock 2025-02-28"]),
        ("every: 30\n  from: 2021-06-01", date(2021, 1, 20), ["Clock 2021-07-01"]),
        ("every: 30\n  from: 2020-01-01\n  until: 2020-06-01", date(2021, 1, 20), []),
    ],
)
def test_a_recurrence_gives_its_next_day(rule: str, today: date, expected: list[str]) -> None:
    assert _due(f"title: Clock\nrecurrence:\n  {rule}\n", today=today) == expected


def _states(clock: str, run: str = "", today: date = date(2021, 1, 20), **kw: str) -> list[str]:
    """Return each deadline as its day, its state, and how it went or how long is left."""
    texts = {
        "clocks/clock.yaml": clock,
        "issues/issue.yaml": ISSUE.format(status=kw.get("status", "active")) + run,
    }
    found = [item for item in reckon(snapshot_of(texts), today) if item.issue == "issue"]
    return [
        " ".join(
            str(part)
            for part in (item.what, item.due, item.state, item.days, item.on, item.early)
            if part is not None
        )
        for item in found
    ]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2021, 1, 13), ["request 2021-01-14 running 1"]),
        (date(2021, 1, 14), ["request 2021-01-14 due 0"]),
        (date(2021, 1, 15), ["request 2021-01-14 overdue -1"]),
    ],
)
def test_a_step_runs_falls_due_and_is_overdue(today: date, expected: list[str]) -> None:
    found = _states(STEPS, "    started: 2021-01-04\n", today)

    assert found[:1] == expected
    assert [line.split()[2] for line in found[1:]] == ["waiting", "waiting"]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2021-01-06", "request 2021-01-14 met 2021-01-06 8"),
        ("2021-01-14", "request 2021-01-14 met 2021-01-14 0"),
        ("2021-01-19", "request 2021-01-14 met 2021-01-19 -5"),
    ],
)
def test_a_step_is_met_early_on_its_day_or_late(on: str, expected: str) -> None:
    run = f"    started: 2021-01-04\n    met:\n      - step: request\n        on: {on}\n"

    assert _states(STEPS, run)[0] == expected


@pytest.mark.parametrize("how", ["stayed", "superseded"])
def test_what_stops_a_clock_stops_all_that_was_not_met(how: str) -> None:
    run = (
        "    started: 2021-01-04\n    met:\n      - step: request\n        on: 2021-01-06\n"
        f"    ended:\n      how: {how}\n      on: 2021-01-10\n      because: A court\n"
    )

    assert [line.split()[2] for line in _states(STEPS, run)] == ["met", how, how]


def test_a_clock_ended_as_met_says_nothing_of_steps_whose_turn_never_came() -> None:
    run = (
        "    started: 2021-01-04\n    met:\n      - step: request\n        on: 2021-01-06\n"
        "    ended:\n      how: met\n      on: 2021-02-10\n"
    )

    assert _states(STEPS, run) == [
        "request 2021-01-14 met 2021-01-06 8",
        "review 2021-02-20 met 2021-02-10 10",
        "panel 2021-02-24 ended 2021-02-10",
    ]


def test_a_clock_of_dates_ended_as_met_says_nothing_of_dates_gone_by_before() -> None:
    clock = "title: Wall\nfixed:\n  - {due: 2021-01-27, what: Pause}\n  - {due: 2021-03-21, what: Plan}\n"
    run = "    ended:\n      how: met\n      on: {}\n"

    assert _states(clock, run.format("2021-03-20")) == [
        "Pause 2021-01-27 ended 2021-03-20",
        "Plan 2021-03-21 met 2021-03-20 1",
    ]
    assert _states(clock, run.format("2021-03-24"))[1] == "Plan 2021-03-21 met 2021-03-24 -3"


def test_a_time_to_wait_is_open_when_it_is_over_and_never_late() -> None:
    clock = "title: Panel\nsteps:\n  - name: May be asked\n    days: 75\n    at_least: true\n"
    run = "    started: 2020-12-09\n"

    assert _states(clock, run) == ["May be asked 2021-02-22 running 33"]
    assert _states(clock, run, date(2021, 2, 22)) == ["May be asked 2021-02-22 due 0"]
    assert _states(clock, run, date(2021, 2, 23)) == ["May be asked 2021-02-22 open -1"]
    assert _due(clock, run, date(2021, 2, 23)) == []


def test_a_month_is_late_only_after_its_last_day() -> None:
    clock = "title: Review\nfixed:\n  - due: 2021-04\n"

    assert _states(clock, "", date(2021, 4, 1)) == ["Review 2021-04 running 29"]
    assert _states(clock, "", date(2021, 4, 30)) == ["Review 2021-04 due 0"]
    assert _states(clock, "", date(2021, 5, 1)) == ["Review 2021-04 past -1"]


def test_a_closed_issue_ends_its_clocks_and_a_proposed_one_does_not() -> None:
    run = "    started: 2021-01-15\n"

    assert _states(STEPS, run, status="resolved")[0] == "request 2021-01-25 ended"
    assert _states(STEPS, run, status="proposed")[0] == "request 2021-01-25 running 5"


def test_a_recurrence_comes_round_until_its_last_day() -> None:
    clock = "title: Meets\nrecurrence:\n  every: 90\n  from: 2020-01-29\n  until: 2020-09-01\n"

    assert _states(clock, "", date(2020, 7, 27)) == ["Meets 2020-07-27 due 0"]
    assert _states(clock, "", date(2020, 7, 28)) == ["Meets 2020-07-27 ended"]
    assert _states(clock, "", date(2021, 7, 28)) == ["Meets 2020-07-27 ended"]


def test_a_round_that_was_met_gives_way_to_the_next() -> None:
    clock = "title: Meets\nrecurrence:\n  every: 90\n  from: 2020-01-29\n"
    met = "    met:\n      - step: Meets\n        on: {}\n"

    assert _states(clock, met.format("2021-01-15")) == [
        "Meets 2021-01-23 met 2021-01-15 8",
        "Meets 2021-04-23 running 93",
    ]
    assert _states(clock, met.format("2020-10-01")) == ["Meets 2021-01-23 running 3"]


@pytest.mark.parametrize(
    ("clock", "run"),
    [
        ("steps:\n  - name: Far\n    days: 36525\n", "    started: 9999-01-01\n"),
        (
            "steps:\n  - name: Far\n    days: 36525\n    calendar: business\n",
            "    started: 9999-12-01\n",
        ),
        ("recurrence:\n  every: 36525\n  unit: years\n  from: 2020-01-01\n", ""),
    ],
)
def test_beyond_the_calendar_is_its_last_day(clock: str, run: str) -> None:
    assert "9999-12-31 running" in _states(f"title: Clock\n{clock}", run)[0]


def test_a_row_says_how_it_is_counted_and_how_far_it_is_trusted() -> None:
    clock = STEPS + (
        "citation: Annex 31-A\nsources:\n  - {cite: One, confidence: high}\n"
        "  - {cite: Two, confidence: medium, covers: [steps]}\n"
        "  - {cite: Three, confidence: low, covers: [summary]}\n"
    )
    run = (
        "    started: 2021-01-04\n    met:\n      - {step: request, on: 2021-01-06}\n"
        "      - {step: review, on: 2021-01-15}\n"
    )
    texts = {"clocks/clock.yaml": clock, "issues/issue.yaml": ISSUE.format(status="active") + run}
    found = {item.what: item for item in reckon(snapshot_of(texts), date(2021, 1, 19))}
    panel = found["panel"]

    assert (panel.rule, panel.after, panel.citation) == (
        "3 working days, US",
        "review",
        "Annex 31-A",
    )
    assert panel.due == day(date(2021, 1, 21))  # Monday 18 January is a holiday
    assert (panel.started, panel.days, panel.workdays) == (date(2021, 1, 4), 2, 2)
    assert panel.confidence == "medium"


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("steps:\n  - {name: A, days: 1}\n", "1 day"),
        (
            "steps:\n  - {name: A, days: 3, calendar: business, holidays: [US, MX, CA]}\n",
            "3 working days, US, MX and CA",
        ),
        ("steps:\n  - {name: A, days: 2, calendar: business, holidays: []}\n", "2 working days"),
        ("steps:\n  - {name: A, days: 60, at_least: true}\n", "at least 60 days"),
        ("recurrence: {every: 1, unit: years}\n", "every year"),
        (
            "recurrence: {every: 90, until: 2025-01-29}\n",
            "every 90 days until 2025-01-29",
        ),
        ("fixed:\n  - due: 2021-04\n", "2021-04"),
    ],
)
def test_rules_in_words(rule: str, words: str) -> None:
    run = "    started: 2021-01-04\n"
    texts = {
        "clocks/clock.yaml": f"title: Clock\n{rule}",
        "issues/issue.yaml": ISSUE.format(status="active") + run,
    }

    assert [item.rule for item in reckon(snapshot_of(texts), date(2021, 1, 20))] == [words]


def test_a_decision_is_needed_some_days_before() -> None:
    texts = {
        "clocks/clock.yaml": "title: Limits\nfixed:\n  - {due: 2021-02-21, lead_days: 2}\n",
        "issues/issue.yaml": ISSUE.format(status="active"),
    }

    assert [item.decide for item in reckon(snapshot_of(texts), date(2021, 1, 20))] == [
        date(2021, 2, 19)
    ]


def test_the_deadlines_of_some_issues_are_those_among_all() -> None:
    today = date(2021, 1, 20)
    issues = [issue for issue in SAMPLE.issues if issue.priority == "P1"]
    among = {issue.id for issue in issues}

    assert deadlines(SAMPLE, today, issues) == [
        each for each in deadlines(SAMPLE, today) if each.issue in among
    ]
    assert reckon(SAMPLE, today, issues) == [
        each for each in reckon(SAMPLE, today) if each.issue in among
    ]


def test_until_a_day_only_what_is_due_or_to_be_decided_by_it_is_told() -> None:
    for today in (date(2020, 12, 1), date(2021, 1, 20), date(2021, 3, 1)):
        for ahead in (0, 14, 60):
            until = today + timedelta(days=ahead)
            near = [
                each
                for each in deadlines(SAMPLE, today)
                if not each.projected
                and (each.due.start <= until or (each.decide and each.decide <= until))
            ]
            assert deadlines(SAMPLE, today, until=until) == near
