"""What may leave under a ceiling: a Snapshot without what is marked above it, and what was left out.

Whoever makes something that leaves the office asks its questions of the released Snapshot, so that
nothing above the ceiling can be in the answer. A record above the ceiling goes, with every reference to
it; a field above it goes, and with it the record that cannot be without that field. A field never has a
lower marking than its record. Where a text that may leave names a record that may not, by its title or its
id, that is said, for a person to decide: nothing is guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from nacoord.desk.chronicle import Entry
from nacoord.desk.edits.outcome import RecordChange
from nacoord.desk.naming import Gone
from nacoord.desk.naming import Named
from nacoord.desk.naming import naming
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.table import kind_of
from nacoord.model.marking import DEFAULT
from nacoord.model.marking import highest
from nacoord.model.marking import level
from nacoord.model.references import kinds_of
from nacoord.model.snapshot import Snapshot
from nacoord.model.snapshot import snapshot as put_together


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
    """

    snapshot: Snapshot
    ceiling: str | None
    marking: str
    omitted: Mapping[tuple[str, str], int]
    fields: int
    named: tuple[Named, ...]

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
    fields = 0
    for record in snapshot.records.values():
        if level(record.marking) <= limit:
            shorn, count = _without_fields(record, limit)
            if shorn is not None:
                kept[record.id] = shorn
                fields += count
    kept = _without_references(kept, set(snapshot.records) - set(kept))
    gone = {id: record for id, record in snapshot.records.items() if id not in kept}
    omitted = Counter((kind_of(record).name, record.marking) for record in gone.values())
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
        fields,
        tuple(naming(kept.values(), gone)),
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
        yield from entries
        return
    limit = level(left.ceiling)
    for entry in entries:
        records = tuple(
            shorn for each in entry.records if (shorn := _released_change(each, left, limit))
        )
        if records:
            yield replace(entry, subject="", why="", records=records)


def _released_change(change: RecordChange, left: Release, limit: int) -> RecordChange | None:
    if change.id not in left.snapshot.records or level(change.marking) > limit:
        return None
    hidden = {name for name, marking in change.hidden.items() if level(marking) > limit}
    fields = tuple(each for each in change.fields if each.field.split(".")[0] not in hidden)
    if change.fields and not fields:
        return None
    title = "" if "title" in hidden else change.title
    return replace(change, fields=fields, title=title)


def _without_fields(record: Record, limit: int) -> tuple[Record | None, int]:
    """Return a record without its fields above the limit, and how many; None if it needs one."""
    above = {name for name, marking in record.field_markings.items() if level(marking) > limit}
    if not above:
        return record, 0
    changed: dict[str, Any] = {}
    for name, info in type(record).model_fields.items():
        if (info.alias or name) in above or name in above:
            if info.is_required():
                return None, 0
            changed[name] = info.get_default(call_default_factory=True)
    # That there is such a field is itself above the ceiling.
    changed["field_markings"] = {
        name: marking for name, marking in record.field_markings.items() if name not in above
    }
    shorn = record.model_copy(update=changed)
    shorn.model_fields_set.difference_update(changed.keys() - {"field_markings"})
    if not changed["field_markings"]:
        shorn.model_fields_set.discard("field_markings")
    return shorn, len(above)


def _without_references(kept: dict[str, Record], gone: set[str]) -> dict[str, Record]:
    """Return records without references to what is gone; what can't be without them goes too."""
    waiting = set(gone)
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
        changed[name] = info.get_default(call_default_factory=True) if new is None else new
    return model.model_copy(update=changed) if changed else model


def _shorn_value(value: Any, gone: set[str], *, ids: bool) -> Any:
    if isinstance(value, tuple):
        new = [_shorn_value(item, gone, ids=ids) for item in value]
        if all(one is other for one, other in zip(new, value, strict=True)):
            return value
        return tuple(item for item in new if item is not None)
    if isinstance(value, BaseModel):
        return _shorn(value, gone)
    return None if ids and value in gone else value


def names_in(snapshot: Snapshot, left: Release, text: str) -> tuple[str, ...]:
    """Return the words by which a text names records of a Snapshot that were left out of it."""
    kept = left.snapshot.records
    gone = {id: record for id, record in snapshot.records.items() if id not in kept}
    return tuple(said for _, said in Gone(gone).named(text))
