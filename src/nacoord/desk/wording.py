"""Changes in words, as commit subjects, history and diffs say them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nacoord.model.difference import FieldChange

_SHORT = 44
# How long a change may be that is told beside others too long to tell.
_TOLD = 32


def value_words(value: Any, limit: int = _SHORT) -> str:
    """Return a value in a few words."""
    if isinstance(value, dict):
        text = ", ".join(value_words(item, limit) for item in value.values())
    elif isinstance(value, list):
        text = ", ".join(value_words(item, limit) for item in value)
    elif isinstance(value, bool):
        text = "true" if value else "false"
    else:
        text = " ".join(str(value).split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def phrase(change: FieldChange, limit: int = _SHORT) -> str:
    """Return one field's change in words: `health amber → red`."""
    name = change.field or "record"
    if change.entry:
        if change.old is None:
            return f"{name} + {_entry(name, change.entry, change.new, limit)}"
        if change.new is None:
            return f"{name} − {_entry(name, change.entry, change.old, limit)}"
        name = f"{name} [{_cut(change.entry, 30)}]"
    if change.old is None:
        return f"{name} {value_words(change.new, limit)}"
    if change.new is None:
        return f"{name} {value_words(change.old, limit)} → none"
    if isinstance(change.old, list) and sorted(map(repr, change.old)) == sorted(
        map(repr, change.new)
    ):
        return f"{name} in another order"
    return f"{name} {value_words(change.old, limit)} → {value_words(change.new, limit)}"


def _entry(field: str, entry: str, value: Any, limit: int) -> str:
    if field == "notes" and isinstance(value, dict):
        return f"“{value_words(value.get('text', ''), limit)}”"
    name = _cut(entry, limit)
    if isinstance(value, dict):
        others = [item for item in value.values() if isinstance(item, str) and item not in entry]
        if others and len(name) < limit:
            return f"{name} ({value_words(others[0], 24)})"
    return name


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def sentence(changes: Sequence[FieldChange], limit: int = _SHORT) -> str:
    """Return changes of one record in a line, shorter the more there are."""
    if not changes:
        return "no field changed"
    said = [phrase(change, limit) for change in changes]
    whole = ", ".join(said)
    if len(whole) <= 100 or len(said) == 1:
        return whole
    names = list(dict.fromkeys(change.field for change in changes))
    if len(names) == 1:
        return f"{names[0]}: {len(said)} changes"
    # Short values are still told: that a health went from amber to red is what matters most.
    mixed = [
        each if len(each) <= _TOLD else change.field
        for each, change in zip(said, changes, strict=True)
    ]
    whole = ", ".join(dict.fromkeys(mixed))
    if len(whole) <= 100:
        return whole
    return (
        ", ".join(names) if len(names) <= 6 else f"{', '.join(names[:5])} and {len(names) - 5} more"
    )


def follow_words(count: int) -> str:
    """Return that so many records only followed a rename."""
    return f"{count} record{'s' if count > 1 else ''} that refer to it follow"
