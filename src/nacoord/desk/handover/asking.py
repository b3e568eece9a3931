"""What the record does not say, and whoever takes over must ask."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from nacoord.desk.handover.people import Stakeholder
from nacoord.desk.handover.promises import Promise
from nacoord.desk.handover.tenure import Tenure
from nacoord.model.kinds.person import Person

Missing = Literal[
    "tour end",
    "portfolio",
    "owner",
    "other owner",
    "next step",
    "success",
    "due date",
    "contact",
    "post",
]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the record does not say.

    Attributes:
        missing: what is not said; "other owner" is an issue that is in the portfolio of one and is
            owned by another, "contact" a stakeholder never met
            whom no meeting is planned with, "post" one with nobody to call.
        records: of which issues, promises, stakeholders or persons.
    """

    missing: Missing
    records: tuple[str, ...]


def asking(
    tenure: Tenure, promises: Sequence[Promise], people: Sequence[Stakeholder]
) -> tuple[Gap, ...]:
    """Return what is missing, in the order in which a successor would ask."""
    found = [
        *_of_post(tenure),
        *_of_issues(tenure),
        Gap("due date", tuple(each.commitment for each in promises if each.due is None)),
        Gap(
            "contact",
            tuple(each.agency for each in _worth_meeting(people) if not (each.last or each.next)),
        ),
        Gap("post", tuple(each.agency for each in people if each.leads and not each.posts)),
    ]
    return tuple(gap for gap in found if gap.records)


def _of_post(tenure: Tenure) -> Iterator[Gap]:
    person = tenure.record
    if isinstance(person, Person):
        if person.agency == tenure.snapshot.office.own_agency and not (
            person.tour and person.tour.end
        ):
            yield Gap("tour end", (person.id,))
        if not tenure.live and not tenure.bodies:
            yield Gap("portfolio", (person.id,))


def _of_issues(tenure: Tenure) -> Iterator[Gap]:
    live = tenure.live
    yield Gap("owner", tuple(issue.id for issue in live if not issue.owner))
    if isinstance(tenure.record, Person):
        others = (issue for issue in live if issue.owner not in (None, tenure.record.id))
        yield Gap("other owner", tuple(issue.id for issue in others))
    yield Gap("next step", tuple(issue.id for issue in live if not issue.next_step))
    yield Gap("success", tuple(issue.id for issue in live if not issue.success))


def _worth_meeting(people: Iterable[Stakeholder]) -> Iterator[Stakeholder]:
    """Yield those whom an office meets itself: who leads, who is abroad, states, cities, tribes."""
    return (each for each in people if each.leads or each.circle in ("foreign", "states"))
