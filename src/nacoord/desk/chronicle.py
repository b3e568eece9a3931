"""History in words: what each commit did to each record, and who last set each line."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from typing import Any

from nacoord.desk.edits.outcome import RecordChange
from nacoord.desk.edits.outcome import id_of
from nacoord.desk.edits.outcome import record_changes
from nacoord.model.difference import FieldChange
from nacoord.model.difference import difference


@dataclass(frozen=True, slots=True)
class Entry:
    """One commit, in words.

    Attributes:
        commit: its full id.
        on: its day.
        who: the author's name.
        subject: the first line of its message.
        why: the reason given; empty when there is none.
        action: the verb it was made with; empty when it was made without nacoord.
        merge: True when it is a merge, which shows only what it decided itself.
        records: what happened to each record.
    """

    commit: str
    on: date
    who: str
    subject: str
    why: str
    action: str
    merge: bool
    records: tuple[RecordChange, ...]


@dataclass(frozen=True, slots=True)
class BlamedLine:
    """A line of a record's file, and the commit that last set it; None when not committed yet."""

    number: int
    text: str
    entry: Entry | None


def told(
    pairs: Mapping[str, tuple[tuple[Any, ...], Any]], renamed: Mapping[str, str]
) -> tuple[RecordChange, ...]:
    """Return what a commit did to each record.

    Args:
        pairs: for each file its values in the parents, and its value after.
        renamed: new ids by old ones.
    """
    first = {path: (olds[0], new) for path, (olds, new) in pairs.items()}
    by_id = {id_of(path): pair for path, pair in pairs.items()}
    found = []
    for change in record_changes(first, renamed):
        olds, new = by_id[change.id]
        if len(olds) > 1 and change.what == "changed":
            # Of a merge, what differs from every parent is its own doing.
            others = [{_key(each) for each in difference(old, new)} for old in olds[1:]]
            own = [each for each in change.fields if all(_key(each) in side for side in others)]
            # What both sides changed, and the merge only put together, is told of their commits.
            if own:
                found.append(replace(change, fields=tuple(own)))
        else:
            found.append(change)
    return tuple(found)


def _key(change: FieldChange) -> tuple[str, str, str]:
    return (change.field, change.entry, repr(change.new))


def narrowed(
    entries: Iterable[Entry], ids: frozenset[str] | None, field: str | None
) -> Iterable[Entry]:
    """Yield entries with only the records and the field asked for, leaving out what is then empty.

    Args:
        ids: the records; None for all.
        field: a dotted name; what is inside it counts too.
    """
    for entry in entries:
        records: Sequence[RecordChange] = [
            each
            for each in entry.records
            if ids is None or each.id in ids or (each.was is not None and each.was in ids)
        ]
        if field:
            records = [
                replace(each, fields=kept)
                for each in records
                if (kept := tuple(one for one in each.fields if _inside(one.field, field)))
            ]
        if records:
            yield replace(entry, records=tuple(records))


def _inside(name: str, field: str) -> bool:
    return name == field or name.startswith(f"{field}.") or field.startswith(f"{name}.")
