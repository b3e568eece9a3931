"""The issues that a question about any record begins from."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from dataclasses import dataclass

from nacoord.desk.lookup import descendants
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.clock import Clock
from nacoord.model.kinds.engagement import Engagement
from nacoord.model.kinds.issue import Issue
from nacoord.model.kinds.person import Person
from nacoord.model.snapshot import Snapshot

# What a stakeholder does in an issue, the weightiest first; nothing for a clock.
_DOES = (
    "",
    "owns",
    "leads",
    "decides on",
    "supports",
    "takes the next step in",
    "tends",
    "is informed of",
)
# An issue does not move with those who only hear of it.
ASIDE = "is informed of"


@dataclass(frozen=True, slots=True)
class Start:
    """An issue that the question begins from.

    Attributes:
        issue: its id.
        does: what the agency or person asked about does, as in `leads` it; empty for other records.
        who: the agency that does it, when it is one that is part of the agency asked about.
    """

    issue: str
    title: str
    priority: str
    status: str
    health: str
    does: str = ""
    who: str = ""


def begin(snapshot: Snapshot, record: Record, everything: bool = False) -> tuple[Start, ...]:
    """Return the issues that a record is about, or is in; an issue begins from itself.

    For an agency they are those in which it, or a body that is part of it, has a role, a decision or
    the next step; for a person those it owns or tends too; for a clock those it stands on. Of these,
    issues that have ended come only with `everything`.
    """
    if isinstance(record, Issue):
        return (_start(record),)
    if not isinstance(record, (Agency, Person, Clock)):
        about = [snapshot.get(Issue, id) for id in _about(record)]
        return tuple(sorted((_start(issue) for issue in about if issue), key=_place))
    family = descendants(snapshot, record.id)
    found = []
    for issue in snapshot.issues:
        if everything or not issue.ended:
            roles = list(_roles(record, family, issue))
            if roles:
                does, who = min(roles, key=lambda role: (_DOES.index(role[0]), role[1]))
                found.append(_start(issue, does, who if who != record.id else ""))
    return tuple(sorted(found, key=_place))


def _roles(
    record: Agency | Person | Clock, family: Collection[str], issue: Issue
) -> Iterator[tuple[str, str]]:
    """Yield what a record, or a body that is part of it, does in an issue, and which of them."""
    if isinstance(record, Clock):
        yield from (
            ("", run.clock) for run in issue.clocks if run.clock == record.id and not run.ended
        )
        return
    if isinstance(record, Person):
        if issue.owner == record.id:
            yield "owns", record.id
        if issue.id in record.portfolio:
            yield "tends", record.id
    yield from ((does, who) for does, who in parts(issue) if who in family)


def parts(issue: Issue) -> Iterator[tuple[str, str]]:
    """Yield what each stakeholder does in an issue, and who."""
    yield from (("leads", lead) for lead in (issue.leads.foreign, issue.leads.domestic) if lead)
    for party in issue.parties:
        yield {"lead": "leads", "support": "supports", "inform": ASIDE}[party.role], party.agency
    for decision in issue.decisions:
        if decision.who and decision.decided is None:
            yield "decides on", decision.who
    if issue.next_step and issue.next_step.who:
        yield "takes the next step in", issue.next_step.who


def _about(record: Record) -> list[str]:
    """Return the ids of the issues that a promise, an action or a contact is about."""
    ids: list[str] = list(getattr(record, "issues", ()))
    if isinstance(record, Engagement):
        ids += [outcome.issue for outcome in record.outcomes if outcome.issue]
    return list(dict.fromkeys(ids))


def _start(issue: Issue, does: str = "", who: str = "") -> Start:
    return Start(issue.id, issue.title, issue.priority, issue.status, issue.health, does, who)


def _place(start: Start) -> tuple[int, str, int, str]:
    health = ("red", "amber", "green").index(start.health)
    return _DOES.index(start.does), start.priority, health, start.issue
