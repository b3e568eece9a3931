"""What of a record's history may leave under a ceiling.

History remembers what was written before somebody marked it, and records that are gone. So it is read
whole first, newest change first: from the version on that was above the ceiling, everything older of
that record or field is left out, and so is every change that holds the id of a record which does not
leave, or a text that names one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING
from typing import Any

from nacoord.desk.chronicle import Entry
from nacoord.desk.edits.outcome import RecordChange
from nacoord.model.difference import FieldChange
from nacoord.model.identity import IDENTITY
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.table import KINDS
from nacoord.model.marking import PATTERN
from nacoord.model.marking import UNKNOWN
from nacoord.model.marking import level
from nacoord.model.references import reference_keys

if TYPE_CHECKING:
    from nacoord.desk.release import Withheld


class Past:
    """A history in the making of which only what may leave is told."""

    def __init__(self, records: Mapping[str, Record], withheld: Withheld, ceiling: str) -> None:
        """Begin with what the present record says.

        Args:
            records: the records that leave.
            withheld: what must not be told of.
            ceiling: the highest marking that may leave.
        """
        self._limit = level(ceiling)
        self._names = withheld.names
        self._gone = set(withheld.ids)
        self._fields = {id: set(fields) for id, fields in withheld.fields.items()}
        # Each id a record that leaves has or had, with the id it has.
        self._now = {name: id for id, record in records.items() for name in (id, *record.formerly)}

    def released(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Yield what may leave of entries, newest first; without a commit's own words."""
        whole = list(entries)
        for entry in whole:
            for change in entry.records:
                self._remember_gone(change)
        raised: set[str] = set()
        for entry in whole:
            told = [each for each in entry.records if self._passes(each, raised)]
            records = tuple(
                shorn for each in told if (shorn := self._without_fields(each)) is not None
            )
            if records:
                # An author may be a person of the record.
                who = "" if self._names.is_one(entry.who) else entry.who
                yield replace(entry, who=who, subject="", why="", records=records)

    def _remember_gone(self, change: RecordChange) -> None:
        """Take note of a record that history knows and that does not leave."""
        if change.id not in self._now and "." not in change.id:
            self._gone.add(change.id)
            self._names.add(change.id, title=change.title)

    def _passes(self, change: RecordChange, raised: set[str]) -> bool:
        """Tell whether a change is of a record that leaves, and newer than any version above."""
        id = self._now.get(change.id)
        if id is None:
            return False
        if level(change.marking) > self._limit:
            raised.add(id)
        hidden = {name for name, each in change.hidden.items() if level(each) > self._limit}
        if hidden:
            self._fields.setdefault(id, set()).update(hidden)
            if not all(name in _fields(change.kind) or name.startswith("x-") for name in hidden):
                # A misspelled name meant some field, and nobody can tell which.
                raised.add(id)
        return id not in raised

    def _without_fields(self, change: RecordChange) -> RecordChange | None:
        hidden = _with_traces(self._fields.get(self._now[change.id], set()))
        fields = tuple(
            each
            for each in change.fields
            if each.field.split(".")[0] not in hidden
            and not self._marks_above(each)
            and not self._names_gone(change.kind, each)
        )
        if change.fields and not fields:
            return None
        secret = "title" in hidden or any(self._names.found(change.title))
        was = change.was if change.was in self._now else None
        return replace(
            change,
            fields=fields,
            title="" if secret else change.title,
            was=was,
            hidden={name: each for name, each in change.hidden.items() if name not in hidden},
        )

    def _marks_above(self, change: FieldChange) -> bool:
        """Tell whether a change says that a field is or was marked above the ceiling."""
        if change.field.split(".")[0] != "field_markings":
            return False
        return any(
            self._above(marking)
            for value in (change.old, change.new)
            for marking in (value.values() if isinstance(value, dict) else (value,))
            if marking is not None
        )

    def _above(self, marking: Any) -> bool:
        known = isinstance(marking, str) and re.fullmatch(PATTERN, marking)
        return level(marking if known else UNKNOWN) > self._limit

    def _names_gone(self, kind: str, change: FieldChange) -> bool:
        """Tell whether a change names a record that does not leave: by an id, or in words."""
        return (
            not all(self._text_leaves(part) for part in change.field.split("."))
            or not self._entry_leaves(kind, change)
            or not self._leaves(kind, change.field, change.old)
            or not self._leaves(kind, change.field, change.new)
        )

    def _entry_leaves(self, kind: str, change: FieldChange) -> bool:
        if not change.entry:
            return True
        words = re.split(r"[\s/]+", change.entry)
        if not self._gone.isdisjoint(words) or any(self._names.found(change.entry)):
            return False
        # Of a list that is told apart by ids, the entry's first word is one.
        parts = change.field.split(".")
        lists = [
            name
            for name in (
                (*parts[:at], IDENTITY.get(parts[at - 1], ("",))[0])
                for at in range(1, len(parts) + 1)
            )
            if ".".join(name) in _references(kind)
        ]
        return not lists or words[0] in self._now

    def _leaves(self, kind: str, field: str, value: Any) -> bool:
        """Tell whether a value holds no id and no words of what does not leave."""
        if isinstance(value, dict):
            return all(
                self._text_leaves(str(key)) and self._leaves(kind, f"{field}.{key}", item)
                for key, item in value.items()
            )
        if isinstance(value, list):
            return all(self._leaves(kind, field, item) for item in value)
        if field in _references(kind):
            return value is None or str(value) in self._now
        return self._text_leaves(str(value))

    def _text_leaves(self, text: str) -> bool:
        return text not in self._gone and not any(self._names.found(text))


def _with_traces(hidden: set[str]) -> set[str]:
    """Return hidden fields and those that tell of them: what they cover, and which text was cleared."""
    told = set(hidden)
    if hidden:
        told.add("sources")
    if "told" in hidden:
        told.add("tell")
    if not hidden.isdisjoint(("text", "summary")):
        told.add("clearances")
    return told


@cache
def _fields(kind: str) -> frozenset[str]:
    """Return the names of a kind's fields, as a file has them."""
    model = KINDS[kind].model if kind in KINDS else Record
    return frozenset(info.alias or name for name, info in model.model_fields.items())


@cache
def _references(kind: str) -> frozenset[str]:
    """Return the dotted names of a kind's fields that hold ids."""
    return frozenset(reference_keys(KINDS[kind].model)) if kind in KINDS else frozenset()
