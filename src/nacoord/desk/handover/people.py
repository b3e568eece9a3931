"""Who knows whom: the stakeholders of the work, whom to call there, and when they last met."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from nacoord.desk.contacts import NO_CONTACT
from nacoord.desk.contacts import contacts
from nacoord.desk.handover.portfolio import shares
from nacoord.desk.handover.tenure import Tenure
from nacoord.desk.sides import home_country
from nacoord.model.kinds.agency import SUBNATIONAL
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.engagement import Engagement
from nacoord.model.snapshot import Snapshot

Circle = Literal["foreign", "states", "federal", "congress", "others"]
_CIRCLES: tuple[Circle, ...] = ("foreign", "states", "federal", "congress", "others")
_AT_HOME: dict[str, Circle] = {"federal": "federal", "congress": "congress"}


@dataclass(frozen=True, slots=True)
class Met:
    """A contact, past or planned."""

    on: date
    engagement: str
    title: str


@dataclass(frozen=True, slots=True)
class PostThere:
    """A post at a stakeholder."""

    person: str
    title: str


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """Somebody to know.

    Attributes:
        circle: which sort: foreign, states (and cities and tribes), federal, congress, others.
        country: its country's code; empty when it has none.
        issues: the issues of the work in which it has a role.
        leads: whether it leads one of them.
        posts: the posts there that the record knows.
        last: the newest contact that the office had with it; None when there is none on record.
        next: the first that is planned; None when none is.
    """

    agency: str
    title: str
    circle: Circle
    country: str
    issues: tuple[str, ...]
    leads: bool
    posts: tuple[PostThere, ...]
    last: Met | None
    next: Met | None

    @property
    def known(self) -> bool:
        """True when there is a post to call, or a contact past or planned."""
        return bool(self.posts or self.last or self.next)


def people(tenure: Tenure) -> tuple[Stakeholder, ...]:
    """Return the stakeholders of the work, by circle and by how many of its issues they are in.

    For a person: everybody with a role in a live issue, and the agencies in the portfolio. For an
    agency: itself, its parts, and their counterparts. The office is not its own stakeholder.
    """
    roles = _roles(tenure)
    met = contacts(tenure.snapshot, tenure.today)
    posts: dict[str, list[PostThere]] = {}
    for person in tenure.snapshot.people:
        posts.setdefault(person.agency, []).append(PostThere(person.id, person.title))
    found = []
    for id in _whom(tenure, roles):
        agency = tenure.snapshot.get(Agency, id)
        if agency is None:
            continue
        contact = met.get(id, NO_CONTACT)
        issues = roles.get(id, {})
        found.append(
            Stakeholder(
                agency=id,
                title=agency.title,
                circle=_circle(tenure.snapshot, agency),
                country=agency.country or "",
                issues=tuple(issues),
                leads=any(issues.values()),
                posts=tuple(posts.get(id, ())),
                last=_met(contact.last),
                next=_met(contact.next),
            )
        )
    found.sort(
        key=lambda each: (
            _CIRCLES.index(each.circle),
            each.country,
            not each.leads,
            -len(each.issues),
            each.agency,
        )
    )
    return tuple(found)


def _roles(tenure: Tenure) -> dict[str, dict[str, bool]]:
    """Return for each agency the live issues it is in, and whether it leads there."""
    found: dict[str, dict[str, bool]] = {}
    for issue in tenure.live:
        for share in shares(issue):
            leads = share.role.startswith("leads")
            here = found.setdefault(share.agency, {})
            here[issue.id] = here.get(issue.id, False) or leads
    return found


def _whom(tenure: Tenure, roles: dict[str, dict[str, bool]]) -> frozenset[str]:
    own = {tenure.snapshot.office.own_agency}
    if not isinstance(tenure.record, Agency):
        return (frozenset(roles) | tenure.bodies) - own
    bodies = [tenure.snapshot.get(Agency, id) for id in tenure.bodies]
    counterparts = {other for body in bodies if body for other in body.counterparts}
    # Whom a body deals with may be said at either end.
    counterparts |= {
        agency.id
        for agency in tenure.snapshot.agencies
        if not tenure.bodies.isdisjoint(agency.counterparts)
    }
    return (tenure.bodies | counterparts) - own


def _circle(snapshot: Snapshot, agency: Agency) -> Circle:
    home = home_country(snapshot)
    if agency.level == "foreign" or (agency.country and agency.country != home):
        return "foreign"
    if agency.level in SUBNATIONAL:
        return "states"
    return _AT_HOME.get(agency.level, "others")


def _met(engagement: Engagement | None) -> Met | None:
    return Met(engagement.date, engagement.id, engagement.title) if engagement else None
