"""What every section of the morning's answer looks at."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from nacoord.desk.deadlines import Deadline
from nacoord.desk.deadlines import deadlines
from nacoord.desk.lookup import Scope
from nacoord.model.kinds.commitment import Commitment
from nacoord.model.kinds.issue import Issue
from nacoord.model.snapshot import Snapshot
from nacoord.model.when import When


class Morning:
    """A scope of a record on a day, and the last day that counts as soon."""

    def __init__(self, snapshot: Snapshot, scope: Scope, today: date, until: date) -> None:
        self.snapshot = snapshot
        self.scope = scope
        self.today = today
        self.until = until

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """The live issues of the scope, by theme, priority, health and id."""
        live = (issue for issue in self.snapshot.issues if issue.live)
        return tuple(
            sorted((issue for issue in live if issue.id in self.scope.issues), key=self.place)
        )

    def place(self, issue: Issue) -> tuple[int, str, int, str]:
        """Return where an issue stands among others on a screen."""
        themes = list(self.snapshot.office.themes)
        theme = themes.index(issue.theme) if issue.theme in themes else len(themes)
        return theme, issue.priority, ("red", "amber", "green").index(issue.health), issue.id

    @cached_property
    def deadlines(self) -> tuple[Deadline, ...]:
        """The clocks that run on the scope's live issues, by day."""
        found = deadlines(self.snapshot, self.today)
        return tuple(deadline for deadline in found if deadline.issue in self.scope.issues)

    @cached_property
    def promises(self) -> tuple[Commitment, ...]:
        """The open commitments about the scope's issues, or by or to its agency."""
        return tuple(
            promise
            for promise in self.snapshot.commitments
            if promise.status == "open"
            and (self.scope.touches(promise.issues) or self.scope.id in (*promise.by, *promise.to))
        )

    def ahead(self, when: When) -> bool:
        """Tell whether a moment is today or soon."""
        return when.end >= self.today and when.start <= self.until
