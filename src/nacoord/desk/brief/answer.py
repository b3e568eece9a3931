"""The brief: the bottom line, what is needed and late, what changed and comes, where all stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date

from nacoord.desk.brief.bottomline import bottom_line
from nacoord.desk.brief.frame import Frame
from nacoord.desk.brief.health import HealthHistory
from nacoord.desk.brief.health import Strip
from nacoord.desk.brief.health import strip
from nacoord.desk.brief.madefrom import MadeFrom
from nacoord.desk.brief.promises import Promised
from nacoord.desk.brief.promises import promised
from nacoord.desk.brief.standing import Standing
from nacoord.desk.brief.standing import standings
from nacoord.desk.chronicle import Entry
from nacoord.desk.lately import Lately
from nacoord.desk.lately import lately
from nacoord.desk.lately import present_names
from nacoord.desk.promises.account import History
from nacoord.desk.radar.answer import radar
from nacoord.desk.radar.finding import Finding
from nacoord.desk.readahead import ReadAhead
from nacoord.desk.release import Release
from nacoord.desk.release import findings_of
from nacoord.desk.status.coming import Coming
from nacoord.desk.status.coming import coming
from nacoord.desk.status.pressing import Pressing
from nacoord.desk.status.pressing import pressing
from nacoord.model.facts import NO_FACTS
from nacoord.model.facts import Facts
from nacoord.model.kinds.issue import Issue
from nacoord.model.marking import highest


@dataclass(frozen=True)
class Past:
    """What history says, as far as it is known today and may be told.

    Attributes:
        entries: the commits of the days looked back on, newest first.
        later: how many commits are left out because they were made after today.
        facts: what the radar's rules ask of history.
        promises: the lives of the promises.
        health: the changes of health in the last weeks.
    """

    entries: tuple[Entry, ...] = ()
    later: int = 0
    facts: Facts = NO_FACTS
    promises: History = field(default_factory=History)
    health: HealthHistory = field(default_factory=HealthHistory)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, as far as the brief itself says it.

    Attributes:
        last: the day of the brief that this one follows; None when it follows none.
        full: everything, not what fits two pages.
        own_words: the bottom line in the office's own words; empty to have it put together.
    """

    last: date | None = None
    full: bool = False
    own_words: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """The answer of `nacoord brief`.

    Attributes:
        title: the part of the work it covers, or the meeting it is for; empty for everything.
        scope: the id of that; empty for everything.
        office: the office whose record it is.
        today: the day for which it is true.
        since: the first day that is looked back on.
        until: the last day ahead.
        last: the day of the brief that this one follows; None when it follows none.
        full: whether it is to be shown whole, not on two pages.
        marking: the highest marking of what it was made from.
        omitted: what was left out for its marking, in words; empty when nothing was.
        bottom_line: the paragraphs or sentences that come first.
        own_words: whether the office wrote them; else they are put together from the record.
        issues: how many live issues there are.
        health: how many of each health.
        decisions: what must be decided until then, what is late first.
        overdue: what else is overdue, the oldest first.
        changed: what happened in the days looked back on, issue by issue.
        later: how many commits are left out because they were made after today.
        coming: what is dated until the last day.
        radar: what is about to surprise somebody, by rank.
        standings: where each live issue stands, and who raises what on it.
        promises: how promises stand, counted.
        strip: the health of the issues over the last weeks.
        meeting: what to have read, where the brief is for a meeting.
        made_from: what it was made from; None where that was not asked.
    """

    title: str
    scope: str
    office: str
    today: date
    since: date
    until: date
    last: date | None
    full: bool
    marking: str
    omitted: str
    bottom_line: tuple[str, ...]
    own_words: bool
    issues: int
    health: dict[str, int]
    decisions: tuple[Pressing, ...]
    overdue: tuple[Pressing, ...]
    changed: tuple[Lately, ...]
    later: int
    coming: tuple[Coming, ...]
    radar: tuple[Finding, ...]
    standings: tuple[Standing, ...]
    promises: tuple[Promised, ...]
    strip: Strip
    meeting: ReadAhead | None = None
    made_from: MadeFrom | None = None


def brief(
    frame: Frame, left: Release, past: Past, asked: Asked, meeting: ReadAhead | None = None
) -> Brief:
    """Put a brief together.

    Args:
        frame: the part of the work and the days; its Snapshot is the released one.
        left: what may be told.
        past: what history says.
        asked: what was asked for.
        meeting: what to have read before the meeting that it is for.
    """
    press = pressing(frame.morning)
    decisions = [each for each in press if _is_decision(frame, each)]
    overdue = [each for each in press if each.urgency == "late" and each not in decisions]
    found = radar(frame.snapshot, frame.today, frame.scope, past.facts).findings
    findings = findings_of(found, left)
    own = _paragraphs(asked.own_words)
    live, changed = frame.live, lately(frame.days, past.entries, None)
    return Brief(
        title="" if frame.scope.kind == "everything" else frame.scope.title,
        scope=frame.scope.id,
        office=frame.snapshot.office.name,
        today=frame.today,
        since=frame.since,
        until=frame.until,
        last=asked.last,
        full=asked.full,
        marking=highest([left.marking, *_told_markings(left, changed, past.entries)]),
        omitted=left.said(),
        bottom_line=own or bottom_line(frame, decisions, overdue, findings),
        own_words=bool(own),
        issues=len(live),
        health=dict(Counter(issue.health for issue in live)),
        decisions=tuple(decisions),
        overdue=tuple(overdue),
        changed=changed,
        later=past.later,
        coming=coming(frame.morning),
        radar=findings,
        standings=standings(frame),
        promises=promised(frame, past.promises),
        strip=strip(frame, past.health),
        meeting=meeting,
    )


def in_own_words(answer: Brief, words: str) -> Brief:
    """Return a brief with the bottom line in the office's own words."""
    made = replace(answer.made_from, own_words=words) if answer.made_from else None
    return replace(answer, bottom_line=_paragraphs(words), own_words=True, made_from=made)


def _paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text, each on one line; a blank line stands between two."""
    parts = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n"))
    return tuple(folded for part in parts if (folded := " ".join(part.split())))


def _is_decision(frame: Frame, each: Pressing) -> bool:
    if each.urgency == "decide":
        return True
    issue = frame.snapshot.get(Issue, each.record)
    return issue is not None and any(
        decision.what == each.what and decision.decided is None for decision in issue.decisions
    )


def _told_markings(
    left: Release, changed: Sequence[Lately], entries: Iterable[Entry]
) -> Iterator[str]:
    """Yield the markings of the versions that are told of; they may be higher than today's."""
    told = {(event.commit, event.record) for each in changed for event in each.events}
    names = present_names(left.snapshot)
    for entry in entries:
        for change in entry.records:
            if (entry.commit, names.get(change.id, change.id)) in told:
                yield change.marking
                # Under a ceiling what was marked above it has been taken out.
                yield from change.hidden.values() if left.ceiling is None else ()
