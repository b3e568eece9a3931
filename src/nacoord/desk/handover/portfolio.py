"""The issues that are handed over, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from nacoord.desk.handover.tenure import Tenure
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.issue import Issue
from nacoord.model.when import When

Role = Literal["leads abroad", "leads at home", "leads", "supports", "is informed"]
ROLES: tuple[Role, ...] = ("leads abroad", "leads at home", "leads", "supports", "is informed")
_PARTY: dict[str, Role] = {"lead": "leads", "support": "supports", "inform": "is informed"}


@dataclass(frozen=True, slots=True)
class Task:
    """Something that somebody must do or decide.

    Attributes:
        what: the step or the question.
        who: the id of who must; empty when nobody is named.
        due: by when; None where no day is set.
        overdue: whether that is past.
    """

    what: str
    who: str
    due: When | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class Share:
    """The role that an agency has in an issue."""

    agency: str
    role: Role


@dataclass(frozen=True, slots=True)
class Bond:
    """How an issue bears on another."""

    kind: str
    to: str
    because: str


@dataclass(frozen=True, slots=True)
class Held:
    """One issue of the portfolio.

    Attributes:
        shares: the roles of the agency, or of its parts, that is handed over; empty for a person.
        decisions: the decisions it waits for.
        parties: everybody with a role in it, the leads first.
        bonds: how it bears on others.
    """

    issue: str
    title: str
    summary: str
    priority: str
    status: str
    health: str
    health_reason: str
    owner: str
    shares: tuple[Share, ...]
    next_step: Task | None
    decisions: tuple[Task, ...]
    success: str
    parties: tuple[Share, ...]
    bonds: tuple[Bond, ...]


@dataclass(frozen=True, slots=True)
class Resting:
    """An issue of the portfolio that is not tended now: proposed, resolved or dropped."""

    issue: str
    title: str
    status: str


def portfolio(tenure: Tenure) -> tuple[Held, ...]:
    """Return the live issues, those of the first priority first."""
    return tuple(_held(tenure, issue) for issue in tenure.live)


def resting(tenure: Tenure) -> tuple[Resting, ...]:
    """Return the issues that are not tended now."""
    return tuple(Resting(issue.id, issue.title, issue.status) for issue in tenure.others)


def _held(tenure: Tenure, issue: Issue) -> Held:
    step = issue.next_step
    parties = shares(issue)
    own = tenure.bodies if isinstance(tenure.record, Agency) else frozenset()
    return Held(
        issue=issue.id,
        title=issue.title,
        summary=issue.summary or "",
        priority=issue.priority,
        status=issue.status,
        health=issue.health,
        health_reason=issue.health_reason or "",
        owner=issue.owner or "",
        shares=tuple(
            # The agency's own role stands before those of its parts.
            sorted(
                (each for each in parties if each.agency in own),
                key=lambda each: each.agency != tenure.record.id,
            )
        ),
        next_step=_task(tenure, step.what, step.who, step.due) if step else None,
        decisions=tuple(
            _task(tenure, each.what, each.who, each.due)
            for each in issue.decisions
            if each.decided is None
        ),
        success=issue.success or "",
        parties=parties,
        bonds=tuple(Bond(link.kind, link.to, link.because or "") for link in issue.links),
    )


def _task(tenure: Tenure, what: str, who: str | None, due: When | None) -> Task:
    return Task(what, who or "", due, due is not None and due.end < tenure.today)


def shares(issue: Issue) -> tuple[Share, ...]:
    """Return everybody with a role in an issue, the strongest first."""
    return tuple(sorted(_shares(issue), key=lambda share: ROLES.index(share.role)))


def _shares(issue: Issue) -> Iterator[Share]:
    leads = [issue.leads.foreign, issue.leads.domestic]
    for lead, role in zip(leads, ROLES, strict=False):
        if lead:
            yield Share(lead, role)
    for party in issue.parties:
        if party.agency not in leads:
            yield Share(party.agency, _PARTY[party.role])
