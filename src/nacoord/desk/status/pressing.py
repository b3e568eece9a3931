"""What needs a decision, or is late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal
from typing import NamedTuple

from nacoord.desk.deadlines import Deadline
from nacoord.desk.sides import Side
from nacoord.desk.status.morning import Morning
from nacoord.model.kinds.issue import Issue
from nacoord.model.when import When
from nacoord.model.when import day

Urgency = Literal["decide", "late"]


class Pressing(NamedTuple):
    """Something that needs a decision or is late.

    Attributes:
        urgency: which of the two.
        side: whose it is: ours (anybody of our own country) or theirs.
        what: the question, promise or step.
        who: ids of those who must act.
        due: by when; None where no day is set.
        days: days from today until due; negative when late.
        record: the record it stands in.
    """

    urgency: Urgency
    side: Side
    what: str
    who: tuple[str, ...]
    due: When | None
    days: int | None
    record: str


def pressing(morning: Morning) -> tuple[Pressing, ...]:
    """Return what presses, the most overdue first, what has no day last."""
    found = [
        *(item for issue in morning.issues for item in _decisions(morning, issue)),
        *(item for issue in morning.issues for item in _late_steps(morning, issue)),
        *_late_promises(morning),
        *(item for deadline in morning.near for item in _clock(morning, deadline)),
    ]
    found.sort(key=lambda item: (item.due.end if item.due else date.max, item.record, item.what))
    return tuple(found)


def _decisions(morning: Morning, issue: Issue) -> Iterator[Pressing]:
    for decision in issue.decisions:
        soon = decision.due is None or decision.due.start <= morning.until
        if decision.decided is None and soon:
            who = (decision.who,) if decision.who else ()
            late = decision.due is not None and decision.due.end < morning.today
            urgency: Urgency = "late" if late else "decide"
            yield _press(morning, urgency, decision.what, who, decision.due, issue.id)


def _late_steps(morning: Morning, issue: Issue) -> Iterator[Pressing]:
    step = issue.next_step
    if step and step.due and step.due.end < morning.today:
        who = (step.who,) if step.who else ()
        yield _press(morning, "late", step.what, who, step.due, issue.id)
    for milestone in issue.milestones:
        if milestone.due and not milestone.done and milestone.due.end < morning.today:
            yield _press(morning, "late", milestone.what, (), milestone.due, issue.id)


def _late_promises(morning: Morning) -> Iterator[Pressing]:
    for promise in morning.promises:
        if promise.due and promise.due.end < morning.today:
            yield _press(morning, "late", promise.title, promise.by, promise.due, promise.id)


def _clock(morning: Morning, deadline: Deadline) -> Iterator[Pressing]:
    if deadline.due.end < morning.today:
        yield _press(morning, "late", deadline.what, (), deadline.due, deadline.issue)
    elif (
        (decide := deadline.decide)
        and decide <= morning.until
        and not _asked(morning, deadline, decide)
    ):
        by = day(decide) if decide >= morning.today else deadline.due
        yield _press(morning, "decide", deadline.what, (), by, deadline.issue)


def _asked(morning: Morning, deadline: Deadline, decide: date) -> bool:
    """Tell whether the issue itself asks for the decision this deadline needs."""
    issue = morning.snapshot.get(Issue, deadline.issue)
    return issue is not None and any(
        decision.due and decide <= decision.due.end <= deadline.due.end
        for decision in issue.decisions
    )


def _press(
    morning: Morning,
    urgency: Urgency,
    what: str,
    who: tuple[str, ...],
    due: When | None,
    record: str,
) -> Pressing:
    days = (due.end - morning.today).days if due else None
    return Pressing(urgency, morning.side(who), what, who, due, days, record)
