"""The morning's answer: what presses, where each issue stands, who raises what, what comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from datetime import timedelta
from typing import NamedTuple

from nacoord.desk.lookup import Scope
from nacoord.desk.status.coming import Coming
from nacoord.desk.status.coming import coming
from nacoord.desk.status.morning import Morning
from nacoord.desk.status.pressing import Pressing
from nacoord.desk.status.pressing import pressing
from nacoord.desk.status.raised import Raised
from nacoord.desk.status.raised import raised
from nacoord.model.change import Change
from nacoord.model.kinds.issue import Issue
from nacoord.model.snapshot import Snapshot
from nacoord.model.when import When


class Line(NamedTuple):
    """Where one issue stands."""

    issue: str
    title: str
    theme: str
    priority: str
    status: str
    health: str
    next_step: str
    who: str
    due: When | None
    overdue: bool


class Status(NamedTuple):
    """The answer of `nacoord status`.

    Attributes:
        scope: the part of the work it covers.
        today: the day for which it is true.
        until: the last day that counts as soon.
        issues: how many live issues there are.
        health: how many of each health.
        pressing: what needs a decision or is late.
        lines: each live issue.
        themes: the office's themes and their titles, in its order.
        raised: who raises what.
        coming: what is dated until `until`.
        changed: what history says happened lately, newest first.
    """

    scope: Scope
    today: date
    until: date
    issues: int
    health: dict[str, int]
    pressing: tuple[Pressing, ...]
    lines: tuple[Line, ...]
    themes: dict[str, str]
    raised: tuple[Raised, ...]
    coming: tuple[Coming, ...]
    changed: tuple[Change, ...]


def status(snapshot: Snapshot, today: date, scope: Scope, changes: Sequence[Change] = ()) -> Status:
    """Answer what a staffer asks each morning about a scope.

    The changes come from history, newest first; only those of the scope are kept.
    """
    until = today + timedelta(days=snapshot.office.thresholds.soon_days)
    morning = Morning(snapshot, scope, today, until)
    return Status(
        scope=scope,
        today=today,
        until=until,
        issues=len(morning.issues),
        health=dict(Counter(issue.health for issue in morning.issues)),
        pressing=pressing(morning),
        lines=tuple(_line(issue, today) for issue in morning.issues),
        themes=dict(snapshot.office.themes),
        raised=raised(morning),
        coming=coming(morning),
        changed=tuple(change for change in changes if _concerns(morning, change)),
    )


def _line(issue: Issue, today: date) -> Line:
    step = issue.next_step
    due = step.due if step else None
    return Line(
        issue=issue.id,
        title=issue.title,
        theme=issue.theme,
        priority=issue.priority,
        status=issue.status,
        health=issue.health,
        next_step=step.what if step else "",
        who=(step.who or "") if step else "",
        due=due,
        overdue=due is not None and due.end < today,
    )


def _concerns(morning: Morning, change: Change) -> bool:
    scope = morning.scope
    if scope.kind == "everything":
        return True
    for id in change.records:
        about = getattr(morning.snapshot.records.get(id), "issues", ())
        if id == scope.id or id in scope.issues or not scope.issues.isdisjoint(about):
            return True
    return False
