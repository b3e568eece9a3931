"""What else moves if something moves, the nearest and weightiest first."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nacoord.desk.impact.begin import ASIDE
from nacoord.desk.impact.begin import Start
from nacoord.desk.impact.begin import begin
from nacoord.desk.impact.tied import Tied
from nacoord.desk.impact.tied import tied
from nacoord.desk.impact.ties import Hub
from nacoord.desk.impact.ties import Tie
from nacoord.desk.impact.ties import TieKind
from nacoord.desk.impact.ties import of_hub
from nacoord.desk.impact.ties import weight
from nacoord.desk.impact.web import Web
from nacoord.desk.impact.web import weave
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.issue import LIVE
from nacoord.model.kinds.issue import Issue
from nacoord.model.kinds.person import Person
from nacoord.model.kinds.table import kind_of
from nacoord.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Moved:
    """An issue that moves too.

    Attributes:
        issue: its id.
        start: the issue it is tied to: one the question begins from, or one that moves with it.
        ties: how `start` is tied to it, the weightiest first.
        strength: how much they share: each clock or agency counts the more, the fewer issues have it.
    """

    issue: str
    title: str
    priority: str
    status: str
    health: str
    start: str
    ties: tuple[Tie, ...]
    strength: float = 0


@dataclass(frozen=True, slots=True)
class Impact:
    """The answer of `nacoord impact`.

    Attributes:
        record: the id of what was asked about.
        kind: its kind.
        title: what it is called.
        today: the day for which it is true.
        starts: the issues the question begins from; for an issue, itself.
        linked: the issues that links tie to those.
        clocked: the issues on a clock with those.
        farther: the issues to which links of `linked` lead.
        sharing: all others that share counterparts or stakeholders with those; none for an agency or
            a person, who are what is shared.
        tied: promises, actions, contacts and deadlines that move too.
    """

    record: str
    kind: str
    title: str
    today: date
    starts: tuple[Start, ...]
    linked: tuple[Moved, ...]
    clocked: tuple[Moved, ...]
    farther: tuple[Moved, ...]
    sharing: tuple[Moved, ...]
    tied: tuple[Tied, ...]


def impact(
    snapshot: Snapshot,
    today: date,
    record: Record,
    everything: bool = False,
    *,
    web: Web | None = None,
    near: Snapshot | None = None,
) -> Impact:
    """Answer what else moves if a record moves.

    Issues that have ended are left out, but for precedents, unless `everything` is asked for.
    Who asks for many records hands over what would be worked out anew for each.

    Args:
        snapshot: the record.
        today: the day for which it is answered.
        record: what moves.
        everything: whether issues that have ended count.
        web: the ties, woven with every issue that the question begins from.
        near: the part of the record in which everything is that could hang on `record`.
    """
    starts = begin(snapshot, record, everything)
    whole = tuple(start.issue for start in starts)
    moving = tuple(start.issue for start in starts if start.does != ASIDE)
    web = web or weave(snapshot, whole, everything)
    walk = _Walk(snapshot, web, frozenset(whole))
    linked = walk.linked(moving)
    # An agency's own issues share that agency: what they share says nothing more of it.
    stakeholder = isinstance(record, (Agency, Person))
    clocked = () if stakeholder else walk.clocked(moving)
    farther = () if stakeholder else walk.farther(linked)
    return Impact(
        record=record.id,
        kind=kind_of(record).name,
        title=record.title,
        today=today,
        starts=starts,
        linked=linked,
        clocked=clocked,
        farther=farther,
        sharing=() if stakeholder else walk.sharing(moving, (*linked, *clocked, *farther)),
        tied=tied(near or snapshot, today, record, frozenset(whole)),
    )


@dataclass(frozen=True)
class _Walk:
    """A web as seen from the issues a question begins from."""

    snapshot: Snapshot
    web: Web
    starts: frozenset[str]

    def linked(self, starts: Iterable[str]) -> tuple[Moved, ...]:
        return self._sorted(self._moved(one, *pair) for one in starts for pair in self._out(one))

    def farther(self, linked: Iterable[Moved]) -> tuple[Moved, ...]:
        """Return what links of linked issues lead to, each by the weightiest of them."""
        near = {moved.issue for moved in linked}
        found: dict[str, Moved] = {}
        for one in sorted(near):
            for other, ties in self._out(one):
                moved = self._moved(one, other, ties)
                if other not in near and (
                    other not in found or _place(moved) < _place(found[other])
                ):
                    found[other] = moved
        return self._sorted(found.values())

    def clocked(self, starts: Iterable[str]) -> tuple[Moved, ...]:
        """Return the issues that are on a clock with those asked about."""
        return self._sorted(self._shared(starts, ("clock",), frozenset()))

    def sharing(self, starts: Iterable[str], near: Iterable[Moved]) -> tuple[Moved, ...]:
        """Return the issues that share most, each beside the one it shares most with."""
        left_out = frozenset(moved.issue for moved in near)
        best: dict[str, Moved] = {}
        for moved in self._shared(starts, ("counterpart", "stakeholder"), left_out):
            if moved.issue not in best or moved.strength > best[moved.issue].strength:
                best[moved.issue] = moved
        ranked = sorted(best.values(), key=lambda moved: (-moved.strength, _place(moved)))
        return tuple(sorted(ranked, key=lambda moved: moved.status not in LIVE))

    def _shared(
        self, starts: Iterable[str], kinds: tuple[TieKind, ...], left_out: frozenset[str]
    ) -> Iterator[Moved]:
        for one in starts:
            shared: dict[str, list[Hub]] = {}
            for other, hub in self.web.sharing(one):
                if hub.kind in kinds and other not in self.starts and other not in left_out:
                    shared.setdefault(other, []).append(hub)
            for other, hubs in shared.items():
                nearest = {hub.id: hub for hub in sorted(hubs, key=_farthest_first)}
                ties = sorted((of_hub(hub, one, other) for hub in nearest.values()), key=weight)
                strength = sum(hub.strength for hub in nearest.values())
                yield self._moved(one, other, tuple(ties), round(strength, 3))

    def _out(self, one: str) -> Iterator[tuple[str, tuple[Tie, ...]]]:
        return (pair for pair in self.web.linked(one) if pair[0] not in self.starts)

    def _moved(self, one: str, other: str, ties: tuple[Tie, ...], strength: float = 0) -> Moved:
        issue = self.snapshot.get(Issue, other)
        assert issue is not None, "the web holds only issues that are there"
        return Moved(
            other, issue.title, issue.priority, issue.status, issue.health, one, ties, strength
        )

    def _sorted(self, moved: Iterable[Moved]) -> tuple[Moved, ...]:
        return tuple(sorted(moved, key=_place))


def _farthest_first(hub: Hub) -> int:
    return -hub.distance


def _place(moved: Moved) -> tuple[bool, tuple[int, int], str, int, str, str]:
    """Return where an issue stands among others: live ones first, then by tie, then by weight."""
    health = ("red", "amber", "green").index(moved.health)
    live = moved.status in LIVE
    return not live, weight(moved.ties[0]), moved.priority, health, moved.issue, moved.start
