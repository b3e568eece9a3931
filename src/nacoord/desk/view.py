"""One record whole: what it says, and what in the rest of the record refers to it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from nacoord.model.fault import dotted
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.table import kind_of
from nacoord.model.references import ids_held
from nacoord.model.references import references
from nacoord.model.snapshot import Snapshot


class Referrer(NamedTuple):
    """A record that names the one shown, and the field in which it does."""

    id: str
    kind: str
    title: str
    field: str


class View(NamedTuple):
    """The answer of `nacoord show`."""

    record: Record
    kind: str
    file: str
    today: date
    referrers: tuple[Referrer, ...]


def all_referrers(snapshot: Snapshot) -> dict[str, tuple[Referrer, ...]]:
    """Return who refers to each record, by kind and id, in one walk."""
    found: dict[str, list[Referrer]] = {}
    for other in snapshot.records.values():
        fields: dict[str, list[str]] = {}
        for ref in references(other):
            if ref.id != other.id:
                fields.setdefault(ref.id, []).append(_plain(dotted(ref.field)))
        kind = kind_of(other).name
        for id, named in fields.items():
            shown = ", ".join(dict.fromkeys(named))
            found.setdefault(id, []).append(Referrer(other.id, kind, other.title, shown))
    return {
        id: tuple(sorted(each, key=lambda referrer: (referrer.kind, referrer.id)))
        for id, each in found.items()
    }


def view(snapshot: Snapshot, today: date, record: Record) -> View:
    """Show a record and who refers to it, by kind and id."""
    found = []
    for other in snapshot.records.naming(record.id):
        if other.id == record.id or record.id not in ids_held(other):
            continue
        here = [_plain(dotted(ref.field)) for ref in references(other) if ref.id == record.id]
        shown = ", ".join(dict.fromkeys(here))
        found.append(Referrer(other.id, kind_of(other).name, other.title, shown))
    found.sort(key=lambda referrer: (referrer.kind, referrer.id))
    return View(record, kind_of(record).name, snapshot.files[record.id], today, tuple(found))


def _plain(field: str) -> str:
    """Drop the numbers of list entries: `parties[3].agency` says no more than `parties.agency`."""
    out, inside = "", False
    for char in field:
        inside = char == "[" or (inside and char != "]")
        if not inside and char != "]":
            out += char
    return out
