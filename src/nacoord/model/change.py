"""Changes: what history says happened to the record."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Change(NamedTuple):
    """One commit that touched the record.

    Attributes:
        commit: its full id.
        on: the author's day, in the office's time zone.
        who: the author's name.
        subject: the first line of its message.
        records: the ids of the records it touched, sorted.
    """

    commit: str
    on: date
    who: str
    subject: str
    records: tuple[str, ...]
