"""Whose move it is: ours, which is anybody of our own country, or theirs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.person import Person
from nacoord.model.snapshot import Snapshot

Side = Literal["ours", "theirs"]


def side(snapshot: Snapshot, ids: Iterable[str]) -> Side:
    """Tell whose move it is: theirs when all who must act are of another country."""
    own = snapshot.get(Agency, snapshot.office.own_agency)
    country = own.country if own else None
    agencies = [agency for id in ids if (agency := agency_of(snapshot, id))]
    theirs = agencies and all(agency.country != country for agency in agencies)
    return "theirs" if theirs else "ours"


def agency_of(snapshot: Snapshot, id: str | None) -> Agency | None:
    """Return the agency that an id stands for: itself, or where the person of that id serves."""
    person = snapshot.get(Person, id)
    return snapshot.get(Agency, person.agency if person else id)
