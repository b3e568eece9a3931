"""What two pages have no room for is counted, never dropped in silence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from nacoord.desk.brief.answer import Brief
from nacoord.present.document.model import Note
from nacoord.present.document.model import line

T = TypeVar("T")


def cut(answer: Brief, items: Sequence[T], most: int, what: str) -> tuple[Sequence[T], list[Note]]:
    """Return the first of some items, and a note of how many more there are."""
    if answer.full or len(items) <= most:
        return items, []
    return items[:most], [Note(line(f"And {len(items) - most} more {what} (--full)."))]
