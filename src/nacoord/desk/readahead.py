"""The read-ahead of a meeting: promises both ways, issues, sensitive points, asks, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import timedelta

from nacoord.desk.chronicle import Entry
from nacoord.desk.facing import Facing
from nacoord.desk.owed import Ask
from nacoord.desk.owed import Promise
from nacoord.desk.owed import due_soon
from nacoord.desk.owed import first_ask
from nacoord.desk.owed import kept_since
from nacoord.desk.owed import moves
from nacoord.desk.owed import still_open
from nacoord.desk.owed import to_them
from nacoord.desk.owed import to_us
from nacoord.desk.sensitive import Marked
from nacoord.desk.sensitive import Sensitive
from nacoord.desk.sensitive import marked
from nacoord.desk.sensitive import sensitive
from nacoord.model.kinds.base import Level
from nacoord.model.kinds.engagement import Engagement
from nacoord.model.kinds.issue import Issue
from nacoord.model.snapshot import Snapshot
from nacoord.model.when import When
from nacoord.model.when import span


@dataclass(frozen=True, slots=True)
class Meeting:
    """An engagement: when and where it is, with whom, who prepares it, what came of it.

    Attributes:
        days: days from today until it begins; 0 while it lasts, negative once it has been.
    """

    engagement: str
    title: str
    type: str
    when: When
    days: int
    time: str
    place: str
    attendees: tuple[str, ...]
    prepared_by: str
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stance:
    """Where one of those who are there stands on an issue."""

    agency: str
    name: str
    stance: str
    since: date | None
    confidence: Level | None


@dataclass(frozen=True, slots=True)
class AtHand:
    """An issue to be talked about."""

    issue: str
    title: str
    priority: str
    status: str
    health: str
    next_step: str
    who: str
    due: When | None
    overdue: bool
    positions: tuple[Stance, ...]


@dataclass(frozen=True, slots=True)
class ReadAhead:
    """The answer of `nacoord agenda --for`.

    Attributes:
        asked: the engagement or agency asked for.
        title: its title.
        today: the day for which it is true.
        meeting: the meeting; None when none is planned.
        them: the bodies across the table.
        others: the other bodies that are there.
        last: the last contact with each of them, by id.
        since: the day of the oldest of these contacts; None when there was none.
        theirs: open promises of theirs to us, the most overdue first.
        ours: open promises of ours to them, the most overdue first.
        kept: promises either way that were kept since.
        issues: the issues at hand.
        further: ids of the other live issues they are in.
        sensitive: what to be careful with.
        marked: the records above that are not to be shared.
        asks: what we want of them: what is late first, then what is about the issues at hand.
        awaited: what they wait for from us.
        changes: what changed since, in words, newest first; None where there is no history.
    """

    asked: str
    title: str
    today: date
    meeting: Meeting | None
    them: tuple[str, ...]
    others: tuple[str, ...]
    last: dict[str, Meeting]
    since: date | None
    theirs: tuple[Promise, ...]
    ours: tuple[Promise, ...]
    kept: tuple[Promise, ...]
    issues: tuple[AtHand, ...]
    further: tuple[str, ...]
    sensitive: tuple[Sensitive, ...]
    marked: tuple[Marked, ...]
    asks: tuple[Ask, ...]
    awaited: tuple[Ask, ...]
    changes: tuple[Entry, ...] | None


def readahead(
    snapshot: Snapshot, today: date, met: Facing, changes: Sequence[Entry] | None
) -> ReadAhead:
    """Put together what to have read before one meets them.

    Args:
        met: who is met.
        changes: what history says changed since the last contact, newest first; None without one.
    """
    theirs = [each for each in snapshot.commitments if to_us(snapshot, met, each)]
    ours = [each for each in snapshot.commitments if to_them(snapshot, met, each)]
    promises = {each.id: each for each in (*theirs, *ours)}
    points = sensitive(snapshot, today, met)
    soon = _soon(snapshot, today, met)
    asks = (*due_soon(theirs, today, met, soon), *moves(snapshot, today, met))
    named = (
        *((met.meeting.id,) if met.meeting else ()),
        *(each.id for each in met.last.values()),
        *(issue.id for issue in met.issues),
        *promises,
        *(each.record for each in points),
        *(each.other for each in points),
        *(each.record for each in asks),
    )
    return ReadAhead(
        asked=met.asked.id,
        title=met.asked.title,
        today=today,
        meeting=_meeting(met.meeting, today) if met.meeting else None,
        them=met.them,
        others=met.others,
        last={id: _meeting(each, today) for id, each in met.last.items()},
        since=met.since,
        theirs=tuple(still_open(theirs, today)),
        ours=tuple(still_open(ours, today)),
        kept=tuple(kept_since(promises.values(), today, met.since)),
        issues=tuple(_at_hand(snapshot, today, met, issue) for issue in met.issues),
        further=tuple(issue.id for issue in met.further),
        sensitive=points,
        marked=marked(snapshot, named),
        asks=tuple(sorted(asks, key=first_ask)),
        awaited=tuple(sorted(due_soon(ours, today, met, soon), key=first_ask)),
        changes=None if changes is None else tuple(changes),
    )


def _meeting(engagement: Engagement, today: date) -> Meeting:
    when = span(engagement.date, engagement.until)
    return Meeting(
        engagement=engagement.id,
        title=engagement.title,
        type=engagement.type,
        when=when,
        days=when.days_from(today),
        time=engagement.time or "",
        place=engagement.place or "",
        attendees=engagement.attendees,
        prepared_by=engagement.prepared_by or "",
        outcomes=tuple(each.what for each in engagement.outcomes),
    )


def _soon(snapshot: Snapshot, today: date, met: Facing) -> date:
    """Return the last day that counts as soon, seen from the meeting."""
    from_day = max(today, met.meeting.date) if met.meeting else today
    return from_day + timedelta(days=snapshot.office.thresholds.soon_days)


def _at_hand(snapshot: Snapshot, today: date, met: Facing, issue: Issue) -> AtHand:
    step = issue.next_step
    due = step.due if step else None
    return AtHand(
        issue=issue.id,
        title=issue.title,
        priority=issue.priority,
        status=issue.status,
        health=issue.health,
        next_step=step.what if step else "",
        who=(step.who or "") if step else "",
        due=due,
        overdue=due is not None and due.end < today,
        positions=tuple(
            Stance(each.id, each.title, position.stance, position.since, position.confidence)
            for each in snapshot.agencies
            if each.id in met.present
            for position in each.positions
            if position.issue == issue.id
        ),
    )
