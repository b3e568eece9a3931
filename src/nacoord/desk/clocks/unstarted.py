"""Clocks that have not started: the rules the office will have to count by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nacoord.desk.counting import confidence
from nacoord.desk.counting import recurrence_rule
from nacoord.desk.counting import step_rule
from nacoord.desk.lookup import Scope
from nacoord.model.kinds.clock import Clock
from nacoord.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Rule:
    """One deadline of a clock that has not started.

    Attributes:
        what: what must happen.
        rule: how it is counted, in words.
        after: the step it is counted from; empty for the clock's start.
        citation: the provision that sets it.
    """

    what: str
    rule: str
    after: str
    citation: str


@dataclass(frozen=True, slots=True)
class Unstarted:
    """A clock that has not started.

    Attributes:
        clock: the clock's id.
        title: what it is called.
        issues: the issues on which it stands ready; none for a clock that stands on no issue.
        rules: its deadlines.
        confidence: how far the office trusts the clock's source, when that is not high.
    """

    clock: str
    title: str
    issues: tuple[str, ...]
    rules: tuple[Rule, ...]
    confidence: str


def unstarted(snapshot: Snapshot, scope: Scope) -> tuple[Unstarted, ...]:
    """Return the clocks of a scope that wait for their start on an issue, or stand on none.

    A clock on no issue belongs to no relationship, agency or person: only everything takes it in.
    """
    ready: dict[str, list[str]] = {}
    standing: set[str] = set()
    for issue in snapshot.issues:
        for run in issue.clocks:
            clock = snapshot.get(Clock, run.clock)
            if clock is None:
                continue
            standing.add(clock.id)
            started = run.started or clock.fixed or (clock.recurrence and clock.recurrence.start)
            if not started and not run.ended and issue.id in scope.issues:
                ready.setdefault(clock.id, []).append(issue.id)
    return tuple(
        Unstarted(
            clock.id,
            clock.title,
            tuple(ready.get(clock.id, ())),
            tuple(_rules(clock)),
            confidence(clock),
        )
        for clock in snapshot.clocks
        if (
            clock.id in ready
            or (clock.id not in standing and scope.kind in ("everything", "clock"))
        )
        and (scope.kind != "clock" or clock.id == scope.id)
    )


def _rules(clock: Clock) -> Iterator[Rule]:
    cite = clock.citation or ""
    for step in clock.steps:
        yield Rule(step.name, step_rule(step), step.after or "", step.citation or cite)
    if clock.recurrence:
        yield Rule(clock.title, recurrence_rule(clock.recurrence), "", cite)
    for fixed in clock.fixed:
        yield Rule(fixed.what or clock.title, fixed.due.text, "", fixed.citation or cite)
