"""How promises are kept, per counterpart and both ways; it says when data are too thin."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nacoord.desk.lookup import Scope
from nacoord.desk.lookup import descendants
from nacoord.desk.promises.account import Account
from nacoord.desk.promises.account import History
from nacoord.desk.promises.account import Reach
from nacoord.desk.promises.account import account
from nacoord.desk.promises.cell import Cell
from nacoord.desk.promises.cell import cell
from nacoord.desk.sides import Side
from nacoord.desk.sides import side
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.commitment import Commitment
from nacoord.model.snapshot import Snapshot

_HOME = "home"
_SEVERAL = "several"
_SIDES: tuple[Side, ...] = ("theirs", "ours")


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A stakeholder, and the promises between it and us.

    Attributes:
        agency: its id.
        title: what it is called.
        theirs: what it promised us.
        ours: what we promised it.
    """

    agency: str
    title: str
    theirs: Cell
    ours: Cell


@dataclass(frozen=True, slots=True)
class Group:
    """The counterparts of one country; a promise to two of them counts once in the totals.

    Attributes:
        id: the country's code; `several` for bodies of no one country, `home` for our own.
        title: what it is called.
        theirs: what they promised us; at home, what any of ours promised another.
        ours: what we promised them; at home the same promises as `theirs`.
        counterparts: each of them; at home, what it promised others and what others promised it.
    """

    id: str
    title: str
    theirs: Cell
    ours: Cell
    counterparts: tuple[Counterpart, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """The answer of `nacoord kept`.

    Attributes:
        scope: the part of the work it covers.
        today: the day for which it is true.
        history: how far history reaches: whole, cut, later (all of it after today) or none.
        began: the day of its first commit.
        left_out: how many commits after today are left out.
        at_start: how many of the promises came with the first commit.
        groups: the counterparts, abroad first.
        promises: what became of each promise, by id.
        unplaced: ids of promises in scope that are neither ours nor to us.
        unread: ids of promises in scope that stand nowhere because a body is missing or can't be read.
        removed: ids of promises in scope that were removed from the record and so not counted.
    """

    scope: Scope
    today: date
    history: Reach
    began: date | None
    left_out: int
    at_start: int
    groups: tuple[Group, ...]
    promises: tuple[Account, ...]
    unplaced: tuple[str, ...]
    unread: tuple[str, ...]
    removed: tuple[str, ...]


def kept(snapshot: Snapshot, today: date, scope: Scope, history: History) -> Kept:
    """Answer who keeps what was promised, theirs to us and ours to them.

    A promise by several to several stands in the line of each, and one that both sides make together
    is one that each makes to the other.
    """
    places = _Places(snapshot, scope)
    unplaced: list[str] = []
    unread: list[str] = []
    for promise in snapshot.commitments:
        if places.covers(promise.by, promise.to, promise.issues) and not places.put(promise):
            known = all(snapshot.get(Agency, id) for id in (*promise.by, *promise.to))
            (unplaced if known else unread).append(promise.id)
    accounts = {
        promise.id: account(promise, history, today)
        for promise in snapshot.commitments
        if promise.id in places.placed
    }
    return Kept(
        scope=scope,
        today=today,
        history=history.reach,
        began=history.began,
        left_out=history.left_out,
        at_start=sum(each.at_start for each in accounts.values()),
        groups=tuple(_groups(snapshot, places, accounts)),
        promises=tuple(accounts.values()),
        unplaced=tuple(unplaced),
        unread=tuple(unread),
        removed=tuple(_removed(snapshot, places, history)),
    )


class _Places:
    """Whose lines each promise stands in."""

    def __init__(self, snapshot: Snapshot, scope: Scope) -> None:
        self._snapshot = snapshot
        self._scope = scope
        of_agency = scope.kind == "agency"
        self._family = descendants(snapshot, scope.id) if of_agency else frozenset()
        relationship = snapshot.office.relationships.get(scope.id)
        of_relationship = relationship is not None and scope.kind == "relationship"
        self._countries = relationship.countries if relationship and of_relationship else None
        self.lines: dict[str, dict[str, dict[Side, list[str]]]] = {}
        self.placed: set[str] = set()

    def covers(self, by: Iterable[str], to: Iterable[str], issues: Iterable[str]) -> bool:
        """Tell whether a promise is in scope; an agency's are those it made or was made."""
        if self._scope.kind == "agency":
            return not self._family.isdisjoint((*by, *to))
        return self._scope.touches(issues)

    def put(self, promise: Commitment) -> bool:
        """Put a promise in its lines; return False when it is neither ours nor to us."""
        ours_anywhere = False
        for one, other in self._pairs(promise):
            if self._family and self._family.isdisjoint((one.id, other.id)):
                continue
            abroad = [each for each in (one, other) if self._side(each) == "theirs"]
            if len(abroad) == 2:
                continue
            ours_anywhere = True
            if not abroad:
                self._add(_HOME, one, "theirs", promise)
                self._add(_HOME, other, "ours", promise)
            elif self._countries is None or abroad[0].country in (*self._countries, None):
                line: Side = "theirs" if abroad[0] is one else "ours"
                self._add(abroad[0].country or _SEVERAL, abroad[0], line, promise)
        return ours_anywhere

    def _pairs(self, promise: Commitment) -> Iterator[tuple[Agency, Agency]]:
        by, to = (
            [agency for id in ids if (agency := self._snapshot.get(Agency, id))]
            for ids in (promise.by, promise.to)
        )
        yield from ((one, other) for one in by for other in to if one is not other)
        yield from (
            (one, other) for one in by for other in by if self._side(one) != self._side(other)
        )

    def _side(self, agency: Agency) -> Side:
        return side(self._snapshot, (agency.id,))

    def _add(self, group: str, agency: Agency, line: Side, promise: Commitment) -> None:
        lines = self.lines.setdefault(group, {}).setdefault(agency.id, {"theirs": [], "ours": []})
        if promise.id not in lines[line]:
            lines[line].append(promise.id)
        self.placed.add(promise.id)


def _groups(snapshot: Snapshot, places: _Places, accounts: dict[str, Account]) -> Iterator[Group]:
    titles = {
        relationship.countries[0]: relationship.title
        for relationship in snapshot.office.relationships.values()
        if len(relationship.countries) == 1
    }
    others = sorted(places.lines.keys() - {*titles, _HOME, _SEVERAL})
    titles |= {country: country for country in others}
    titles |= {_SEVERAL: "Several countries", _HOME: "Among ourselves"}

    def counted(ids: Iterable[str]) -> Cell:
        return cell([accounts[id] for id in sorted(set(ids))])

    for group, title in titles.items():
        if group in places.lines:
            lines = dict(sorted(places.lines[group].items()))
            counterparts = [
                Counterpart(id, snapshot.name(id), counted(each["theirs"]), counted(each["ours"]))
                for id, each in lines.items()
            ]
            theirs, ours = (
                counted(id for each in lines.values() for id in each[line]) for line in _SIDES
            )
            yield Group(group, title, theirs, ours, tuple(counterparts))


def _removed(snapshot: Snapshot, places: _Places, history: History) -> Sequence[str]:
    return sorted(
        id
        for id, life in history.lives.items()
        if life.gone
        and id not in snapshot.records
        and places.covers(life.stage.by, life.stage.to, life.stage.issues)
    )
