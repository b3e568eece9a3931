"""What may leave under a ceiling: a Snapshot without what is marked above it, and what was left out.

Whoever makes something that leaves the office asks its questions of the released Snapshot, so that
nothing above the ceiling can be in the answer. A record above the ceiling goes, with every reference to
it; a field above it goes, and with it the record that cannot be without that field. A field never has a
lower marking than its record. Where a text that may leave names a record that may not, by its title or its
id, that is said, for a person to decide: nothing is guessed. A title that has a lower marking of its own
may be said by others, though the record itself may not leave.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import Any
from typing import cast

from nacoord.desk.chronicle import Entry
from nacoord.desk.naming import Names
from nacoord.desk.texts import texts_in
from nacoord.model.declare import Declared
from nacoord.model.fault import Path
from nacoord.model.kinds.action import Action
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.base import Source
from nacoord.model.kinds.table import kind_of
from nacoord.model.marking import DEFAULT
from nacoord.model.marking import ORDER
from nacoord.model.marking import highest
from nacoord.model.marking import level
from nacoord.model.references import kinds_of
from nacoord.model.references import references
from nacoord.model.snapshot import Snapshot
from nacoord.model.snapshot import snapshot as put_together

if TYPE_CHECKING:
    from nacoord.desk.radar.finding import Finding


# What rules of the radar miss in a record when these fields hold nothing.
_MISSED = {
    "untold": frozenset({"tell", "told"}),
    "uncleared": frozenset({"clearances"}),
    "no-next-step": frozenset({"next_step"}),
    "orphan": frozenset({"owner"}),
    "unrecorded": frozenset({"outcomes", "commitments"}),
    "unproven-close": frozenset({"evidence"}),
    "undefined-success": frozenset({"success"}),
}


@dataclass(frozen=True, slots=True)
class Named:
    """A text that may leave and that names a record which may not.

    Attributes:
        record: the record with the text; empty for the office's own words.
        field: the path to the text.
        omitted: the id of the record that it names.
        words: the words by which it does.
    """

    record: str
    field: Path
    omitted: str
    words: str


@dataclass(frozen=True)
class Withheld:
    """What must not be told of, in history either.

    Attributes:
        names: the words that name records that were left out.
        ids: their ids, and those of files that can't be read.
        fields: for each record that was not, the fields of it that were.
        emptied: for each of those, the fields that hold nothing now and did before.
    """

    names: Names = field(default_factory=Names)
    ids: frozenset[str] = frozenset()
    fields: Mapping[str, frozenset[str]] = field(default_factory=dict)
    emptied: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Release:
    """What may leave.

    Attributes:
        snapshot: the record without what is above the ceiling.
        ceiling: the highest marking that may leave; None when everything may.
        marking: the highest marking of what is in it.
        omitted: how many records were left out, by kind and marking.
        fields: how many fields of the others were left out.
        named: texts that name what was left out.
        withheld: what history must not tell either.
    """

    snapshot: Snapshot
    ceiling: str | None
    marking: str
    omitted: Mapping[tuple[str, str], int]
    fields: int
    named: tuple[Named, ...]
    withheld: Withheld = field(default_factory=Withheld)

    @property
    def records(self) -> int:
        """How many records were left out."""
        return sum(self.omitted.values())

    def said(self) -> str:
        """Return in words what was left out; empty when nothing was."""
        if not self.records and not self.fields:
            return ""
        parts = [f"{self.records} record{'s' * (self.records != 1)}"] if self.records else []
        parts += [f"{self.fields} field{'s' * (self.fields != 1)}"] if self.fields else []
        return f"{' and '.join(parts)} marked above {self.ceiling} left out"


def release(snapshot: Snapshot, ceiling: str | None) -> Release:
    """Return what of a record may leave under a ceiling; all of it without one."""
    if ceiling is None:
        return Release(snapshot, None, highest(markings(snapshot.records.values())), {}, 0, ())
    limit = level(ceiling)
    kept: dict[str, Record] = {}
    hidden: dict[str, frozenset[str]] = {}
    for record in snapshot.records.values():
        if level(record.marking) <= limit:
            shorn, above = _without_fields(record, limit)
            if shorn is not None:
                kept[record.id] = shorn
                hidden[record.id] = above
    kept = _without_references(kept)
    gone = [record for id, record in snapshot.records.items() if id not in kept]
    omitted = Counter((kind_of(record).name, record.marking) for record in gone)
    withheld = _withheld(snapshot, kept, hidden, ceiling)
    left = put_together(
        snapshot.office,
        [(snapshot.files[id], record) for id, record in kept.items()],
        office_file=snapshot.office_file,
    )
    return Release(
        left,
        ceiling,
        highest(markings(kept.values())) if kept else min(ceiling, DEFAULT, key=level),
        dict(sorted(omitted.items())),
        sum(len(hidden[id]) for id in kept),
        (*_office_naming(snapshot, withheld.names), *_naming(kept.values(), withheld.names)),
        withheld,
    )


def markings(records: Iterable[Record]) -> Iterator[str]:
    """Yield the marking of each record and of each of its fields that has one of its own."""
    for record in records:
        yield record.marking
        yield from record.field_markings.values()


def released_entries(entries: Iterable[Entry], left: Release) -> Iterator[Entry]:
    """Yield of history only what may leave: records that may, in versions and fields that might have.

    Under a ceiling a commit's own words are left out: they can name anything.
    """
    if left.ceiling is None:
        return iter(entries)
    from nacoord.desk.releasedhistory import Past

    return Past(left.snapshot.records, left.withheld, left.ceiling).released(entries)


def never_above(entries: Iterable[Entry], left: Release, fields: Collection[str]) -> frozenset[str]:
    """Return the ids, old ones too, of records that were never above the ceiling, nor these fields."""
    now = {name: id for id, each in left.snapshot.records.items() for name in (id, *each.formerly)}
    above = {id for id, gone in left.withheld.fields.items() if not gone.isdisjoint(fields)}
    limit = level(left.ceiling) if left.ceiling else len(ORDER)
    for entry in entries:
        for change in entry.records:
            hidden = (each for name, each in change.hidden.items() if name in fields)
            if any(level(each) > limit for each in (change.marking, *hidden)):
                above.add(now.get(change.id, change.id))
    return frozenset(name for name, id in now.items() if id not in above)


def _without_fields(record: Record, limit: int) -> tuple[Record | None, frozenset[str]]:
    """Return a record without its fields above the limit, and which; None if it needs one."""
    above = frozenset(
        name for name, marking in record.field_markings.items() if level(marking) > limit
    )
    if not above:
        return record, above
    model = type(record)
    if not all(name in model.model_fields or name in record.extras for name in above):
        # A misspelled name means some field, and nobody can tell which.
        return None, above
    changed: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        if (info.alias or name) in above or name in above:
            if info.is_required():
                return None, above
            changed[name] = info.default
    changed |= _without_traces(record, record.model_copy(update=changed), above)
    # What is as it would be unsaid is not said: that there was something is above too.
    unsaid = [name for name, value in changed.items() if not value]
    return record.model_copy(update=changed, unsaid=unsaid), above


def _without_traces(record: Record, shorn: Record, above: frozenset[str]) -> dict[str, Any]:
    """Return what else is to change in a record that lost fields: that there are such is above too."""
    changed: dict[str, Any] = {
        "field_markings": {
            name: marking for name, marking in record.field_markings.items() if name not in above
        }
    }
    if not above.isdisjoint(shorn.extras):
        changed["extras"] = {key: own for key, own in shorn.extras.items() if key not in above}
    sources = tuple(left for each in shorn.sources if (left := _source(each, above)) is not None)
    if sources != shorn.sources:
        changed["sources"] = sources
    # A clearance is of a text, and holds its fingerprint.
    if isinstance(record, Action) and record.fingerprint() != cast("Action", shorn).fingerprint():
        changed["clearances"] = ()
    # Who must be told would read as not told.
    if "told" in above:
        changed["tell"] = ()
    return changed


def _source(source: Source, above: frozenset[str]) -> Source | None:
    """Return a source of what is left; None when it speaks of no such field, or gives a value."""
    covers = tuple(name for name in source.covers if name not in above)
    if len(covers) == len(source.covers):
        return source
    return None if source.says or not covers else source.model_copy(update={"covers": covers})


def _without_references(kept: dict[str, Record]) -> dict[str, Record]:
    """Return records without references to any that are not among them; what needs one goes too.

    A file that can't be read is not among them, nor is what is no record any more: they could have
    any marking.
    """
    waiting = {each.id for record in kept.values() for each in references(record)} - set(kept)
    while waiting:
        lost: set[str] = set()
        for id, record in list(kept.items()):
            shorn = _shorn(record, waiting)
            if shorn is None:
                del kept[id]
                lost.add(id)
            else:
                kept[id] = shorn
        waiting = lost
    return kept


def _shorn(model: Any, gone: set[str]) -> Any:
    """Return a model without ids that are gone; itself when it holds none; None if it needs one."""
    changed: dict[str, Any] = {}
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        if value is None or value == ():
            continue
        ids = kinds_of(info) is not None
        new = _shorn_value(value, gone, ids=ids)
        if new is value:
            continue
        if info.is_required() and new in (None, ()):
            return None
        changed[name] = info.default if new is None else new
    if not changed:
        return model
    # What is as it would be unsaid is not said: that there was something is told by the count alone.
    unsaid = {name for name, new in changed.items() if new in (None, ())}
    return model.model_copy(update=changed, unsaid=unsaid)


def _shorn_value(value: Any, gone: set[str], *, ids: bool) -> Any:
    if isinstance(value, tuple):
        new = [_shorn_value(item, gone, ids=ids) for item in value]
        if all(one is other for one, other in zip(new, value, strict=True)):
            return value
        return tuple(item for item in new if item is not None)
    if isinstance(value, Declared):
        return _shorn(value, gone)
    return None if ids and value in gone else value


def _may_be_said(record: Record, ceiling: str) -> bool:
    """Tell whether a record's title is known to all, whatever the record is: a treaty's name."""
    own = record.field_markings.get("title")
    return own is not None and level(own) <= level(ceiling)


def _withheld(
    snapshot: Snapshot,
    kept: Mapping[str, Record],
    hidden: Mapping[str, frozenset[str]],
    ceiling: str,
) -> Withheld:
    """Return what must not be told of; a file that can't be read has nothing but its id."""
    names = Names()
    gone = [record for id, record in snapshot.records.items() if id not in kept]
    for record in gone:
        title = "" if _may_be_said(record, ceiling) else record.title
        names.add(record.id, title=title, others=record.formerly)
        if title and isinstance(record, Agency):
            for alias in record.aliases:
                names.add(record.id, title=alias)
    for id in snapshot.broken:
        names.add(id)
    ids = {name for record in gone for name in (record.id, *record.formerly)}
    fields = {id: above for id, above in hidden.items() if id in kept and above}
    emptied = {id: _emptied(snapshot.records[id], record) for id, record in kept.items()}
    return Withheld(names, frozenset(ids | set(snapshot.broken)), fields, emptied)


