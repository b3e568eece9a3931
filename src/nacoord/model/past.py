"""What a commit did to one record, or to one file that is kept with the records."""

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


@dataclass(frozen=True, slots=True)
class KeptPast:
    """A file that is no record, as a saved brief, before and after a commit, and now.

    Attributes:
        path: where, relative to the record's folder.
        old: its bytes before; None where it was not there.
        new: its bytes after.
        now: its bytes as it stands.
    """

    path: str
    old: bytes | None
    new: bytes | None
    now: bytes | None
