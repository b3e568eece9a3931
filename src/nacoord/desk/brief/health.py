"""Health over time: how each issue stood at the end of each of the last weeks, from history."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import timedelta

from nacoord.desk.brief.frame import Frame
from nacoord.desk.chronicle import Entry
from nacoord.model.kinds.issue import Health

WEEKS = 8
# An old version may have said anything.
_HEALTH: dict[object, Health] = {"green": "green", "amber": "amber", "red": "red"}


@dataclass(frozen=True)
class HealthHistory:
    """What history knows of the issues' health.

    Attributes:
        entries: the commits since the first of these weeks that made an issue or changed its
            health, newest first; those made after today too, since the record holds what they say.
        began: the day of the record's first commit; None where there is no history up to today.
        untold: the issues whose past may not be told under the ceiling.
    """

    entries: tuple[Entry, ...] = ()
    began: date | None = None
    untold: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Track:
    """The health of one issue over the weeks.

    Attributes:
        weeks: its health at the end of each week; None where history doesn't tell.
    """

    issue: str
    title: str
    priority: str
    weeks: tuple[Health | None, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """Health over time.

    Attributes:
        ends: the last day of each week, oldest first; the last is today.
        tracks: an issue each, those that come first before others.
        began: the day history begins; None when nothing is known of the past.
    """

    ends: tuple[date, ...]
    tracks: tuple[Track, ...]
    began: date | None = None


def first_week(today: date) -> date:
    """Return the day from which on history is needed."""
    return today - timedelta(weeks=WEEKS - 1)


def strip(frame: Frame, history: HealthHistory) -> Strip:
    """Return the health of the live issues over the last weeks."""
    ends = tuple(frame.today - timedelta(weeks=back) for back in reversed(range(WEEKS)))
    known = _Known(history, _present(frame), frame.today)
    tracks = tuple(
        Track(
            issue.id,
            issue.title,
            issue.priority,
            tuple(known.health(issue.id, issue.health, end) for end in ends),
        )
        for issue in frame.live
    )
    return Strip(ends, tracks, history.began)


def _present(frame: Frame) -> Mapping[str, str]:
    return {former: issue.id for issue in frame.snapshot.issues for former in issue.formerly}


@dataclass
class _Known:
    """The changes of health by issue, newest first, and the day each issue was made."""

    history: HealthHistory
    present: Mapping[str, str]
    today: date
    moves: dict[str, list[tuple[date, Health | None]]] = field(default_factory=dict)
    made: dict[str, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for on, id, before in _moves(self.history.entries):
            now = self.present.get(id, id)
            if before is None:
                self.made.setdefault(now, on)
            self.moves.setdefault(now, []).append((on, before))

    def health(self, issue: str, now: Health, end: date) -> Health | None:
        """Return how an issue stood at the end of a day."""
        if end == self.today:
            return now
        began = self.history.began
        if issue in self.history.untold:
            return None
        if began is None or end < began or end < self.made.get(issue, date.min):
            return None
        found: Health | None = now
        for on, before in self.moves.get(issue, ()):
            if on > end:
                found = before
        return found


def _moves(entries: Iterable[Entry]) -> Iterable[tuple[date, str, Health | None]]:
    """Yield each change of health: its day, the issue, and the health before; None for a new one."""
    for entry in sorted(entries, key=lambda each: each.on, reverse=True):
        for change in entry.records:
            if change.kind != "issue":
                continue
            if change.what == "new":
                yield entry.on, change.id, None
            for each in change.fields:
                if each.field == "health":
                    yield entry.on, change.id, _HEALTH.get(each.old)
