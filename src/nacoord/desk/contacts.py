"""When the office was last in contact with each stakeholder, and when it will be next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from nacoord.desk.sides import agency_of
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.engagement import Engagement
from nacoord.model.snapshot import Snapshot


class Contact(NamedTuple):
    """The contacts with one stakeholder around a day.

    Attributes:
        last: the newest that has begun by then; None when there was none.
        next: the first that begins after it; None when none is planned.
    """

    last: Engagement | None
    next: Engagement | None


NO_CONTACT = Contact(None, None)


def contacts(snapshot: Snapshot, today: date) -> dict[str, Contact]:
    """Return the contacts with every stakeholder that there were or will be any with.

    A contact with a body, or with a person who serves there, is one with every body it is part of.
    """
    found: dict[str, Contact] = {}
    for engagement in snapshot.engagements:
        for id in set(attending(snapshot, engagement)):
            known = found.get(id, NO_CONTACT)
            if engagement.date <= today:
                if known.last is None or engagement.date >= known.last.date:
                    found[id] = Contact(engagement, known.next)
            elif known.next is None or engagement.date < known.next.date:
                found[id] = Contact(known.last, engagement)
    return found


def attending(snapshot: Snapshot, engagement: Engagement) -> Iterator[str]:
    """Yield the ids of the agencies at an engagement, and of the bodies that they are part of."""
    for id in engagement.attendees:
        agency = agency_of(snapshot, id)
        seen: set[str] = set()
        while agency is not None and agency.id not in seen:
            seen.add(agency.id)
            yield agency.id
            agency = snapshot.get(Agency, agency.parent)