def _emptied(record: Record, left: Record) -> frozenset[str]:
    """Return the fields that hold nothing any more."""
    if record is left:
        return frozenset()
    return frozenset(
        name
        for name in type(record).model_fields
        if getattr(left, name) in (None, ()) and getattr(record, name) not in (None, ())
    )


def findings_of(found: Iterable[Finding], left: Release) -> tuple[Finding, ...]:
    """Return the findings but for those that miss what only the ceiling took away."""
    emptied = left.withheld.emptied
    return tuple(
        each
        for each in found
        if _MISSED.get(each.rule, frozenset()).isdisjoint(emptied.get(each.about, ()))
    )


def _naming(kept: Iterable[Record], names: Names) -> Iterator[Named]:
    """Yield the texts of records that name one that is gone."""
    for record in kept:
        for place, text in texts_in(record, keys=True):
            for id, said in names.found(text):
                yield Named(record.id, place, id, said)


def _office_naming(snapshot: Snapshot, names: Names) -> Iterator[Named]:
    """Yield the words of the office that leave and name a record that is gone; but for its own."""
    office = snapshot.office
    told = {
        "name": office.name,
        "relationships": office.relationships,
        "themes": office.themes,
    }
    for place, text in texts_in(told, keys=True):
        for id, said in names.found(text):
            if id != office.own_agency or place != ("name",):
                yield Named("", place, id, said)


def names_in(left: Release, text: str) -> tuple[str, ...]:
    """Return the words by which a text names what was left out."""
    return tuple(said for _, said in left.withheld.names.found(text))
