"""What is dated, by day: so that what is near a moment is found without asking everything."""

from __future__ import annotations

from bisect import bisect_left
from bisect import bisect_right
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass

from nacoord.desk.contacts import attending
from nacoord.desk.radar.scene import Scene
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.engagement import Engagement
from nacoord.model.when import When
from nacoord.model.when import span


@dataclass(frozen=True, slots=True)
class Dated:
    """Something dated.

    Attributes:
        id: its record.
        title: what it is called.
        when: its moment.
        field: the field its moment stands in.
        issues: the issues it is about.
        by: of an action, who acts.
        there: of a contact, who is there from beside the federal government.
        wary: of a contact, whether another country or Congress is there.
    """

    id: str
    title: str
    when: When
    field: str
    issues: tuple[str, ...]
    by: frozenset[str] = frozenset()
    there: frozenset[str] = frozenset()
    wary: bool = False


class Calendar:
    """Dated things, sorted by their first day."""

    def __init__(self, dated: Iterable[Dated]) -> None:
        self._dated = sorted(dated, key=lambda each: each.when.start)
        self._starts = [each.when.start.toordinal() for each in self._dated]
        spans = ((each.when.end - each.when.start).days for each in self._dated)
        self._longest = max(spans, default=0)

    def within(self, when: When, days: int) -> list[Dated]:
        """Return what is at most so many days from a moment, by the day it begins."""
        first = when.start.toordinal() - days - self._longest
        last = when.end.toordinal() + days
        near = self._dated[bisect_left(self._starts, first) : bisect_right(self._starts, last)]
        return [each for each in near if apart(when, each.when) <= days]


def apart(one: When, other: When) -> int:
    """Return how many days lie between two moments; 0 when they overlap or are the same day."""
    return max(0, (other.start - one.end).days, (one.start - other.end).days)


def contact(scene: Scene, engagement: Engagement) -> Dated:
    """Return a contact as something dated."""
    agencies = [
        agency
        for id in attending(scene.snapshot, engagement)
        if (agency := scene.snapshot.get(Agency, id)) and agency.level != "federal"
    ]
    return Dated(
        engagement.id,
        engagement.title,
        span(engagement.date, engagement.until),
        "date",
        engagement.issues,
        there=frozenset(agency.id for agency in agencies),
        wary=any(each.level == "congress" or scene.foreign(each) for each in agencies),
    )


def actions(scene: Scene) -> Iterator[Dated]:
    """Yield the actions that are expected."""
    for each in scene.expected:
        yield Dated(each.id, each.title, each.when, "when", each.issues, frozenset(each.by))


def promises(scene: Scene) -> Iterator[Dated]:
    """Yield the promises of the other side that are still to fall due."""
    for due in scene.dues:
        ahead = due.kind == "promise" and due.when.end >= scene.today
        if ahead and scene.side(due.who) == "theirs":
            yield Dated(due.record, due.what, due.when, "due", due.issues)
