"""What to be careful with before a stakeholder."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from nacoord.desk.facing import Facing
from nacoord.desk.telling import Telling
from nacoord.desk.untold import untold_to
from nacoord.model.kinds.issue import Issue
from nacoord.model.marking import level
from nacoord.model.snapshot import Snapshot
from nacoord.model.when import When

Care = Literal["red", "undermines", "untold", "unlisted", "objected"]


@dataclass(frozen=True, slots=True)
class Sensitive:
    """A sensitive point.

    Attributes:
        care: why it is one: an issue is red; an issue undermines another; they have not been told
            of an action, or are on no list of it; they object to its text.
        record: the issue or action.
        what: the reason, the action's title, or what they said of its text.
        other: the issue that is undermined.
        who: those who have not been told, are on no list, or object.
        when: of an action, its moment.
        by: by when the first of them must be told.
        late: whether that day is past.
    """

    care: Care
    record: str
    what: str
    other: str = ""
    who: tuple[str, ...] = ()
    when: When | None = None
    by: When | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """A record that is not to be shared, whole or in some fields.

    Attributes:
        record: its id.
        marking: its marking, deliberative or cui//CATEGORY; empty when only fields are marked.
        fields: the fields that have such a marking of their own, with it.
    """

    record: str
    marking: str
    fields: dict[str, str]


def sensitive(snapshot: Snapshot, today: date, met: Facing) -> tuple[Sensitive, ...]:
    """Return what to be careful with: what is red, what undermines, what they don't know yet."""
    at_hand = {issue.id for issue in met.issues}
    red = (
        Sensitive("red", issue.id, issue.health_reason or "")
        for issue in met.issues
        if issue.live and issue.health == "red"
    )
    tellings = tuple(untold_to(snapshot, today, met.present))
    return (
        *red,
        *_undermining(snapshot, at_hand),
        *(point for each in tellings for point in _unheard(each, at_hand, met.theirs)),
        *(
            Sensitive("objected", each.action, one.comment, who=(one.who,), when=each.when)
            for each in tellings
            for one in each.uncleared
            if one.status == "objected"
        ),
    )


def _undermining(snapshot: Snapshot, at_hand: set[str]) -> Iterator[Sensitive]:
    for issue in snapshot.issues:
        for link in issue.links:
            other = snapshot.get(Issue, link.to)
            if (
                link.kind != "undermines"
                or other is None
                or at_hand.isdisjoint((issue.id, other.id))
            ):
                continue
            if issue.live and other.live:
                yield Sensitive("undermines", issue.id, link.because or "", other=other.id)


def _unheard(found: Telling, at_hand: set[str], them: Collection[str]) -> Iterator[Sensitive]:
    """Yield whom an action must still reach, and if it is at hand whom of them no list names."""
    if found.untold:
        who = tuple(each.who for each in found.untold)
        first = found.untold[0]
        yield Sensitive(
            "untold", found.action, found.title, "", who, found.when, first.by, first.late
        )
    who = tuple(each.who for each in found.unlisted if each.who in them)
    if who and not at_hand.isdisjoint(found.issues):
        yield Sensitive("unlisted", found.action, found.title, "", who, found.when)


def marked(snapshot: Snapshot, ids: Iterable[str]) -> tuple[Marked, ...]:
    """Return those of some records that are not to be shared: deliberative or controlled."""
    shared = level("deliberative")
    found = []
    for id in dict.fromkeys(ids):
        record = snapshot.records.get(id)
        if record is None:
            continue
        fields = {
            name: marking
            for name, marking in record.field_markings.items()
            if level(marking) >= shared
        }
        whole = record.marking if level(record.marking) >= shared else ""
        if whole or fields:
            found.append(Marked(id, whole, fields))
    return tuple(found)
