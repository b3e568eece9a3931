"""The days ahead: engagements, actions, promises, steps, decisions, milestones and clocks by day."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Literal

from nacoord.desk.lookup import Scope
from nacoord.desk.lookup import family
from nacoord.desk.sides import Side
from nacoord.desk.sides import side
from nacoord.desk.status.coming import Coming
from nacoord.desk.status.coming import engagements
from nacoord.desk.status.coming import events
from nacoord.desk.status.morning import Morning
from nacoord.desk.status.pressing import Pressing
from nacoord.desk.status.pressing import pressing
from nacoord.desk.telling import telling
from nacoord.model.kinds.action import Action
from nacoord.model.kinds.commitment import Commitment
from nacoord.model.kinds.engagement import Engagement
from nacoord.model.snapshot import Snapshot
from nacoord.model.when import When

ItemKind = Literal["engagement", "decision", "step", "action", "commitment", "clock", "milestone"]
# The order of a day: what has an hour, what somebody must do, what happens.
_ORDER: tuple[ItemKind, ...] = (
    "engagement", "decision", "step", "action", "commitment", "clock", "milestone",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """Something in the days ahead.

    Attributes:
        kind: what it is.
        when: its moment.
        what: its title.
        record: the record it stands in.
        who: ids of those who meet, act, promised, decide or take the step.
        side: whose it is: ours (anybody of our own country) or theirs; None of an engagement, a
            clock and a milestone.
        to: of a promise, to whom.
        time: of an engagement, when it starts.
        place: of an engagement, where.
        prepared_by: of an engagement, who prepares it.
        untold: of an action, how many have not been told.
        uncleared: of an action, how many have not cleared it.
        before: of a decision that a deadline needs, when that falls due.
        citation: the provision that sets a deadline.
        also: what else is recorded of the same event.
    """

    kind: ItemKind
    when: When
    what: str
    record: str
    who: tuple[str, ...] = ()
    side: Side | None = None
    to: tuple[str, ...] = ()
    time: str = ""
    place: str = ""
    prepared_by: str = ""
    untold: int = 0
    uncleared: int = 0
    before: When | None = None
    citation: str = ""
    also: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """One day, and what stands under it: what begins that day, and today what has begun."""

    on: date
    days: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """The answer of `nacoord agenda`.

    Attributes:
        scope: the part of the work it covers.
        today: the first day.
        until: the last day.
        late: how many promises, steps, decisions, milestones and deadlines are overdue; `status`
            shows them.
        days: the days on which something stands.
    """

    scope: Scope
    today: date
    until: date
    late: int
    days: tuple[Day, ...]


def agenda(snapshot: Snapshot, today: date, scope: Scope, until: date) -> Agenda:
    """Return the days ahead of a scope, by day.

    A window or a month stands under its first day, or under today once that is past.
    """
    morning = Morning(snapshot, scope, today, until)
    press = pressing(morning)
    found = [
        *(_item(morning, each) for each in engagements(morning)),
        *(_event(morning, event) for event in events(morning)),
        *_decisions(morning, press),
        *_steps(morning),
    ]
    found.sort(key=lambda item: (_first_day(item, today), *_place(item, today)))
    days = (
        Day(on, (on - today).days, tuple(items))
        for on, items in groupby(found, key=lambda item: _first_day(item, today))
    )
    late = sum(each.urgency == "late" for each in press)
    return Agenda(scope, today, until, late, tuple(days))


def _first_day(item: Item, today: date) -> date:
    return max(item.when.start, today)


def _place(item: Item, today: date) -> tuple[bool, int, str, str, str]:
    """Return where an item stands in its day; what has been going on for a while comes last."""
    going_on = item.when.start < today and item.kind != "engagement"
    return going_on, _ORDER.index(item.kind), item.time or "24:00", item.record, item.what


def _event(morning: Morning, event: tuple[Coming, ...]) -> Item:
    first, *others = (_item(morning, each) for each in event)
    return replace(first, also=tuple(others))


def _item(morning: Morning, coming: Coming) -> Item:
    """Return something dated with what its own record says of it."""
    snapshot = morning.snapshot
    plain = Item(
        coming.kind, coming.when, coming.what, coming.record, coming.who, citation=coming.citation
    )
    record = snapshot.records[coming.record]
    if coming.kind == "engagement" and isinstance(record, Engagement):
        return replace(
            plain,
            time=record.time or "",
            place=record.place or "",
            prepared_by=record.prepared_by or "",
        )
    if coming.kind == "action" and isinstance(record, Action):
        found = telling(snapshot, morning.today, record)
        whose = side(snapshot, record.by)
        return replace(plain, side=whose, untold=len(found.untold), uncleared=len(found.uncleared))
    if coming.kind == "commitment" and isinstance(record, Commitment):
        return replace(plain, side=side(snapshot, record.by), to=record.to)
    return plain


def _decisions(morning: Morning, press: Sequence[Pressing]) -> Iterator[Item]:
    """Yield the decisions that issues ask for, and those that a deadline needs some time before."""
    for each in press:
        if each.urgency != "decide" or each.due is None:
            continue
        needs = (d for d in morning.deadlines if (d.issue, d.what) == (each.record, each.what))
        found = next(needs, None)
        yield Item(
            "decision",
            each.due,
            each.what,
            each.record,
            each.who,
            each.side,
            before=found.due if found else None,
            citation=found.citation if found else "",
        )


def _steps(morning: Morning) -> Iterator[Item]:
    """Yield the next steps of the scope's issues, and those that the scope itself takes."""
    scope, snapshot = morning.scope, morning.snapshot
    own = {scope.id} | (family(snapshot, scope.id) if scope.kind == "agency" else frozenset())
    for issue in snapshot.issues:
        step = issue.next_step
        if not (issue.live and step and step.due and morning.ahead(step.due)):
            continue
        if issue.id in scope.issues or step.who in own:
            who = (step.who,) if step.who else ()
            yield Item("step", step.due, step.what, issue.id, who, side(snapshot, who))
