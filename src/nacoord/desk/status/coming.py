"""What is dated in the days ahead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from nacoord.desk.status.morning import Morning
from nacoord.model.when import When
from nacoord.model.when import day

ComingKind = Literal["engagement", "action", "commitment", "clock", "milestone"]


@dataclass(frozen=True, slots=True)
class Coming:
    """Something dated in the days ahead.

    Attributes:
        kind: what it is.
        when: its moment.
        what: its title.
        who: ids of those who meet, act or promised.
        record: the record it stands in.
    """

    kind: ComingKind
    when: When
    what: str
    who: tuple[str, ...]
    record: str


def coming(morning: Morning) -> tuple[Coming, ...]:
    """Return what is dated from today until soon, by day."""
    found = [
        *_engagements(morning),
        *_actions(morning),
        *(
            Coming("commitment", promise.due, promise.title, promise.by, promise.id)
            for promise in morning.promises
            if promise.due and morning.ahead(promise.due)
        ),
        *(
            Coming("clock", deadline.due, deadline.what, (), deadline.issue)
            for deadline in morning.deadlines
            if morning.ahead(deadline.due) and not deadline.projected
        ),
        *_milestones(morning),
    ]
    found.sort(key=lambda item: (item.when.start, item.when.end, item.record, item.what))
    return tuple(found)


def _engagements(morning: Morning) -> Iterator[Coming]:
    scope = morning.scope
    for engagement in morning.snapshot.engagements:
        when = _span(engagement.date, engagement.until)
        inside = scope.touches(engagement.issues) or scope.id in engagement.attendees
        if inside and morning.ahead(when):
            yield Coming("engagement", when, engagement.title, engagement.attendees, engagement.id)


def _actions(morning: Morning) -> Iterator[Coming]:
    for action in morning.snapshot.actions:
        inside = morning.scope.touches(action.issues) or morning.scope.id in action.by
        if inside and action.status == "expected" and morning.ahead(action.when):
            yield Coming("action", action.when, action.title, action.by, action.id)


def _milestones(morning: Morning) -> Iterator[Coming]:
    for issue in morning.issues:
        for milestone in issue.milestones:
            if milestone.due and not milestone.done and morning.ahead(milestone.due):
                yield Coming("milestone", milestone.due, milestone.what, (), issue.id)


def _span(first: date, last: date | None) -> When:
    if last is None or last == first:
        return day(first)
    return When(first, last, f"{first}/{last}")
