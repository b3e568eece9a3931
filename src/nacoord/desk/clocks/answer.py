"""The answer of `nacoord clocks`: every deadline set by law or treaty, and where it stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from nacoord.desk.clocks.letters import Letter
from nacoord.desk.clocks.letters import letters
from nacoord.desk.clocks.unstarted import Unstarted
from nacoord.desk.clocks.unstarted import unstarted
from nacoord.desk.deadlines import Deadline
from nacoord.desk.deadlines import reckon
from nacoord.desk.lookup import Scope
from nacoord.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Clocks:
    """The answer of `nacoord clocks`.

    Attributes:
        scope: the part of the work it covers; it may be one clock.
        today: the day for which it is true.
        counts: how many deadlines are in each state.
        deadlines: every deadline of the clocks that have started, by day.
        not_started: the clocks that have not, with their rules.
        letters: letters and taskers, those that wait first.
    """

    scope: Scope
    today: date
    counts: dict[str, int]
    deadlines: tuple[Deadline, ...]
    not_started: tuple[Unstarted, ...]
    letters: tuple[Letter, ...]


def clocks(snapshot: Snapshot, today: date, scope: Scope) -> Clocks:
    """Answer when the clocks of a scope fall due, and how those went that are over."""
    found = tuple(
        deadline
        for deadline in reckon(snapshot, today)
        if deadline.issue in scope.issues and (scope.kind != "clock" or deadline.clock == scope.id)
    )
    return Clocks(
        scope=scope,
        today=today,
        counts=dict(Counter(deadline.state for deadline in found)),
        deadlines=found,
        not_started=unstarted(snapshot, scope),
        letters=letters(snapshot, today, scope),
    )
