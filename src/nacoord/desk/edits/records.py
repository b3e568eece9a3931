"""`new`, `rename` and `remove`: records that come, change their id, and go."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from typing import Any

from nacoord.desk.edits.assign import edits_for
from nacoord.desk.edits.typed import Reader
from nacoord.desk.lookup import UnreadableError
from nacoord.desk.lookup import find_record
from nacoord.model.edit import Edit
from nacoord.model.edit import Put
from nacoord.model.edit import applied
from nacoord.model.errors import UsageError
from nacoord.model.folding import fold
from nacoord.model.kinds.base import ID
from nacoord.model.kinds.table import Kind
from nacoord.model.proposal import Create
from nacoord.model.proposal import Proposal
from nacoord.model.proposal import Remove
from nacoord.model.proposal import Rename
from nacoord.model.proposal import Revise
from nacoord.model.proposal import Step
from nacoord.model.references import references
from nacoord.model.snapshot import Snapshot

# What a new record is unless it says otherwise.
_BEGINS: dict[str, dict[str, Any]] = {
    "issue": {"status": "proposed", "health": "green"},
    "commitment": {"status": "open"},
}


def begins(kind: str) -> dict[str, Any]:
    """Return what a new record of a kind is unless it says otherwise."""
    return dict(_BEGINS.get(kind, {}))


def new(
    snapshot: Snapshot,
    kind: Kind,
    id: str | None,
    assignments: Sequence[str],
    given: Mapping[str, Any],
    today: date,
) -> Proposal:
    """Propose a new record.

    Args:
        id: its id; made from the title when None.
        assignments: FIELD=VALUE, as `set` takes them.
        given: what else it holds, as a file has it.

    Raises:
        UsageError: when a field or value can't be understood, or the id is none or is taken.
    """
    reader = Reader(snapshot, today)
    data: Any = {**begins(kind.name), **given}
    data = applied(data, edits_for(reader, kind.model, data, assignments))
    if id is None:
        title = data.get("title")
        if not isinstance(title, str) or not title.strip():
            raise UsageError(
                f"a new {kind.name} needs an id or a title",
                hint=f'nacoord new {kind.name} title="What it is called"',
            )
        id = slug(title)
    refuse_id(snapshot, id)
    subject = f"{id}: new {kind.name} “{data.get('title', '')}”"
    step = Create(id, kind.name, data)
    return Proposal("new", (step,), subject, tuple(dict.fromkeys(reader.readings)))


def slug(title: str) -> str:
    """Return an id made of a title: its words without accents, cut at a word."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")
    if len(words) > 48:
        words = words[:48].rsplit("-", 1)[0]
    return words


def refuse_id(snapshot: Snapshot, id: str) -> None:
    """Refuse what is no id, and one that is or was another record's.

    Raises:
        UsageError: saying which.
    """
    if not ID.fullmatch(id):
        raise UsageError(
            f'"{id}" is not an id',
            hint="small letters, digits and hyphens, at most 63, beginning with a letter or digit",
        )
    if id in snapshot.records or id in snapshot.broken:
        raise UsageError(f'the id "{id}" is taken', hint=f"see: nacoord show {id}")
    for record in snapshot.records.values():
        if id in record.formerly:
            raise UsageError(
                f'"{id}" was the id of {record.id}, whose history goes by it', hint="choose another"
            )


def rename(snapshot: Snapshot, old: str, new: str) -> Proposal:
    """Propose another id for a record; every reference to it follows.

    Raises:
        UsageError: when there is no such record, or the new id is none or is taken.
        UnreadableError: when a file can't be read.
    """
    record = find_record(snapshot, old)
    _refuse_unread(snapshot, record.id)
    if new not in record.formerly:
        refuse_id(snapshot, new)
    steps: list[Step] = []
    for other in snapshot.records.values():
        edits: list[Edit] = [
            Put(found.field, new) for found in references(other) if found.id == record.id
        ]
        if other is record:
            former = [name for name in record.formerly if name != new]
            edits.append(Put(("formerly",), [*former, record.id]))
        if edits:
            steps.append(Revise(other.id, tuple(edits)))
    steps.append(Rename(record.id, new))
    return Proposal("rename", tuple(steps), f"{record.id}: renamed {new}")


def _refuse_unread(snapshot: Snapshot, id: str) -> None:
    """Refuse while a file can't be read: what it says of the record would be left behind."""
    if not snapshot.whole:
        broken = ", ".join(snapshot.broken) or "some file"
        raise UnreadableError(
            f"can't tell what refers to {id}: {broken} can't be read",
            hint="see why with: nacoord check",
        )


def remove(snapshot: Snapshot, word: str) -> Proposal:
    """Propose that a record goes; history keeps it.

    Raises:
        UsageError: when there is no such record, or others refer to it.
        UnreadableError: when a file can't be read.
    """
    record = find_record(snapshot, word)
    _refuse_unread(snapshot, record.id)
    by = [
        other.id
        for other in snapshot.records.values()
        if other is not record and any(found.id == record.id for found in references(other))
    ]
    if by:
        shown = ", ".join(by[:5]) + (f" and {len(by) - 5} more" if len(by) > 5 else "")
        raise UsageError(
            f"{shown} {'refer' if len(by) > 1 else 'refers'} to {record.id}",
            hint=f"change that first; or end it instead: nacoord close {record.id}",
        )
    return Proposal("remove", (Remove(record.id),), f"{record.id}: removed “{record.title}”")
