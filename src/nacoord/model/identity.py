"""What tells the entries of a record's lists apart: a party is its agency, a milestone what it says.

Differences name an entry by it, `set` finds one by it, and merges match by it.
"""

from __future__ import annotations

from typing import Any

# By the key of the list in the file; a list that is not here holds single words, told apart by
# themselves.
IDENTITY: dict[str, tuple[str, ...]] = {
    "notes": ("on", "by", "text"),
    "sources": ("cite", "url"),
    "parties": ("agency",),
    "decisions": ("what",),
    "milestones": ("what",),
    "links": ("to", "kind"),
    "clocks": ("clock", "started"),
    "met": ("step",),
    "positions": ("issue",),
    "evidence": ("what",),
    "outcomes": ("what",),
    "tell": ("who",),
    "told": ("who", "on"),
    "clearances": ("who",),
    "signals": ("on", "what"),
    "steps": ("name",),
    "fixed": ("due",),
    "muted": ("rule",),
}

# What else tells entries apart that two people added: an agency has one position in an issue by each
# source.
APART: dict[str, tuple[str, ...]] = {"positions": ("since", "source")}


def identity(list_key: str, entry: Any) -> str:
    """Return what an entry of a list is known by, as text."""
    if not isinstance(entry, dict):
        return str(entry)
    keys = IDENTITY.get(list_key, ())
    named = [str(entry[key]) for key in keys if entry.get(key) is not None]
    # Whatever order its keys are written in, it is the same entry.
    return " ".join(named) if named else " ".join(str(entry[key]) for key in sorted(entry))


def same(one: Any, other: Any) -> bool:
    """Tell whether two values are the same in a file: 1, 1.0 and true are three values."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    # A number that is none (NaN) is the same as itself here.
    return type(one) is type(other) and (one == other or repr(one) == repr(other))
