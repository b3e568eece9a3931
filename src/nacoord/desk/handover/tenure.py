"""What every section of a hand-over looks at: whose work it is, on what day, and the days around."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from nacoord.desk.lately import Days
from nacoord.desk.lookup import Scope
from nacoord.desk.lookup import descendants
from nacoord.desk.status.morning import Morning
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.issue import Issue
from nacoord.model.kinds.person import Person
from nacoord.model.snapshot import Snapshot


@dataclass(frozen=True)
class Tenure:
    """The work of one person or agency.

    Attributes:
        snapshot: the record.
        scope: that person or agency.
        today: the day of the hand-over.
        since: the first day that counts as lately.
        until: the last day that counts as ahead.
    """

    snapshot: Snapshot
    scope: Scope
    today: date
    since: date
    until: date

    @cached_property
    def record(self) -> Record:
        """The person or agency itself."""
        return self.snapshot.records[self.scope.id]

    @cached_property
    def morning(self) -> Morning:
        """The same work as `status` looks at it, as far ahead as the hand-over does."""
        return Morning(self.snapshot, self.scope, self.today, self.until)

    @cached_property
    def days(self) -> Days:
        """The last days of the same work."""
        issues = (*self.live, *self.others)
        return Days(self.snapshot, self.scope, issues, self.since, self.today, self.bodies)

    @cached_property
    def live(self) -> tuple[Issue, ...]:
        """The issues that are being tended, those of the first priority first."""
        return tuple(sorted(self.morning.issues, key=lambda i: (i.priority, self.morning.place(i))))

    @cached_property
    def others(self) -> tuple[Issue, ...]:
        """The issues that are not: proposed, or ended."""
        return tuple(i for i in self.snapshot.issues if i.id in self.scope.issues and not i.live)

    @cached_property
    def bodies(self) -> frozenset[str]:
        """The agencies it answers for: an agency and its parts; those in a person's portfolio."""
        if isinstance(self.record, Agency):
            return descendants(self.snapshot, self.record.id)
        assert isinstance(self.record, Person)
        return frozenset(
            id for id in self.record.portfolio if self.snapshot.get(Agency, id) is not None
        )

    @cached_property
    def home(self) -> str:
        """The agency itself, or where the person serves."""
        return self.record.agency if isinstance(self.record, Person) else self.record.id
