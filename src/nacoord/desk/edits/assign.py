"""`set`: fields of one record or several, to a value, with one more or with one less."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from typing import Any

from nacoord.desk.edits.places import Place
from nacoord.desk.edits.places import find_place
from nacoord.desk.edits.typed import Reader
from nacoord.desk.lookup import find_record
from nacoord.model.edit import Drop
from nacoord.model.edit import Edit
from nacoord.model.edit import Put
from nacoord.model.edit import applied
from nacoord.model.edit import plain_value
from nacoord.model.errors import NacoordError
from nacoord.model.errors import UsageError
from nacoord.model.folding import fold
from nacoord.model.identity import identity
from nacoord.model.proposal import Proposal
from nacoord.model.proposal import Revise
from nacoord.model.snapshot import Snapshot

_ASSIGNMENT = re.compile(
    r"(?P<field>[A-Za-z_]\w*(?:[.-]\w+|\[[^\]]+\])*)\s*(?P<op>\+=|-=|=)(?P<value>.*)", re.DOTALL
)


class NoChangeError(NacoordError):
    """A change would change nothing."""


def is_assignment(word: str) -> bool:
    """Tell whether a typed word is FIELD=VALUE, FIELD+=VALUE or FIELD-=VALUE."""
    return _ASSIGNMENT.fullmatch(word) is not None


def assign(
    snapshot: Snapshot,
    values: Mapping[str, Any],
    words: Sequence[str],
    assignments: Sequence[str],
    today: date,
) -> Proposal:
    """Propose to set fields of records.

    Args:
        values: the value of each record's file, by id.
        words: which records.
        assignments: FIELD=VALUE (nothing after = unsets it), FIELD+=VALUE, FIELD-=VALUE.

    Raises:
        UsageError: when a record, field or value can't be understood.
        NoChangeError: when everything is as asked already.
    """
    reader = Reader(snapshot, today)
    steps = []
    for id in dict.fromkeys(find_record(snapshot, word).id for word in words):
        edits = edits_for(reader, type(snapshot.records[id]), values[id], assignments)
        if edits:
            steps.append(Revise(id, tuple(edits)))
    if not steps:
        raise NoChangeError("nothing to change: it is so already")
    return Proposal("set", tuple(steps), readings=tuple(dict.fromkeys(reader.readings)))


def edits_for(reader: Reader, model: Any, data: Any, assignments: Sequence[str]) -> list[Edit]:
    """Return the edits that assignments mean for a record with this value."""
    edits: list[Edit] = []
    for word in assignments:
        found = _ASSIGNMENT.fullmatch(word)
        if not found:
            raise UsageError(
                f'"{word}" is not FIELD=VALUE',
                hint="as health=red, tags+=urgent, parties-=texas or next_step.due=+2w",
            )
        place = find_place(model, found["field"], data)
        for edit in _edits(reader, place, found["op"], found["value"], _at(data, place)):
            data = applied(data, [edit])
            edits.append(edit)
    return edits


def _at(data: Any, place: Place) -> Any:
    for part in place.path:
        if isinstance(data, dict):
            data = data.get(str(part))
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            return None
    return data


def _edits(reader: Reader, place: Place, op: str, text: str, old: Any) -> list[Edit]:
    if op == "=":
        if not text.strip():
            return [Drop(place.path)] if old is not None else []
        value = reader.value(place, text)
        if place.shape == "list" and place.value_type == "text" and place.part is None:
            value = [word.strip() for word in text.split(",") if word.strip()]
        return [] if plain_value(value) == old else [Put(place.path, value)]
    if place.shape != "list":
        what = "several fields" if place.shape == "mapping" else "one value"
        raise UsageError(f'"{place.name}" holds {what}, no list', hint=f"use {place.name}=VALUE")
    entries = old if isinstance(old, list) else []
    if op == "+=":
        new = [item for item in reader.items(place, text) if plain_value(item) not in entries]
        return [Put((*place.path, len(entries) + n), item) for n, item in enumerate(new)]
    return [Drop((*place.path, index)) for index in _taken(reader, place, text, entries)]


def _taken(reader: Reader, place: Place, text: str, entries: list[Any]) -> list[int]:
    """Return the indices of the entries that a typed text names, the last one first."""
    words = [text] if place.part or place.value_type == "text" else text.split(",")
    found = set()
    for word in (each.strip() for each in words):
        wanted = fold(word)
        key = place.name.rsplit(".", 1)[-1]
        names = [fold(identity(key, entry)) for entry in entries]
        hits = [index for index, name in enumerate(names) if name == wanted]
        if not hits and place.part:
            hits = [index for index, name in enumerate(names) if name.startswith(wanted)]
        if not hits and place.kinds is not None:
            id = reader.items(place, word)[0]
            hits = [index for index, entry in enumerate(entries) if entry == id]
        if len(hits) != 1:
            listed = ", ".join(identity(key, entry) for entry in entries[:6]) or "none"
            why = f'"{word}" is not in {place.name}' if not hits else f'"{word}" could be several'
            raise UsageError(why, hint=f"its entries: {listed}")
        found.add(hits[0])
    return sorted(found, reverse=True)
