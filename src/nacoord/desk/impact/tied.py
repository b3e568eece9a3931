"""What hangs on an issue, or on a stakeholder, itself: promises, actions, contacts, clocks."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from nacoord.desk.contacts import attending
from nacoord.desk.deadlines import deadlines
from nacoord.desk.lookup import descendants
from nacoord.desk.sides import Side
from nacoord.desk.sides import side
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.clock import Clock
from nacoord.model.kinds.engagement import Engagement
from nacoord.model.kinds.person import Person
from nacoord.model.snapshot import Snapshot
from nacoord.model.when import When
from nacoord.model.when import span

TiedKind = Literal["commitment", "action", "engagement", "clock"]


@dataclass(frozen=True, slots=True)
class Tied:
    """A promise, action, contact or deadline that moves too.

    Attributes:
        kind: what it is; for a clock, its first deadline on one of the issues that is not met.
        when: its moment; None where no day is set.
        days: days from today until then; negative when it is late.
        side: for a promise: whose it is, ours or theirs.
        what: its title.
        who: ids of those who promised, act or meet.
        record: the record it stands in.
    """

    kind: TiedKind
    when: When | None
    days: int | None
    side: Side | None
    what: str
    who: tuple[str, ...]
    record: str


def tied(
    snapshot: Snapshot, today: date, record: Record, issues: Collection[str]
) -> tuple[Tied, ...]:
    """Return the open promises, expected actions, contacts ahead and running clocks, by day.

    For an agency they are those that it, or a body that is part of it, has a part in; for other
    records those about the issues. Of a clock asked about, only its own deadlines are told.
    """
    names: Collection[str] = {record.id} if isinstance(record, Person) else ()
    if isinstance(record, Agency):
        names, issues = descendants(snapshot, record.id), ()
    found = [
        *_promises(snapshot, today, names, issues),
        *_actions(snapshot, today, names, issues),
        *_contacts(snapshot, today, names, issues),
        *_clocks(snapshot, today, record, issues),
    ]
    found = [item for item in found if item.record != record.id or item.kind == "clock"]
    found.sort(key=lambda item: (item.when.end if item.when else date.max, item.record, item.what))
    return tuple(found)


def _promises(
    snapshot: Snapshot, today: date, names: Collection[str], issues: Collection[str]
) -> Iterator[Tied]:
    for promise in snapshot.commitments:
        inside = _meet(issues, promise.issues) or _meet(names, (*promise.by, *promise.to))
        if inside and promise.status == "open":
            ours = side(snapshot, promise.by)
            yield _tied("commitment", promise, promise.due, today, promise.by, ours)


def _actions(
    snapshot: Snapshot, today: date, names: Collection[str], issues: Collection[str]
) -> Iterator[Tied]:
    for action in snapshot.actions:
        inside = _meet(issues, action.issues) or _meet(names, action.by)
        if inside and action.status == "expected":
            yield _tied("action", action, action.when, today, action.by)


def _contacts(
    snapshot: Snapshot, today: date, names: Collection[str], issues: Collection[str]
) -> Iterator[Tied]:
    for contact in snapshot.engagements:
        when = span(contact.date, contact.until)
        inside = _meet(issues, contact.issues) or _meet(names, _there(snapshot, contact))
        if inside and when.end >= today:
            yield _tied("engagement", contact, when, today, contact.attendees)


def _there(snapshot: Snapshot, contact: Engagement) -> tuple[str, ...]:
    return (*contact.attendees, *attending(snapshot, contact))


def _clocks(
    snapshot: Snapshot, today: date, record: Record, issues: Collection[str]
) -> Iterator[Tied]:
    """Yield the first deadline of each clock on each issue."""
    told = set()
    for deadline in deadlines(snapshot, today) if issues else ():
        run = (deadline.issue, deadline.clock)
        of_another = isinstance(record, Clock) and deadline.clock != record.id
        if deadline.issue in issues and run not in told and not of_another:
            told.add(run)
            days = (deadline.due.end - today).days
            yield Tied("clock", deadline.due, days, None, deadline.what, (), deadline.clock)


def _meet(wanted: Collection[str], ids: Collection[str]) -> bool:
    return any(id in wanted for id in ids)


def _tied(
    kind: TiedKind,
    record: Record,
    when: When | None,
    today: date,
    who: tuple[str, ...],
    whose: Side | None = None,
) -> Tied:
    days = (when.end - today).days if when else None
    return Tied(kind, when, days, whose, record.title, who, record.id)
