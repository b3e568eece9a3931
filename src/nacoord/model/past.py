"""What a commit did to one record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Past:
    """A record before and after a commit; None where it was not there.

    Attributes:
        id: its id.
        kind: its kind.
        old: its file before.
        new: its file after.
        old_value: what the file before said.
        new_value: what the file after said.
    """

    id: str
    kind: str
    old: bytes | None
    new: bytes | None
    old_value: Any
    new_value: Any
