"""The shortest way from one issue to another, with the reason of each step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop
from heapq import heappush
from itertools import pairwise

from nacoord.desk.impact.begin import ASIDE
from nacoord.desk.impact.begin import Start
from nacoord.desk.impact.begin import begin
from nacoord.desk.impact.ties import LINK_DISTANCE
from nacoord.desk.impact.ties import Hub
from nacoord.desk.impact.ties import Tie
from nacoord.desk.impact.ties import of_hub
from nacoord.desk.impact.web import Web
from nacoord.desk.impact.web import weave
from nacoord.desk.lookup import find_among
from nacoord.model.errors import UsageError
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.table import kind_of
from nacoord.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way: from an issue, by a tie, to the next."""

    issue: str
    title: str
    tie: Tie
    to: str
    to_title: str


@dataclass(frozen=True, slots=True)
class Path:
    """The answer of `nacoord impact A --to B`.

    Attributes:
        record: the id of what was asked about.
        kind: its kind.
        title: what it is called.
        starts: the issues the way may begin from; for an issue, itself.
        to: the issue it leads to.
        to_title: what that is called.
        found: whether there is a way.
        steps: the way; empty when there is none, or when `to` is one of the issues it begins from.
    """

    record: str
    kind: str
    title: str
    starts: tuple[Start, ...]
    to: str
    to_title: str
    found: bool
    steps: tuple[Step, ...]


def path(snapshot: Snapshot, record: Record, word: str, everything: bool = False) -> Path:
    """Find the shortest way from a record to the issue that a typed word means.

    A link is the shortest step, then a clock; a stakeholder makes a longer one, the more issues it is in.

    Raises:
        UsageError: when the word means no issue, or the one asked about.
    """
    target = find_among(snapshot, word, snapshot.issues, "issue")
    if target.id == record.id:
        raise UsageError(f'"{target.id}" leads to itself', hint="name another issue after --to")
    starts = begin(snapshot, record, everything)
    begins = [start.issue for start in starts if start.does != ASIDE or start.issue == target.id]
    web = weave(snapshot, (*begins, target.id), everything)
    way = _shortest(web, begins, target.id)
    return Path(
        record=record.id,
        kind=kind_of(record).name,
        title=record.title,
        starts=starts,
        to=target.id,
        to_title=target.title,
        found=bool(way),
        steps=tuple(_steps(snapshot, web, way)),
    )


# A place on a way: an issue, by its id, or what several issues share.
_Place = str | Hub


def _shortest(web: Web, starts: list[str], end: str) -> list[_Place]:
    """Return the places of the shortest way, ends included; none when there is none.

    Dijkstra's algorithm. What several issues share is a place of its own, entered at its distance and
    left for nothing, so that no pair of issues is made. Of ways of one length the one with fewer places
    wins, then the one that comes first by name.
    """
    waiting: list[tuple[int, int, str, str]] = [(0, 0, start, "") for start in sorted(starts)]
    places: dict[str, _Place] = {start: start for start in starts}
    before: dict[str, str] = {}
    while waiting:
        length, count, name, last = heappop(waiting)
        if name in before:
            continue
        before[name] = last
        if name == end:
            return _back(before, places, end)
        for place, distance in _next(web, places[name]):
            key = place if isinstance(place, str) else place.name
            if key not in before:
                places[key] = place
                heappush(waiting, (length + distance, count + 1, key, name))
    return []


def _next(web: Web, place: _Place) -> Iterator[tuple[_Place, int]]:
    if isinstance(place, Hub):
        yield from ((id, 0) for id in place.roles)
        return
    yield from ((other, LINK_DISTANCE) for other, _ in web.linked(place))
    yield from ((hub, hub.distance) for hub in web.hubs.get(place, ()))


def _back(before: dict[str, str], places: dict[str, _Place], end: str) -> list[_Place]:
    way = [places[end]]
    name = end
    while name := before[name]:
        way.append(places[name])
    return way[::-1]


def _steps(snapshot: Snapshot, web: Web, way: list[_Place]) -> Iterator[Step]:
    """Yield the way's steps from issue to issue."""
    ids = [place for place in way if isinstance(place, str)]
    for one, other in pairwise(ids):
        between = way[way.index(one) + 1]
        tie = of_hub(between, one, other) if isinstance(between, Hub) else web.links[one][other][0]
        yield Step(one, snapshot.name(one), tie, other, snapshot.name(other))
