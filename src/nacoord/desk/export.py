"""What an export holds: the part of the record that is asked for, as far as it may leave.

A scope takes in its issues, the records that refer to them, and the agencies, people and clocks that
those name, so that what is exported explains itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import datetime

from nacoord.desk.chronicle import Entry
from nacoord.desk.chronicle import narrowed
from nacoord.desk.lookup import Scope
from nacoord.desk.lookup import touching
from nacoord.desk.release import Release
from nacoord.desk.release import markings
from nacoord.desk.release import released_entries
from nacoord.model.declare import whole_of
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.clock import Clock
from nacoord.model.kinds.person import Person
from nacoord.model.kinds.table import KINDS
from nacoord.model.marking import highest
from nacoord.model.references import references
from nacoord.model.snapshot import Snapshot
from nacoord.model.snapshot import snapshot as put_together

# Raised when a key, a column or a table is removed or changes its meaning; adding one does not.
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Omitted:
    """What was left out.

    Attributes:
        above: the ceiling; None when there was none.
        records: how many records of the whole record are marked above it, or need one that is.
        fields: how many fields of the others are.
        unread: how many files could not be read.
        said: the first two in words; empty when nothing was left out.
    """

    above: str | None
    records: int
    fields: int
    unread: int
    said: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """When history last touched a record, and how often it did."""

    at: datetime
    count: int


@dataclass(frozen=True)
class Export:
    """The answer of `nacoord export`.

    Attributes:
        scope: the part of the work it covers.
        snapshot: what it holds of the record.
        today: the day for which it is true.
        made_from: the id of the commit that says the same; None when none does.
        marking: the highest marking of what it holds.
        omitted: what was left out.
        kind: the one kind that it holds; None for all.
        stamps: when history last touched each record; of those it knows.
    """

    scope: Scope
    snapshot: Snapshot
    today: date
    made_from: str | None
    marking: str
    omitted: Omitted
    kind: str | None = None
    stamps: Mapping[str, Stamp] = field(default_factory=dict)

    def kinds(self) -> Mapping[str, tuple[Record, ...]]:
        """Return the records by kind, each kind in the order of the table, each record by id."""
        return {name: tuple(self.snapshot.of(kind.model)) for name, kind in KINDS.items()}

    def office(self) -> dict[str, object]:
        """Return what is told of the office: all of it, or under a ceiling only what records need.

        nacoord.yaml has no marking of its own.
        """
        whole: dict[str, object] = whole_of(self.snapshot.office)
        if self.omitted.above is None:
            return whole
        told = {
            key: whole[key] for key in ("format", "name", "time_zone", "relationships", "themes")
        }
        agencies = ("own_agency", "lockstep_agency")
        return told | {key: whole[key] for key in agencies if whole[key] in self.snapshot.records}


def export(
    left: Release,
    scope: Scope,
    today: date,
    *,
    kind: str | None = None,
    linked: bool = False,
    made_from: str | None = None,
    unread: int = 0,
    stamps: Mapping[str, Stamp] | None = None,
) -> Export:
    """Return what is exported of a record.

    Args:
        left: what may leave.
        scope: the part asked for, found in what may leave.
        today: the day for which it is true.
        kind: the one kind asked for; None for all.
        linked: whether the issues that those of the scope are linked to come with them.
        made_from: the commit that says the same.
        unread: how many files could not be read.
        stamps: when history last touched each record.
    """
    whole = left.snapshot
    ids = contained(whole, scope, linked=linked)
    records = [
        record
        for id, record in whole.records.items()
        if id in ids and (kind is None or isinstance(record, KINDS[kind].model))
    ]
    # Without a record in it, it says no more than what was left out does.
    marking = highest(markings(records)) if records else left.marking
    if named := whole.records.get(scope.id):
        # Its title stands in what is exported, though the record itself may not.
        marking = highest([marking, *markings([named])])
    return Export(
        scope=scope,
        snapshot=put_together(whole.office, [(whole.files[each.id], each) for each in records]),
        today=today,
        made_from=made_from,
        marking=marking,
        omitted=Omitted(left.ceiling, left.records, left.fields, unread, left.said()),
        kind=kind,
        stamps={each.id: stamps[each.id] for each in records if stamps and each.id in stamps},
    )


def contained(snapshot: Snapshot, scope: Scope, *, linked: bool = False) -> frozenset[str]:
    """Return the ids of a scope's records, and of the agencies, people and clocks they name.

    With `linked`, of the issues that its own are linked to as well.
    """
    if scope.kind == "everything":
        return frozenset(snapshot.records)
    inside = touching(snapshot, scope) & snapshot.records.keys()
    if linked:
        own = (issue for issue in snapshot.issues if issue.id in scope.issues)
        others = {link.to for issue in own for link in issue.links}
        inside |= others & snapshot.records.keys()
    named = {
        each.id
        for id in inside
        for each in references(snapshot.records[id])
        if isinstance(snapshot.records.get(each.id), (Agency, Person, Clock))
    }
    return frozenset(inside | named)


def past(
    entries: Iterable[Entry], left: Release, snapshot: Snapshot, scope: Scope
) -> Iterator[Entry]:
    """Return of history what is exported: of the records that are, under every id they had."""
    released = released_entries(entries, left)
    if scope.kind == "everything":
        return iter(released)
    names = {name for id, each in snapshot.records.items() for name in (id, *each.formerly)}
    return iter(narrowed(released, frozenset(names), None))
