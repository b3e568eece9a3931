"""A proposal: what a change would do to the record, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nacoord.model.edit import Edit


@dataclass(frozen=True, slots=True)
class Create:
    """A new record; `data` is its value, as its file will hold it."""

    id: str
    kind: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Revise:
    """Edits of one record."""

    id: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A record's whole new text, as a person left it in an editor."""

    id: str
    kind: str
    text: bytes


@dataclass(frozen=True, slots=True)
class Remove:
    """A record that goes; history keeps it."""

    id: str


@dataclass(frozen=True, slots=True)
class Rename:
    """A record's new id."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Keep:
    """A file that is kept with the records and is none, as a saved brief.

    Attributes:
        path: where, relative to the record's folder.
        text: all of it; None for one that goes.
    """

    path: str
    text: bytes | None


Step = Create | Revise | Rewrite | Remove | Rename | Keep


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a change would do.

    Attributes:
        action: the verb that people typed, as `set`.
        steps: what it does, in order.
        subject: what it says, like speech; empty to have it told from the fields that differ.
        readings: how words that were not exact were read.
    """

    action: str
    steps: tuple[Step, ...]
    subject: str = ""
    readings: tuple[str, ...] = ()
