"""Whose move it is: ours, which is anybody of our own country, or theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.person import Person
from nacoord.model.snapshot import Snapshot

Side = Literal["ours", "theirs"]


def side(snapshot: Snapshot, ids: Iterable[str], home: str | None = None) -> Side:
    """Tell whose move it is: theirs when all who must act are of another country.

    Whoever asks often says which country is our own.
    """
    agencies = [agency for id in ids if (agency := agency_of(snapshot, id))]
    if not agencies:
        return "ours"
    home = home or home_country(snapshot)
    return "theirs" if all(_abroad(agency, home) for agency in agencies) else "ours"


def side_if_read(snapshot: Snapshot, id: str) -> Side | None:
    """Tell whose move it is; None where the record of who must act is missing or can't be read."""
    return side(snapshot, (id,)) if agency_of(snapshot, id) else None


def home_country(snapshot: Snapshot) -> str | None:
    """Return our own country: the office's, else that of most federal agencies.

    A file of the office's own that can't be read must not turn everybody else into the other side.
    """
    own = snapshot.get(Agency, snapshot.office.own_agency)
    if own and own.country:
        return own.country
    federal = (each.country for each in snapshot.agencies if each.level == "federal")
    found = Counter(country for country in federal if country)
    return min(found, key=lambda country: (-found[country], country), default=None)


def _abroad(agency: Agency, home: str | None) -> bool:
    """Tell whether a body is of another country; where no country is said, its level tells."""
    if agency.country and home:
        return agency.country != home
    return agency.level in ("foreign", "multilateral")


def agency_of(snapshot: Snapshot, id: str | None) -> Agency | None:
    """Return the agency that an id stands for: itself, or where the person of that id serves."""
    person = snapshot.get(Person, id)
    return snapshot.get(Agency, person.agency if person else id)
