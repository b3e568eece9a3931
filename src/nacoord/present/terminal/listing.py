"""Lists: one line a record in a pipe, which needs no layout; for a person, a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from nacoord.desk.listing import Listing
from nacoord.model.snapshot import Snapshot
from nacoord.model.when import When
from nacoord.present.plain import one_line
from nacoord.present.terminal.console import Style


def render(answer: Listing, snapshot: Snapshot, style: Style) -> str:
    """Return the list as text."""
    if not style.terminal:
        return _piped(answer)
    # rich is only imported for a person.
    from nacoord.present.terminal.listing_table import table

    return table(answer, style)


def _piped(answer: Listing) -> str:
    """Return one line a record, values apart by tabs, nothing cut, as gh does."""
    return "".join("\t".join(one_line(content(cell)) for cell in row) + "\n" for row in answer.rows)


def content(values: Sequence[Any]) -> str:
    """Return what a cell holds as text: no value, one or several."""
    if len(values) == 1:
        return shown(values[0])
    return ", ".join(map(shown, values))


def shown(value: Any) -> str:
    """Return a value as text: dates as ISO, so that they sort and can be typed back."""
    if isinstance(value, str):
        return value
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, When):
        return value.text
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)
