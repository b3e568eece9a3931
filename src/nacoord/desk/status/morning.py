"""What every section of the morning's answer looks at."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from nacoord.desk.deadlines import Deadline
from nacoord.desk.deadlines import deadlines
from nacoord.desk.lookup import Scope
from nacoord.desk.sides import Side
from nacoord.desk.sides import home_country
from nacoord.desk.sides import side
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
        within = self.scope.issues
        live = [issue for issue in self.snapshot.issues if issue.id in within and issue.live]
        return tuple(sorted(live, key=self.place))

    def place(self, issue: Issue) -> tuple[int, str, int, str]:
        """Return where an issue stands among others on a screen."""
        theme = self._themes.get(issue.theme, len(self._themes))
        return theme, issue.priority, ("red", "amber", "green").index(issue.health), issue.id

    @cached_property
    def _themes(self) -> dict[str, int]:
        """The place of each theme."""
        return {name: at for at, name in enumerate(self.snapshot.office.themes)}

    @cached_property
    def deadlines(self) -> tuple[Deadline, ...]:
        """The clocks that run on the scope's live issues, by day."""
        return tuple(deadlines(self.snapshot, self.today, self.issues))

    @cached_property
    def near(self) -> tuple[Deadline, ...]:
        """Those of them that are late, or due or to be decided soon, and whose day is known."""
        return tuple(deadlines(self.snapshot, self.today, self.issues, self.until))

    @cached_property
    def promises(self) -> tuple[Commitment, ...]:
        """The open commitments about the scope's issues, or by or to its agency."""
        scope = self.scope
        return tuple(
            [
                promise
                for promise in self.snapshot.commitments
                if promise.status == "open"
                and (scope.touches(promise.issues) or scope.id in (*promise.by, *promise.to))
            ]
        )

    def side(self, who: tuple[str, ...]) -> Side:
        """Tell whose move it is."""
        found = self._sides.get(who)
        if found is None:
            found = self._sides[who] = side(self.snapshot, who, self._home)
        return found

    @cached_property
    def _sides(self) -> dict[tuple[str, ...], Side]:
        """Whose move it is for those who have been asked about."""
        return {}

    @cached_property
    def _home(self) -> str | None:
        """Our own country."""
        return home_country(self.snapshot)

    def ahead(self, when: When) -> bool:
        """Tell whether a moment is today or soon."""
        return when.end >= self.today and when.start <= self.until
