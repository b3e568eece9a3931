"""Format 0 to 1: the record names its format, and a clock names countries as the calendars do."""

from __future__ import annotations

from typing import Any

from nacoord.model.edit import Edit
from nacoord.model.edit import Put

_COUNTRIES = ("US", "MX", "CA")


def edits(path: str, value: Any) -> list[Edit]:
    """Return what a file is to have differently; of what it can't tell, nothing.

    In format 0 the `holidays` of a clock's step were any text, as `us`, and counted for nothing.
    """
    steps = value.get("steps") if path.startswith("clocks/") else None
    found: list[Edit] = []
    for number, step in enumerate(steps if isinstance(steps, list) else ()):
        named = step.get("holidays") if isinstance(step, dict) else None
        for place, country in enumerate(named if isinstance(named, list) else ()):
            code = country.strip().upper() if isinstance(country, str) else ""
            if code in _COUNTRIES and code != country:
                found.append(Put(("steps", number, "holidays", place), code))
    return found
