"""Where each issue stands, and who raises what on it: states, cities and tribes beside agencies."""

from __future__ import annotations

from dataclasses import dataclass

from nacoord.desk.brief.frame import Frame
from nacoord.desk.brief.frame import urgency
from nacoord.desk.status.raised import Raised
from nacoord.desk.status.raised import Voice
from nacoord.desk.status.raised import raised
from nacoord.model.kinds.issue import Issue
from nacoord.model.when import When


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one issue stands.

    Attributes:
        relationship: the one under which it is told, as nacoord.yaml names it.
        first: whether it comes first: it is P1, or red.
        who: whose the next step is.
        due: by when.
        overdue: whether that is past.
        states: what states, cities and tribes hold.
        federal: what federal agencies hold.
    """

    issue: str
    title: str
    relationship: str
    theme: str
    priority: str
    status: str
    health: str
    health_reason: str
    summary: str
    owner: str
    first: bool
    next_step: str
    who: str
    due: When | None
    overdue: bool
    states: tuple[Voice, ...]
    federal: tuple[Voice, ...]


def standings(frame: Frame) -> tuple[Standing, ...]:
    """Return the live issues by relationship, those that come first before others, then by theme."""
    voices = {each.issue: each for each in raised(frame.morning)}
    order = list(frame.snapshot.office.relationships)
    found = [
        (issue, _standing(frame, issue, voices.get(issue.id))) for issue in frame.morning.issues
    ]
    found.sort(key=lambda pair: (order.index(pair[1].relationship), urgency(pair[0])[0]))
    return tuple(standing for _, standing in found)


def _standing(frame: Frame, issue: Issue, voices: Raised | None) -> Standing:
    step = issue.next_step
    due = step.due if step else None
    known = frame.snapshot.office.relationships
    return Standing(
        issue=issue.id,
        title=issue.title,
        relationship=next(
            (each for each in known if each in issue.relationships), next(iter(known))
        ),
        theme=issue.theme,
        priority=issue.priority,
        status=issue.status,
        health=issue.health,
        health_reason=issue.health_reason or "",
        summary=issue.summary or "",
        owner=issue.owner or "",
        first=not urgency(issue)[0],
        next_step=step.what if step else "",
        who=(step.who or "") if step else "",
        due=due,
        overdue=due is not None and due.end < frame.today,
        states=voices.states if voices else (),
        federal=voices.federal if voices else (),
    )
