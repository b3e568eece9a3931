"""The open promises that go with the work, the overdue first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from nacoord.desk.handover.tenure import Tenure
from nacoord.desk.sides import Side
from nacoord.desk.sides import side
from nacoord.model.kinds.commitment import Commitment
from nacoord.model.kinds.person import Person
from nacoord.model.when import When

Relation = Literal["on the issues", "owed by", "owed to"]


@dataclass(frozen=True, slots=True)
class Promise:
    """An open promise.

    Attributes:
        relation: why it is here: it is on an issue of a person's portfolio, or else the agency (of
            a person: where the person serves, or one in the portfolio) owes it or is owed it.
        side: whose promise it is: ours (anybody of our own country) or theirs.
        days: days from today until due; negative when late; None where no day is set.
    """

    commitment: str
    title: str
    relation: Relation
    side: Side
    by: tuple[str, ...]
    to: tuple[str, ...]
    due: When | None
    days: int | None
    issues: tuple[str, ...]


def promises(tenure: Tenure) -> tuple[Promise, ...]:
    """Return the open promises by when they are due; what has no day stands last."""
    found = [
        _promise(tenure, each, relation)
        for each in tenure.snapshot.commitments
        if each.status == "open" and (relation := _relation(tenure, each))
    ]
    found.sort(key=lambda item: (item.due.end if item.due else date.max, item.commitment))
    return tuple(found)


def _relation(tenure: Tenure, promise: Commitment) -> Relation | None:
    bodies = tenure.bodies
    if isinstance(tenure.record, Person):
        if tenure.scope.touches(promise.issues):
            return "on the issues"
        bodies |= {tenure.home}
    if not bodies.isdisjoint(promise.by):
        return "owed by"
    return None if bodies.isdisjoint(promise.to) else "owed to"


def _promise(tenure: Tenure, promise: Commitment, relation: Relation) -> Promise:
    return Promise(
        commitment=promise.id,
        title=promise.title,
        relation=relation,
        side=side(tenure.snapshot, promise.by),
        by=promise.by,
        to=promise.to,
        due=promise.due,
        days=(promise.due.end - tenure.today).days if promise.due else None,
        issues=promise.issues,
    )
