"""When the clocks on issues fall due, and how those went that are over.

One walk reckons every deadline (`reckon`); what presses is a selection of it (`deadlines`).
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import date
from typing import Literal
from typing import NamedTuple

from nacoord.desk.counting import confidence
from nacoord.desk.counting import counted
from nacoord.desk.counting import every
from nacoord.desk.counting import last_round
from nacoord.desk.counting import recurrence_rule
from nacoord.desk.counting import rounds_before
from nacoord.desk.counting import step_rule
from nacoord.desk.workdays import workdays_between
from nacoord.model.kinds.clock import Clock
from nacoord.model.kinds.issue import ClockEnd
from nacoord.model.kinds.issue import ClockRun
from nacoord.model.kinds.issue import Issue
from nacoord.model.snapshot import Snapshot
from nacoord.model.when import When
from nacoord.model.when import day

State = Literal[
    "overdue", "past", "open", "due", "running", "waiting", "met", "stayed", "superseded", "ended"
]
# In these something is still to be done, and by a day.
UNMET: frozenset[State] = frozenset({"overdue", "past", "due", "running", "waiting"})
# In these a deadline is over: it went one way or another.
OVER: frozenset[State] = frozenset({"met", "stayed", "superseded", "ended"})
_CLOSED = ("resolved", "dropped")


class Deadline(NamedTuple):
    """A day on which a clock on an issue falls due, or fell due.

    Attributes:
        issue: the issue's id.
        clock: the clock's id.
        what: what must have happened.
        due: when.
        citation: the provision that sets it.
        lead_days: how many days before that a decision is needed; 0 when nothing says.
        state: where it stands. `overdue`: a step's day has gone by unmet; `past`: a date of its own
            has gone by and nothing says how it went; `open`: a time to wait is over, so what waited for
            it may be done; `due`: it falls today; `running`; `waiting`: an
            earlier step has not been met, so the day is the latest possible; `met`; `stayed`;
            `superseded`; `ended`: the clock or its issue is over, and nothing is said of this
            deadline by itself.
        started: the day the clock counts from on this issue, if the record says.
        rule: how it is counted, in words: `45 days`, or the date itself.
        after: the step it is counted from; empty for the clock's start.
        days: days from today until it is due, negative when gone by; None when it is over.
        workdays: the same in working days, where those are what counts.
        decide: the day by which a decision is needed.
        on: the day it was met, stayed, superseded or ended.
        early: for one that was met, how many days before it was due; negative when late.
        because: what stopped the clock.
        confidence: how far the office trusts the clock's source, when that is not high.
    """

    issue: str
    clock: str
    what: str
    due: When
    citation: str
    lead_days: int = 0
    state: State = "running"
    started: date | None = None
    rule: str = ""
    after: str = ""
    days: int | None = None
    workdays: int | None = None
    decide: date | None = None
    on: date | None = None
    early: int | None = None
    because: str = ""
    confidence: str = ""

    @property
    def projected(self) -> bool:
        """True when an earlier step has not been met, so the day is the latest possible."""
        return self.state == "waiting"


class _Falls(NamedTuple):
    """A day a clock's rule gives, before anything is said of how it went."""

    what: str
    due: When
    rule: str
    citation: str | None
    after: str = ""
    waiting: bool = False
    met: date | None = None
    over: bool = False
    gone: State = "overdue"
    lead_days: int = 0
    countries: tuple[str, ...] | None = None


def deadlines(
    snapshot: Snapshot,
    today: date,
    issues: Iterable[Issue] | None = None,
    until: date | None = None,
) -> list[Deadline]:
    """Return every unmet deadline of the clocks that run on live issues, by day.

    A recurrence gives its next day only: whether the last one was kept, history alone can say.

    Args:
        snapshot: the record.
        today: the day.
        issues: the issues asked about; None for all.
        until: a day by which something must be due, or decided, to be told; None for all that is. What
            an earlier step may still bring forward is not told then.
    """
    among = snapshot.issues if issues is None else issues
    live = [issue for issue in among if issue.clocks and issue.live]
    return [
        deadline for deadline in reckon(snapshot, today, live, until) if deadline.state in UNMET
    ]


def reckon(
    snapshot: Snapshot,
    today: date,
    issues: Iterable[Issue] | None = None,
    until: date | None = None,
) -> list[Deadline]:
    """Return every deadline of every clock that has started on an issue, by day.

    With `issues` those on some; with `until` those that `deadlines` tells of then.
    """
    found = [
        deadline
        for issue in (snapshot.issues if issues is None else issues)
        for run in issue.clocks
        if (clock := snapshot.get(Clock, run.clock))
        for deadline in _of_run(snapshot, today, issue, run, clock, until)
    ]
    found.sort(key=lambda deadline: (deadline.due.end, deadline.issue, deadline.what))
    return found


