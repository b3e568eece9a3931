"""A stakeholder has not been in contact for longer than the office means to let pass.

It speaks of a stakeholder that leads or supports a live issue of P1 or P2, or has a position on one, when
the last contact with it (or with a part of it) is more than its `cadence_days` ago and none is planned
within the next `cadence_days`. The days count from the office's first day, which is the first tour of its
own people, where that is later; without a contact and without tours, from the first commit.

Why it matters: who is not asked is who is surprised.

What to do: call, and record it: `nacoord new engagement type=call date=today with=WHO`.
"""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.contacts import NO_CONTACT
from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.scene import Scene
from nacoord.desk.radar.words import days
from nacoord.model.kinds.agency import Agency


def find(scene: Scene) -> Iterator[Finding]:
    """Yield each stakeholder of weight that has been silent for too long."""
    weighty = _weighty(scene)
    for agency in scene.snapshot.agencies:
        if agency.cadence_days is None or agency.id not in weighty:
            continue
        finding = _silent(scene, agency, agency.cadence_days, weighty[agency.id])
        if finding is not None:
            yield finding


def _silent(scene: Scene, agency: Agency, cadence: int, issues: list[str]) -> Finding | None:
    contact = scene.contacts.get(agency.id, NO_CONTACT)
    last = contact.last.until or contact.last.date if contact.last else None
    since = max(last, scene.first_tour or last) if last else scene.began
    if since is None or (scene.today - since).days <= cadence:
        return None
    if contact.next and contact.next.date <= scene.ahead(cadence):
        return None
    said = (
        f"last contact {last} ({days((scene.today - last).days)} ago)"
        if last
        else "no contact in the record"
    )
    often = "every day" if cadence == 1 else f"every {cadence} days"
    places = (scene.place(agency.id, "cadence_days"),)
    return Finding(
        agency.id,
        f"{agency.title}: {said}; the office means to speak {often}",
        "who is not asked is who is surprised",
        scene.leads(issues[:1]),
        f'nacoord new engagement title="…" type=call date=today with={agency.id}'
        f" issues={issues[0]}",
        tuple(issues[:1]),
        None,
        (*places, scene.place(contact.last.id)) if contact.last else places,
    )


def _weighty(scene: Scene) -> dict[str, list[str]]:
    """Return for each stakeholder its live issues of P1 and P2, the weightiest first."""
    own = {scene.snapshot.office.own_agency}
    found: dict[str, list[str]] = {}
    issues = sorted(
        (issue for issue in scene.issues if issue.priority in ("P1", "P2")),
        key=lambda issue: (issue.priority, issue.id),
    )
    placed = {issue.id: number for number, issue in enumerate(issues)}
    for issue in issues:
        support = {party.agency for party in issue.parties if party.role != "inform"}
        leads = {lead for lead in (issue.leads.foreign, issue.leads.domestic) if lead}
        for id in (support | leads) - own:
            found.setdefault(id, []).append(issue.id)
    for agency in scene.snapshot.agencies:
        for position in agency.positions:
            if position.issue in placed and position.issue not in found.get(agency.id, ()):
                found.setdefault(agency.id, []).append(position.issue)
    return {id: sorted(issues, key=placed.__getitem__) for id, issues in found.items()}
