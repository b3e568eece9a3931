"""Edits of a record's value, as values themselves: what is to be different, and nothing else.

A question of the desk yields edits; the record layer makes them in the file's text, touching only
the bytes of what changes, and compares the outcome with `applied`.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from nacoord.model.errors import NacoordError
from nacoord.model.fault import Path
from nacoord.model.fault import dotted
from nacoord.model.when import When


class EditError(NacoordError):
    """An edit has no place in the value it is meant for."""


@dataclass(frozen=True, slots=True)
class Put:
    """Set the value at a path, making the mappings on the way; an index equal to the length appends."""

    path: Path
    value: Any


@dataclass(frozen=True, slots=True)
class Insert:
    """Put a new entry into a list, before the one that is at this index now."""

    path: Path
    value: Any


@dataclass(frozen=True, slots=True)
class Drop:
    """Remove a key or an entry; what is left empty by that goes with it."""

    path: Path


Edit = Put | Insert | Drop


def plain_value(value: Any) -> Any:
    """Return a value as it reads back: days and moments become their text."""
    if isinstance(value, When):
        return value.text
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: plain_value(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_value(item) for item in value]
    return value


def applied(data: Any, edits: Sequence[Edit]) -> Any:
    """Return the value that edits lead to, one after the other; the given one stays as it is.

    Raises:
        EditError: when an edit names no place.
    """
    result = deepcopy(data)
    for edit in edits:
        _apply(result, normal(result, edit))
    return result


def normal(data: Any, edit: Edit) -> Edit:
    """Return an edit in the form that needs no thought: its parent exists, nothing is left empty.

    Raises:
        EditError: when it names no place.
    """
    if not edit.path:
        raise EditError("the whole record can't be replaced by an edit")
    if isinstance(edit, Drop):
        return _whole_drop(data, edit)
    path, value = edit.path, edit.value
    parents = _parents(data, path)
    while len(parents) < len(path) or parents[-1] is None:
        # The nearest thing that exists gets the missing ones with the value inside.
        last = path[-1]
        if isinstance(last, int) and last != 0:
            raise _nowhere(path)
        value = [value] if isinstance(last, int) else {last: value}
        path = path[:-1]
        parents = parents[: len(path)]
        if not path:
            raise _nowhere(edit.path)
        edit = Put(path, value)
    parent, last = parents[-1], path[-1]
    if isinstance(parent, list) and isinstance(last, int) and 0 <= last <= len(parent):
        is_new = last == len(parent)
        return Insert(path, value) if isinstance(edit, Insert) or is_new else Put(path, value)
    if isinstance(parent, dict) and isinstance(last, str) and not isinstance(edit, Insert):
        return Put(path, value)
    raise _nowhere(path)


def _parents(data: Any, path: Path) -> list[Any]:
    """Return what each part of a path is looked up in, as far as it leads."""
    here: Any = data
    found: list[Any] = [data]
    for part in path[:-1]:
        if not _holds(here, part):
            break
        here = here[part]
        found.append(here)
    return found


def _whole_drop(data: Any, edit: Drop) -> Drop:
    path = edit.path
    parents = _parents(data, path)
    if len(parents) < len(path) or not _holds(parents[-1], path[-1]):
        raise _nowhere(path)
    while len(path) > 1 and len(parents[len(path) - 1]) == 1:
        path = path[:-1]
    if len(path) == 1 and len(data) == 1:
        raise EditError("that would leave the record empty")
    return Drop(path)


def _holds(parent: Any, part: str | int) -> bool:
    if isinstance(parent, dict):
        return part in parent
    return isinstance(parent, list) and isinstance(part, int) and 0 <= part < len(parent)


def _nowhere(path: Path) -> EditError:
    return EditError(f"{dotted(path)} is nowhere in the record")


def _apply(data: Any, edit: Edit) -> None:
    parent: Any = _parents(data, edit.path)[-1]
    last: Any = edit.path[-1]
    if isinstance(edit, Drop):
        del parent[last]
    elif isinstance(edit, Insert):
        parent.insert(last, deepcopy(edit.value))
    else:
        parent[last] = deepcopy(edit.value)


def edits_between(old: Any, new: Any, at: Path = ()) -> list[Edit]:
    """Return edits that lead from one value to another, as small as its parts allow.

    Only a mapping can be gone into at the top; empty mappings and lists count as absent.
    """
    if old == new:
        return []
    if isinstance(old, dict) and isinstance(new, dict) and old and new:
        return _between_mappings(old, new, at)
    if isinstance(old, list) and isinstance(new, list) and old and new:
        return _between_lists(old, new, at)
    if new is None or new in ({}, []):
        return [Drop(at)]
    return [Put(at, new)]


def _between_mappings(old: dict[str, Any], new: dict[str, Any], at: Path) -> list[Edit]:
    edits: list[Edit] = []
    # What is added comes first: a mapping must never stand empty in between.
    for key, value in new.items():
        if key not in old:
            if value not in ({}, []):
                edits.append(Put((*at, key), value))
        else:
            edits += edits_between(old[key], value, (*at, key))
    return edits + [Drop((*at, key)) for key in old if key not in new]


def _between_lists(old: list[Any], new: list[Any], at: Path) -> list[Edit]:
    keys = [[repr(item) for item in side] for side in (old, new)]
    edits: list[Edit] = []
    # From the end, so that the indices before stay what they are.
    for op, i1, i2, j1, j2 in reversed(
        SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes()
    ):
        if op == "equal":
            continue
        shared = min(i2 - i1, j2 - j1)
        for offset, value in enumerate(new[j1 + shared : j2]):
            edits.append(Insert((*at, i1 + shared + offset), value))
        edits += [Drop((*at, index)) for index in reversed(range(i1 + shared, i2))]
        for offset in range(shared):
            edits += edits_between(old[i1 + offset], new[j1 + offset], (*at, i1 + offset))
    return edits
