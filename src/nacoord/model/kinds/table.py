"""The table of kinds: adding a kind is one file beside this one and one row here."""

from __future__ import annotations

from typing import NamedTuple

from nacoord.model.kinds.action import Action
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.clock import Clock
from nacoord.model.kinds.commitment import Commitment
from nacoord.model.kinds.engagement import Engagement
from nacoord.model.kinds.issue import Issue
from nacoord.model.kinds.person import Person


class Kind(NamedTuple):
    """A kind of record.

    Attributes:
        name: the word for one, as in `list issue`.
        folder: the folder that holds its files; also the word for many.
        model: what such a record is.
    """

    name: str
    folder: str
    model: type[Record]


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("issue", "issues", Issue),
        Kind("agency", "agencies", Agency),
        Kind("person", "people", Person),
        Kind("commitment", "commitments", Commitment),
        Kind("engagement", "engagements", Engagement),
        Kind("action", "actions", Action),
        Kind("clock", "clocks", Clock),
    )
}

BY_FOLDER: dict[str, Kind] = {kind.folder: kind for kind in KINDS.values()}
BY_MODEL: dict[type[Record], Kind] = {kind.model: kind for kind in KINDS.values()}


def kind_of(record: Record) -> Kind:
    """Return the row of a record's kind."""
    return BY_MODEL[type(record)]
