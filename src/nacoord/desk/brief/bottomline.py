"""The bottom line, put together from facts: what must be decided, what may surprise, what is late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from nacoord.desk.brief.frame import Frame
from nacoord.desk.radar.finding import Finding
from nacoord.desk.status.pressing import Pressing
from nacoord.desk.telling import untold
from nacoord.model.kinds.action import Action
from nacoord.model.when import When

# The rules whose findings are surprises to somebody; the others are what is owed or ill kept.
SURPRISES = frozenset({"untold", "collision", "suspect-clearance", "uncleared", "held-signal"})
# How many are named where there may be many.
_NAMED = 3


def bottom_line(
    frame: Frame,
    decisions: Sequence[Pressing],
    overdue: Sequence[Pressing],
    findings: Sequence[Finding],
) -> tuple[str, ...]:
    """Return two or three sentences, each true of the record and of nothing else."""
    surprises = [finding for finding in findings if finding.rule in SURPRISES]
    found = [
        _decide(frame, decisions),
        _surprise(frame, surprises[0]) if surprises else "",
        _late(frame, overdue, also=any(_is_late(each) for each in decisions)),
    ]
    return tuple(each for each in found if each)


def _decide(frame: Frame, decisions: Sequence[Pressing]) -> str:
    if not decisions:
        return f"No decision is waited for until {_day(frame, frame.until)}."
    first = decisions[0]
    when = _due(frame, first) if first.due else "with no day set"
    of = f"from {_names(frame, first.who)}" if first.who else ""
    asked = ", ".join(part for part in (_question(first.what), of, when) if part)
    if len(decisions) == 1:
        return f"One decision is needed: {asked}."
    return f"{_many(len(decisions)).capitalize()} decisions are needed, the first of them: {asked}."


def _is_late(each: Pressing) -> bool:
    return each.days is not None and each.days < 0


def _due(frame: Frame, each: Pressing) -> str:
    """Return by when something is due; of a window its last day counts."""
    due = each.due
    if due is None:
        return ""
    if _is_month(due):
        return f"{'which was due in' if _is_late(each) else 'by'} {due.start:%B %Y}"
    return f"{'which was due on' if _is_late(each) else 'by'} {_day(frame, due.end)}"


def _question(what: str) -> str:
    return f"“{what}”"


def _surprise(frame: Frame, finding: Finding) -> str:
    action = frame.snapshot.get(Action, finding.about)
    missing = [entry.who for entry in untold(frame.snapshot, action)] if action else []
    if action is None or not missing:
        return f"What may surprise first: {finding.what}."
    verb = "has" if len(missing) == 1 else "have"
    return (
        f"What may surprise first is “{action.title}” {_moment(frame, action.when)}: "
        f"{_names(frame, missing)} {verb} not been told."
    )


def _late(frame: Frame, overdue: Sequence[Pressing], *, also: bool) -> str:
    """Return what is overdue besides decisions, of which some may be late too."""
    more = " more" if also else ""
    if not overdue:
        return f"Nothing{' else' * also} is overdue."
    sides = [
        f"{_many(count)} {side}" if len(overdue) > 1 else side
        for side in ("ours", "theirs")
        if (count := sum(each.side == side for each in overdue))
    ]
    first = overdue[0]
    days = -(first.days or 0)
    since = f"{days} day{'s' * (days != 1)}"
    if len(overdue) == 1:
        return f"One{more} thing is overdue, and it is {sides[0]}: {_question(first.what)}, by {since}."
    whose = " and ".join(sides)
    return (
        f"{_many(len(overdue)).capitalize()}{more} things are overdue, {whose}; "
        f"the longest, by {since}: {_question(first.what)}."
    )


def _names(frame: Frame, ids: Sequence[str]) -> str:
    names = [frame.snapshot.name(id) for id in ids]
    if len(names) > _NAMED + 1:
        names = [*names[:_NAMED], f"{_many(len(names) - _NAMED)} others"]
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _moment(frame: Frame, when: When) -> str:
    if when.exact:
        return f"on {_day(frame, when.start)}"
    if _is_month(when):
        return f"in {when.start:%B %Y}"
    return f"between {_day(frame, when.start)} and {_day(frame, when.end)}"


def _is_month(when: When) -> bool:
    return len(when.text) == len("2021-04")


def _day(frame: Frame, day: date) -> str:
    year = f" {day.year}" if day.year != frame.today.year else ""
    return f"{day.day} {day:%B}{year}"


def _many(count: int) -> str:
    few = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return few[count] if count < len(few) else str(count)
