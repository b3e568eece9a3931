"""How a clock's rule counts, and how it says so in words."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from datetime import date

from nacoord.desk.workdays import add_workdays
from nacoord.model.dates import shift
from nacoord.model.kinds.clock import Clock
from nacoord.model.kinds.clock import Recurrence
from nacoord.model.kinds.clock import Step

# The longest that a unit lasts, in days: rounds of a recurrence are estimated by it, never too many.
_LONGEST = {"days": 1, "months": 31, "years": 366}
_RULES = frozenset({"citation", "steps", "recurrence", "fixed"})
_TRUST = ("low", "medium")


def counted(
    base: date,
    days: int,
    countries: Collection[str] | None = None,
    closed: Mapping[str, Collection[date]] | None = None,
) -> date:
    """Return the day so many days after another, or working days where countries are given.

    Beyond the calendar it is the calendar's last day, or its first.
    """
    if countries is not None:
        return add_workdays(base, days, countries, closed or {})
    return _shift(base, days, "d")


def every(rule: Recurrence, start: date, number: int) -> date:
    """Return the day of a recurrence's round; round 0 is the start itself."""
    return _shift(start, number * rule.every, rule.unit[0])


def rounds_before(rule: Recurrence, start: date, moment: date) -> int:
    """Return the number of the first round that is not before a day."""
    number = max(1, (moment - start).days // (_LONGEST[rule.unit] * rule.every))
    while every(rule, start, number) < moment:
        number += 1
    return number


def last_round(rule: Recurrence, start: date, until: date) -> date:
    """Return the last day that a recurrence comes round by a day; that day itself when it never does."""
    number = rounds_before(rule, start, until)
    found = every(rule, start, number)
    if found > until and number > 1:
        return every(rule, start, number - 1)
    return min(found, until)


def _shift(base: date, count: int, unit: str) -> date:
    try:
        return shift(base, count, unit)
    except (OverflowError, ValueError):
        return date.max if count > 0 else date.min


def step_rule(step: Step) -> str:
    """Return how a step is counted: `45 days`, `at least 3 working days, US and MX`."""
    working = "working " if step.calendar == "business" else ""
    words = f"{step.days} {working}day{'s' * (step.days != 1)}"
    if step.at_least:
        words = f"at least {words}"
    return f"{words}, {_listed(step.holidays)}" if working and step.holidays else words


def recurrence_rule(rule: Recurrence) -> str:
    """Return how a deadline comes round: `every 90 days until 2025-01-29`."""
    many = f"{rule.every} {rule.unit}" if rule.every > 1 else rule.unit.removesuffix("s")
    return f"every {many}" + (f" until {rule.until}" if rule.until else "")


def _listed(words: Collection[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def confidence(clock: Clock) -> str:
    """Return the least confidence among the sources of a clock's rule, when it is not high."""
    if not clock.sources:
        return ""
    stated = {
        source.confidence
        for source in clock.sources
        if not source.covers or not _RULES.isdisjoint(source.covers)
    }
    return next((level for level in _TRUST if level in stated), "")