def _of_run(
    snapshot: Snapshot,
    today: date,
    issue: Issue,
    run: ClockRun,
    clock: Clock,
    until: date | None,
) -> Iterator[Deadline]:
    falls = [*_steps(snapshot, run, clock), *_rounds(run, clock, today), *_fixed(run, clock)]
    if not falls:
        return
    closing = _met_by_end(falls, run.ended)
    trust = confidence(clock)
    for each in falls:
        state = _state(each, issue, run, closing, today)
        end, still = each.due.end, state not in OVER
        decide = counted(end, -each.lead_days) if each.lead_days else None
        if until and (state == "waiting" or min(each.due.start, decide or date.max) > until):
            continue
        on = each.met or (run.ended.on if run.ended and not still else None)
        yield Deadline(
            issue=issue.id,
            clock=clock.id,
            what=each.what,
            due=each.due,
            citation=each.citation or clock.citation or "",
            lead_days=each.lead_days,
            state=state,
            started=run.started,
            rule=each.rule,
            after=each.after,
            days=(end - today).days if still else None,
            workdays=_workdays(snapshot, each, today) if still else None,
            decide=decide,
            on=on,
            early=(end - on).days if state == "met" and on else None,
            because=_because(each, issue, run, state),
            confidence=trust,
        )


def _steps(snapshot: Snapshot, run: ClockRun, clock: Clock) -> Iterator[_Falls]:
    if run.started is None:
        return
    met = {entry.step: entry.on for entry in run.met}
    # What later steps count from: the day a step was met, else the latest day it can be.
    falls: dict[str | None, tuple[date, bool]] = {None: (run.started, False)}
    for step in clock.steps:
        if step.after not in falls:
            continue
        base, waiting = falls[step.after]
        countries = step.holidays if step.calendar == "business" else None
        due = counted(base, step.days, countries, snapshot.office.calendars.closed)
        on = met.get(step.name)
        falls[step.name] = (on, False) if on else (due, True)
        yield _Falls(
            step.name,
            day(due),
            step_rule(step),
            step.citation,
            after=step.after or "",
            waiting=waiting,
            met=on,
            gone="open" if step.at_least else "overdue",
            countries=countries,
        )


def _rounds(run: ClockRun, clock: Clock, today: date) -> Iterator[_Falls]:
    """Yield the next round of a recurrence, and the one before it when that was met early."""
    rule = clock.recurrence
    start = run.started or (rule.start if rule else None)
    if rule is None or start is None:
        return
    moment = run.ended.on if run.ended else today
    number = rounds_before(rule, start, moment)
    met = [entry.on for entry in run.met if entry.step == clock.title]
    previous, due = every(rule, start, number - 1), every(rule, start, number)
    kept = next((on for on in met if previous < on <= due), None)
    words = recurrence_rule(rule)
    if kept:
        yield _Falls(clock.title, day(due), words, None, met=kept)
        previous, due = due, every(rule, start, number + 1)
    if rule.until is None or due <= rule.until:
        yield _Falls(clock.title, day(due), words, None)
    elif not kept:
        yield _Falls(clock.title, day(last_round(rule, start, rule.until)), words, None, over=True)


def _fixed(run: ClockRun, clock: Clock) -> Iterator[_Falls]:
    met = {entry.step: entry.on for entry in run.met}
    for fixed in clock.fixed:
        what = fixed.what or clock.title
        yield _Falls(
            what,
            fixed.due,
            fixed.due.text,
            fixed.citation,
            met=met.get(what),
            gone="past",
            lead_days=fixed.lead_days or 0,
        )


def _met_by_end(falls: Sequence[_Falls], end: ClockEnd | None) -> frozenset[_Falls]:
    """Return what was met when its clock was ended as met: what was running then, else the last.

    Of an earlier day, or a step whose turn never came, such an end says nothing.
    """
    if end is None or end.how != "met":
        return frozenset()
    candidates = sorted(
        (each for each in falls if not (each.met or each.waiting)), key=lambda each: each.due.end
    )
    return frozenset([each for each in candidates if each.due.end >= end.on] or candidates[-1:])


def _state(
    each: _Falls, issue: Issue, run: ClockRun, closing: frozenset[_Falls], today: date
) -> State:
    if each.met or (closing and each in closing):
        return "met"
    if run.ended and run.ended.how != "met":
        return run.ended.how
    if run.ended or each.over or issue.status in _CLOSED:
        return "ended"
    if each.waiting:
        return "waiting"
    if each.due.end < today:
        return each.gone
    return "due" if each.due.end == today else "running"


def _because(each: _Falls, issue: Issue, run: ClockRun, state: State) -> str:
    if state not in OVER or each.met:
        return ""
    if run.ended:
        return run.ended.because or ""
    return "It was its last round" if each.over else f"The issue is {issue.status}"


def _workdays(snapshot: Snapshot, each: _Falls, today: date) -> int | None:
    if each.countries is None:
        return None
    return workdays_between(today, each.due.end, each.countries, snapshot.office.calendars.closed)
