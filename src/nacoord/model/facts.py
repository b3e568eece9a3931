"""What history says of a record beside what the record says itself, as values handed to questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Move:
    """A field of a record that history saw change.

    Attributes:
        record: the record's present id.
        field: the field's dotted name, as `milestones.due`.
        entry: what the entry of a list is known by; empty outside of lists.
        old: its value before; None when it was not set.
        new: its value after; None when it was no longer set.
        on: the day it was committed.
        commit: the commit.
    """

    record: str
    field: str
    entry: str
    old: Any
    new: Any
    on: date
    commit: str


@dataclass(frozen=True)
class Facts:
    """What history says up to a day.

    Attributes:
        began: the day of the first commit; None where there is no history.
        touched: for each record the newest day on which it changed.
        moves: changes of the fields that rules ask about, oldest first.
        uncommitted: the ids of records whose files differ from the newest commit.
    """

    began: date | None = None
    touched: Mapping[str, date] = field(default_factory=lambda: MappingProxyType({}))
    moves: tuple[Move, ...] = ()
    uncommitted: tuple[str, ...] = ()


NO_FACTS = Facts()
