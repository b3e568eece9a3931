"""What differs between two values of a record, field by field, as history and diffs tell it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nacoord.model.identity import identity


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a record, before and after.

    Attributes:
        field: its dotted name, as `next_step.due` or `milestones.done`.
        entry: what the entry of a list is known by; empty outside of lists.
        old: its value before; None when it was not set.
        new: its value after; None when it is not set any more.
    """

    field: str
    entry: str
    old: Any
    new: Any


def difference(old: Any, new: Any) -> list[FieldChange]:
    """Return what differs between two values of a record, in the order of the later one.

    None stands for a record that is not there; it is told whole, not field by field.
    """
    if not isinstance(old, dict) or not isinstance(new, dict):
        return [] if old == new else [FieldChange("", "", old, new)]
    return list(_mappings(old, new, "", ""))


def _mappings(
    old: dict[str, Any], new: dict[str, Any], at: str, entry: str
) -> Iterator[FieldChange]:
    for key in (*new, *(key for key in old if key not in new)):
        field = f"{at}.{key}" if at else key
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        if _mapping(before) and _mapping(after):
            yield from _mappings(before or {}, after or {}, field, entry)
        elif _list(before) and _list(after):
            yield from _lists(before or [], after or [], field, key, entry)
        else:
            yield FieldChange(field, entry, before, after)


def _mapping(value: Any) -> bool:
    return value is None or isinstance(value, dict)


def _list(value: Any) -> bool:
    return value is None or isinstance(value, list)


def _lists(
    old: list[Any], new: list[Any], field: str, key: str, entry: str
) -> Iterator[FieldChange]:
    before, after = _numbered(old, key), _numbered(new, key)
    changed = False
    for name, item in after.items():
        shown = f"{entry} / {name[0]}" if entry else name[0]
        if name not in before:
            changed = True
            yield FieldChange(field, shown, None, item)
        elif before[name] != item:
            changed = True
            if isinstance(before[name], dict) and isinstance(item, dict):
                yield from _mappings(before[name], item, field, shown)
            else:
                yield FieldChange(field, shown, before[name], item)
    for name, item in before.items():
        if name not in after:
            changed = True
            yield FieldChange(field, f"{entry} / {name[0]}" if entry else name[0], item, None)
    if not changed:
        yield FieldChange(field, entry, old, new)


def _numbered(items: list[Any], key: str) -> dict[tuple[str, int], Any]:
    """Return entries by what they are known by; the number tells equal ones apart."""
    found: dict[tuple[str, int], Any] = {}
    for item in items:
        name = identity(key, item)
        number = 0
        while (name, number) in found:
            number += 1
        found[name, number] = item
    return found
