"""What is dated in the days ahead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal
from typing import NamedTuple

from nacoord.desk.contacts import attending
from nacoord.desk.status.morning import Morning
from nacoord.model.when import When
from nacoord.model.when import span

ComingKind = Literal["engagement", "action", "commitment", "clock", "milestone"]


class Coming(NamedTuple):
    """Something dated in the days ahead.

    Attributes:
        kind: what it is.
        when: its moment.
        what: its title.
        who: ids of those who meet, act or promised.
        record: the record it stands in.
        citation: of a clock, the provision that sets it.
    """

    kind: ComingKind
    when: When
    what: str
    who: tuple[str, ...]
    record: str
    citation: str = ""


# Of several records of one event the first of these tells it best.
_TELLING: tuple[ComingKind, ...] = ("action", "commitment", "clock", "milestone")


def coming(morning: Morning) -> tuple[Coming, ...]:
    """Return what is dated from today until soon, by day; each event once, as `events` has it."""
    whole = [*engagements(morning), *(event[0] for event in events(morning))]
    whole.sort(key=lambda item: (item.when.start, item.when.end, item.record, item.what))
    return tuple(whole)


def _shared(one: Coming, other: Coming) -> bool:
    """Tell whether two things are by the same, where both say by whom."""
    return not (one.who and other.who) or not set(one.who).isdisjoint(other.who)


def events(morning: Morning) -> list[tuple[Coming, ...]]:
    """Return what is dated from today until soon, beside engagements.

    An event that is kept in several ways (an action that keeps a promise when a clock runs out) is
    one: those of different kinds on the same days that share an issue and, where both say by whom,
    somebody; the first of `_TELLING` before the others.
    """
    found = sorted(
        [*_actions(morning), *_promises(morning), *_clocks(morning), *_milestones(morning)],
        key=lambda pair: _TELLING.index(pair[0].kind),
    )
    told: list[list[Coming]] = []
    on: dict[tuple[date, date], list[tuple[list[Coming], frozenset[str]]]] = {}
    for item, issues in found:
        that_day = on.setdefault((item.when.start, item.when.end), [])
        for group, about in that_day:
            if item.kind != group[0].kind and issues & about and _shared(item, group[0]):
                group.append(item)
                break
        else:
            told.append([item])
            that_day.append((told[-1], issues))
    return [tuple(group) for group in told]


def engagements(morning: Morning) -> Iterator[Coming]:
    """Yield the engagements about the scope's issues, with it, or prepared by it."""
    scope = morning.scope
    for engagement in morning.snapshot.engagements:
        when = engagement.date
        if when > morning.until or (engagement.until or when) < morning.today:
            continue
        known = {*engagement.attendees, *attending(morning.snapshot, engagement)}
        if scope.touches(engagement.issues) or scope.id in known | {engagement.prepared_by}:
            days = span(when, engagement.until)
            yield Coming("engagement", days, engagement.title, engagement.attendees, engagement.id)


def _actions(morning: Morning) -> Iterator[tuple[Coming, frozenset[str]]]:
    for action in morning.snapshot.actions:
        if action.status != "expected" or not morning.ahead(action.when):
            continue
        if morning.scope.touches(action.issues) or morning.scope.id in action.by:
            item = Coming("action", action.when, action.title, action.by, action.id)
            yield item, frozenset(action.issues)


def _promises(morning: Morning) -> Iterator[tuple[Coming, frozenset[str]]]:
    for promise in morning.promises:
        if promise.due and morning.ahead(promise.due):
            item = Coming("commitment", promise.due, promise.title, promise.by, promise.id)
            yield item, frozenset(promise.issues)


def _clocks(morning: Morning) -> Iterator[tuple[Coming, frozenset[str]]]:
    for deadline in morning.near:
        if morning.ahead(deadline.due):
            cited = deadline.citation
            item = Coming("clock", deadline.due, deadline.what, (), deadline.issue, cited)
            yield item, frozenset({deadline.issue})


def _milestones(morning: Morning) -> Iterator[tuple[Coming, frozenset[str]]]:
    for issue in morning.issues:
        for milestone in issue.milestones:
            if milestone.due and not milestone.done and morning.ahead(milestone.due):
                item = Coming("milestone", milestone.due, milestone.what, (), issue.id)
                yield item, frozenset({issue.id})
