"""What tells the entries of a record's lists apart: a party is its agency, a milestone what it says.

Differences name an entry by it, `set` finds one by it, and merges will match by it.
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


def identity(list_key: str, entry: Any) -> str:
    """Return what an entry of a list is known by, as text."""
    if not isinstance(entry, dict):
        return str(entry)
    keys = IDENTITY.get(list_key, ())
    named = [str(entry[key]) for key in keys if entry.get(key) is not None]
    return " ".join(named) if named else " ".join(str(value) for value in entry.values())
