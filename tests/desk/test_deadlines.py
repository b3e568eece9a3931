"""When clocks fall due."""

from __future__ import annotations

from datetime import date

import pytest

from nacoord.desk.deadlines import deadlines
from nacoord.desk.workdays import add_workdays
from nacoord.desk.workdays import is_workday
from tests.support.records import snapshot_of

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


def test_foia_counts_twenty_working_days_without_presidents_day() -> None:
    """5 U.S.C. 552(a)(6): received 20 January 2021, day one 21 January, due 18 February."""
    assert add_workdays(date(2021, 1, 20), 20, ("US",), {}) == date(2021, 2, 18)


@pytest.mark.parametrize(
    ("day", "country"),
    [
        (date(2021, 7, 5), "US"),  # Independence Day, observed
        (date(2021, 2, 1), "MX"),  # Constitution Day, first Monday of February
        (date(2021, 7, 1), "CA"),
        (date(2020, 11, 11), "CA"),  # Remembrance Day, a federal day off only
    ],
)
def test_holidays_of_three_countries(day: date, country: str) -> None:
    assert not is_workday(day, (country,), {})


def test_a_day_the_office_is_closed_counts_as_a_holiday() -> None:
    inauguration = date(2021, 1, 20)

    assert is_workday(inauguration, ("US",), {})
    assert not is_workday(inauguration, ("US",), {"US": (inauguration,)})
