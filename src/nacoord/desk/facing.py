"""Who meets whom: the meeting ahead, those across the table, and the last contact with them."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import timedelta

from nacoord.desk.contacts import NO_CONTACT
from nacoord.desk.contacts import attending
from nacoord.desk.contacts import contacts
from nacoord.desk.lookup import Scope
from nacoord.desk.lookup import family
from nacoord.desk.lookup import find_among
from nacoord.desk.lookup import touching
from nacoord.desk.sides import agency_of
from nacoord.desk.sides import side
from nacoord.model.errors import UsageError
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.engagement import Engagement
from nacoord.model.kinds.issue import Issue
from nacoord.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Facing:
    """A stakeholder or a table of them, and what there is to meet about.

    Attributes:
        asked: the engagement or agency asked for.
        meeting: the engagement; for an agency the next one with it, None when none is planned.
        them: the bodies across the table: those of other countries where any are there, else all.
        others: the other bodies that are there, the own office left out.
        theirs: the ids of them, of everything below them and of the persons who serve there.
        present: the same of everybody who is there.
        issues: the issues at hand: the meeting's, else the live ones that they are in.
        further: the other live issues that they are in.
        last: the last contact with each of them; those whom nobody has met are left out.
        since: the oldest day of these, from which on one of them has heard nothing; None without.
    """

    asked: Engagement | Agency
    meeting: Engagement | None
    them: tuple[str, ...]
    others: tuple[str, ...]
    theirs: frozenset[str]
    present: frozenset[str]
    issues: tuple[Issue, ...]
    further: tuple[Issue, ...]
    last: dict[str, Engagement]
    since: date | None


def find_asked(snapshot: Snapshot, word: str) -> Engagement | Agency:
    """Return the engagement or agency that a typed word means.

    Raises:
        UnknownError, AmbiguousError, UnreadableError: as `find_record` does.
        UsageError: when it is the office itself.
    """
    pool = [*snapshot.engagements, *snapshot.agencies]
    found = find_among(snapshot, word, pool, "engagement or agency")
    assert isinstance(found, (Engagement, Agency))
    if found.id == snapshot.office.own_agency:
        raise UsageError(f"{found.id} is the office itself", hint="see its days: nacoord agenda")
    return found


def facing(snapshot: Snapshot, today: date, asked: Engagement | Agency) -> Facing:
    """Return who is met: at an engagement, or in an agency and everything below it."""
    meeting = asked if isinstance(asked, Engagement) else _next(snapshot, today, asked)
    there = _bodies(snapshot, meeting) if meeting else ()
    if isinstance(asked, Agency):
        them: tuple[str, ...] = (asked.id,)
    else:
        them = tuple(id for id in there if side(snapshot, (id,)) == "theirs") or there
    theirs = family(snapshot, *them)
    last = _last(snapshot, today, meeting, them)
    named = [issue for id in (meeting.issues if meeting else ()) if (issue := _issue(snapshot, id))]
    live = [
        each for each in snapshot.issues if each.live and not theirs.isdisjoint(each.agencies())
    ]
    live.sort(key=lambda issue: (issue.priority, issue.id))
    at_hand = named or live
    return Facing(
        asked=asked,
        meeting=meeting,
        them=them,
        others=tuple(id for id in there if id not in theirs),
        theirs=theirs,
        present=theirs | family(snapshot, *there),
        issues=tuple(at_hand),
        further=tuple(issue for issue in live if issue not in at_hand),
        last=last,
        since=min((min(_last_day(each), today) for each in last.values()), default=None),
    )


def about(snapshot: Snapshot, met: Facing) -> frozenset[str]:
    """Return the ids of the records whose changes they would want to hear of, or we before them.

    The issues at hand, for an agency all it is in; what refers to them; promises either way.
    """
    wide = met.further if isinstance(met.asked, Agency) else ()
    issues = frozenset(issue.id for issue in (*met.issues, *wide))
    promised = {
        each.id for each in snapshot.commitments if not met.theirs.isdisjoint((*each.by, *each.to))
    }
    scope = Scope("issue", met.asked.id, met.asked.title, issues)
    return touching(snapshot, scope) | met.theirs | promised


def _issue(snapshot: Snapshot, id: str) -> Issue | None:
    return snapshot.get(Issue, id)


def _last_day(engagement: Engagement) -> date:
    return engagement.until or engagement.date


def _bodies(snapshot: Snapshot, engagement: Engagement) -> tuple[str, ...]:
    """Return the bodies at an engagement, by themselves or by a person, the own office left out."""
    own = family(snapshot, snapshot.office.own_agency)
    found = (agency_of(snapshot, id) for id in engagement.attendees)
    return tuple(dict.fromkeys(each.id for each in found if each and each.id not in own))


def _last(
    snapshot: Snapshot, today: date, meeting: Engagement | None, them: Sequence[str]
) -> dict[str, Engagement]:
    """Return the last contact with each before a meeting; one of today once something came of it."""
    one = timedelta(days=1)
    before = contacts(snapshot, min(today, meeting.date) - one if meeting else today - one)
    found = {id: each for id in them if (each := before.get(id, NO_CONTACT).last)}
    if meeting is None or meeting.date > today:
        now = contacts(snapshot, today)
        for id in them:
            latest = now.get(id, NO_CONTACT).last
            if latest and latest.date == today and latest.outcomes:
                found[id] = latest
    return found


def _next(snapshot: Snapshot, today: date, agency: Agency) -> Engagement | None:
    """Return the next engagement with an agency: one of today counts until something came of it."""
    return min(
        _ahead(snapshot, today, agency),
        key=lambda each: (each.date, each.time or "24:00", each.id),
        default=None,
    )


def _ahead(snapshot: Snapshot, today: date, agency: Agency) -> Iterator[Engagement]:
    for engagement in snapshot.engagements:
        held = engagement.date <= today and engagement.outcomes
        ahead = _last_day(engagement) >= today and not held
        if ahead and agency.id in attending(snapshot, engagement):
            yield engagement
