"""When the clocks on issues fall due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nacoord.desk.workdays import add_workdays
from nacoord.model.dates import shift
from nacoord.model.kinds.clock import Clock
from nacoord.model.kinds.issue import ClockRun
from nacoord.model.kinds.issue import Issue
from nacoord.model.snapshot import Snapshot
from nacoord.model.when import When
from nacoord.model.when import day


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day on which a clock on an issue falls due.

    Attributes:
        issue: the issue's id.
        clock: the clock's id.
        what: what must have happened.
        due: when.
        citation: the provision that sets it.
        lead_days: how many days before that a decision is needed.
        projected: True when an earlier step has not been met, so the day is the latest possible.
    """

    issue: str
    clock: str
    what: str
    due: When
    citation: str
    lead_days: int = 0
    projected: bool = False


def deadlines(snapshot: Snapshot, today: date) -> list[Deadline]:
    """Return every unmet deadline of the clocks that run on live issues, by day.

    A recurrence gives its next day only: whether the last one was kept, history alone can say.
    """
    found = [
        deadline
        for issue in snapshot.issues
        if issue.live
        for run in issue.clocks
        if not run.ended
        for deadline in _of_run(snapshot, issue, run, today)
    ]
    return sorted(found, key=lambda deadline: (deadline.due.end, deadline.issue, deadline.what))


def _of_run(snapshot: Snapshot, issue: Issue, run: ClockRun, today: date) -> Iterator[Deadline]:
    clock = snapshot.get(Clock, run.clock)
    if clock is None:
        return
    if clock.steps:
        yield from _steps(snapshot, issue, run, clock)
    elif clock.recurrence:
        yield from _next_round(issue, run, clock, today)
    met = {entry.step for entry in run.met}
    for fixed in clock.fixed:
        what = fixed.what or clock.title
        if what not in met:
            citation = fixed.citation or clock.citation or ""
            yield Deadline(issue.id, clock.id, what, fixed.due, citation, fixed.lead_days or 0)


def _steps(snapshot: Snapshot, issue: Issue, run: ClockRun, clock: Clock) -> Iterator[Deadline]:
    if run.started is None:
        return
    met = {entry.step: entry.on for entry in run.met}
    falls: dict[str | None, tuple[date, bool]] = {None: (run.started, False)}
    for step in clock.steps:
        if step.after not in falls:
            continue
        base, projected = falls[step.after]
        if step.calendar == "business":
            due = add_workdays(base, step.days, step.holidays, snapshot.office.calendars.closed)
        else:
            due = shift(base, step.days, "d")
        if step.name in met:
            falls[step.name] = (met[step.name], False)
            continue
        falls[step.name] = (due, True)
        citation = step.citation or clock.citation or ""
        yield Deadline(issue.id, clock.id, step.name, day(due), citation, 0, projected)


def _next_round(issue: Issue, run: ClockRun, clock: Clock, today: date) -> Iterator[Deadline]:
    rule = clock.recurrence
    assert rule is not None
    start = run.started or rule.start
    if start is None:
        return
    unit = rule.unit[0]
    longest = {"d": 1, "m": 31, "y": 366}[unit] * rule.every
    rounds = max(1, (today - start).days // longest)
    while (due := shift(start, rounds * rule.every, unit)) < today:
        rounds += 1
    if rule.until is None or due <= rule.until:
        yield Deadline(issue.id, clock.id, clock.title, day(due), clock.citation or "")
