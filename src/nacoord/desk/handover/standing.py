"""Where the stakeholders stand, as the record has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nacoord.desk.handover.tenure import Tenure
from nacoord.model.kinds.agency import Agency


@dataclass(frozen=True, slots=True)
class Standing:
    """What a stakeholder holds or asks for on an issue."""

    issue: str
    agency: str
    stance: str
    since: date | None
    confidence: str


def standing(tenure: Tenure) -> tuple[Standing, ...]:
    """Return positions, issue by issue.

    For a person: everybody's on the live issues. For an agency: its own and its parts'.
    """
    places = {issue.id: place for place, issue in enumerate((*tenure.live, *tenure.others))}
    own = tenure.bodies if isinstance(tenure.record, Agency) else None
    live = {issue.id for issue in tenure.live}
    found = [
        Standing(
            position.issue,
            agency.id,
            position.stance,
            position.since,
            position.confidence or "",
        )
        for agency in tenure.snapshot.agencies
        for position in agency.positions
        if (agency.id in own if own is not None else position.issue in live)
    ]
    last = len(places)
    return tuple(
        sorted(found, key=lambda each: (places.get(each.issue, last), each.issue, each.agency))
    )
