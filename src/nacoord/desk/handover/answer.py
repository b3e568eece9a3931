"""The book for a successor: what is held, owed, known, done lately and about to happen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import timedelta
from typing import Literal

from nacoord.desk.chronicle import Entry
from nacoord.desk.handover.asking import Gap
from nacoord.desk.handover.asking import asking
from nacoord.desk.handover.marking import marking
from nacoord.desk.handover.people import Stakeholder
from nacoord.desk.handover.people import people
from nacoord.desk.handover.portfolio import Held
from nacoord.desk.handover.portfolio import Resting
from nacoord.desk.handover.portfolio import portfolio
from nacoord.desk.handover.portfolio import resting
from nacoord.desk.handover.promises import Promise
from nacoord.desk.handover.promises import promises
from nacoord.desk.handover.standing import Standing
from nacoord.desk.handover.standing import standing
from nacoord.desk.handover.telling import Expected
from nacoord.desk.handover.telling import telling
from nacoord.desk.handover.tenure import Tenure
from nacoord.desk.lately import Lately
from nacoord.desk.lately import lately
from nacoord.desk.lookup import Scope
from nacoord.desk.status.coming import Coming
from nacoord.desk.status.coming import coming
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.person import Person
from nacoord.model.snapshot import Snapshot

# A quarter back, as long as a successor can be expected to be asked about; two months ahead.
DAYS_BACK = 90
DAYS_AHEAD = 60


@dataclass(frozen=True, slots=True)
class Post:
    """The post of a person.

    Attributes:
        agency: where the person serves.
        role: what the person does there.
        home_agency: where a detailee came from; empty for others.
        start, end: the first and last day of the tour, where they are set.
        days_left: days from today to the last one; negative when that is past.
        agencies: the agencies in the portfolio.
    """

    agency: str
    role: str
    home_agency: str
    start: date | None
    end: date | None
    days_left: int | None
    agencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """The agency that is handed over.

    Attributes:
        parts: the agencies below it.
        cadence_days: how often the office means to be in contact with it.
    """

    level: str
    country: str
    parent: str
    parts: tuple[str, ...]
    counterparts: tuple[str, ...]
    cadence_days: int | None


@dataclass(frozen=True, slots=True)
class Handover:
    """The answer of `nacoord handover`.

    Attributes:
        kind: person or agency.
        id, title, summary: which one.
        office: the office whose record it is.
        today: the day for which it is true.
        since, until: the first day of the days looked back on, the last of those ahead.
        marking: the highest marking of what is in it.
        post: for a person.
        body: for an agency.
        portfolio: the live issues.
        resting: the issues that are not tended now.
        promises: the open promises, the overdue first.
        expected: the actions that are expected, and who is untold.
        coming: what is dated in the days ahead.
        people: who knows whom.
        positions: who stands where.
        lately: the last days, issue by issue.
        asking: what the record does not say.
        later: how many commits are left out because they were made after today.
    """

    kind: Literal["person", "agency"]
    id: str
    title: str
    summary: str
    office: str
    today: date
    since: date
    until: date
    marking: str
    post: Post | None
    body: Body | None
    portfolio: tuple[Held, ...]
    resting: tuple[Resting, ...]
    promises: tuple[Promise, ...]
    expected: tuple[Expected, ...]
    coming: tuple[Coming, ...]
    people: tuple[Stakeholder, ...]
    positions: tuple[Standing, ...]
    lately: tuple[Lately, ...]
    asking: tuple[Gap, ...]
    later: int = 0


def first_day(today: date) -> date:
    """Return the first of the days that a hand-over looks back on."""
    return today - timedelta(days=DAYS_BACK)


def handover(
    snapshot: Snapshot, today: date, scope: Scope, entries: Iterable[Entry] = (), later: int = 0
) -> Handover:
    """Put together what whoever takes over from a person, or takes on an agency, must know.

    Args:
        snapshot: the record.
        today: the day.
        scope: the person or agency.
        entries: the commits from `first_day` until today, newest first.
        later: how many commits there are after today.
    """
    until = today + timedelta(days=DAYS_AHEAD)
    tenure = Tenure(snapshot, scope, today, first_day(today), until)
    record = tenure.record
    owed, known = promises(tenure), people(tenure)
    found = Handover(
        kind="person" if isinstance(record, Person) else "agency",
        id=record.id,
        title=record.title,
        summary=record.summary or "",
        office=snapshot.office.name,
        today=today,
        since=tenure.since,
        until=until,
        marking="",
        post=_post(tenure, record) if isinstance(record, Person) else None,
        body=_body(tenure, record) if isinstance(record, Agency) else None,
        portfolio=portfolio(tenure),
        resting=resting(tenure),
        promises=owed,
        expected=telling(tenure),
        coming=coming(tenure.morning),
        people=known,
        positions=standing(tenure),
        lately=lately(tenure.days, entries),
        asking=asking(tenure, owed, known),
        later=later,
    )
    return replace(found, marking=marking(tenure, found))


def _post(tenure: Tenure, person: Person) -> Post:
    tour = person.tour
    end = tour.end if tour else None
    return Post(
        agency=person.agency,
        role=person.role,
        home_agency=person.home_agency or "",
        start=tour.start if tour else None,
        end=end,
        days_left=(end - tenure.today).days if end else None,
        agencies=tuple(sorted(tenure.bodies)),
    )


def _body(tenure: Tenure, agency: Agency) -> Body:
    return Body(
        level=agency.level,
        country=agency.country or "",
        parent=agency.parent or "",
        parts=tuple(sorted(tenure.bodies - {agency.id})),
        counterparts=agency.counterparts,
        cadence_days=agency.cadence_days,
    )
