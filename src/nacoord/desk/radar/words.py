"""Words that findings of the radar share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nacoord.model.when import When

_SHOWN = 6


def listed(ids: Iterable[str], most: int = _SHOWN) -> str:
    """Return ids in a row: `sre, texas and 3 more`."""
    known = list(ids)
    if len(known) <= most + 1:
        return ", ".join(known)
    return f"{', '.join(known[:most])} and {len(known) - most} more"


def days(count: int) -> str:
    """Return a number of days in words."""
    return f"{count} day{'s' * (count != 1)}"


def when_words(when: When) -> str:
    """Return a moment as its record has it, a window as two days."""
    return when.text.replace("/", " to ")


def ago(day: date, today: date) -> str:
    """Return how far back a day is: `31 days ago`."""
    return f"{days((today - day).days)} ago" if day < today else "today"
