"""What every section of a brief looks at: a part of the work, a day, and the days around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from nacoord.desk.facing import Facing
from nacoord.desk.lately import Days
from nacoord.desk.lookup import Scope
from nacoord.desk.lookup import find_scope
from nacoord.desk.status.morning import Morning
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.issue import Issue
from nacoord.model.kinds.person import Person
from nacoord.model.snapshot import Snapshot


@dataclass(frozen=True)
class Frame:
    """A part of the work around a day.

    Attributes:
        snapshot: what of the record may be told.
        scope: the part of the work.
        today: the day.
        since: the first day that is looked back on.
        until: the last day ahead.
    """

    snapshot: Snapshot
    scope: Scope
    today: date
    since: date
    until: date

    @cached_property
    def morning(self) -> Morning:
        """The same work as `status` looks at it, as far ahead as the brief does."""
        return Morning(self.snapshot, self.scope, self.today, self.until)

    @cached_property
    def live(self) -> tuple[Issue, ...]:
        """The issues that are being tended: of the first priority or red first."""
        return tuple(
            sorted(self.morning.issues, key=lambda issue: (*urgency(issue), self._place(issue)))
        )

    @cached_property
    def days(self) -> Days:
        """The days looked back on."""
        rest = (i for i in self.snapshot.issues if i.id in self.scope.issues and not i.live)
        own = self.snapshot.records.get(self.scope.id)
        bodies = frozenset({own.id}) if isinstance(own, (Agency, Person)) else frozenset()
        issues = (*self.live, *rest)
        return Days(self.snapshot, self.scope, issues, self.since, self.today, bodies)

    def _place(self, issue: Issue) -> tuple[int, str, int, str]:
        return self.morning.place(issue)


def urgency(issue: Issue) -> tuple[bool, str, int]:
    """Return how an issue stands among others: P1 and red before all, then by priority and health."""
    first = issue.priority == "P1" or issue.health == "red"
    return not first, issue.priority, ("red", "amber", "green").index(issue.health)


def met_scope(snapshot: Snapshot, met: Facing) -> Scope:
    """Return the part of the work that concerns a meeting, or meeting an agency."""
    if isinstance(met.asked, Agency):
        own = find_scope(snapshot, met.asked.id)
        issues = own.issues | {issue.id for issue in (*met.issues, *met.further)}
        return Scope("agency", own.id, own.title, issues)
    issues = frozenset(issue.id for issue in met.issues)
    return Scope("issue", met.asked.id, met.asked.title, issues)
