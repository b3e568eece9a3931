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
        _late(frame, overdue),
    ]
    return tuple(each for each in found if each)


def _decide(frame: Frame, decisions: Sequence[Pressing]) -> str:
    if not decisions:
        return f"No decision is waited for until {_day(frame, frame.until)}."
    first = decisions[0]
    late = first.days is not None and first.days < 0
    when = (
        f"{'which was due on' if late else 'by'} {_moment(frame, first.due)}"
        if first.due
        else "with no day set"
    )
    of = f"from {_names(frame, first.who)}" if first.who else ""
    asked = ", ".join(part for part in (_question(first.what), of, when) if part)
    if len(decisions) == 1:
        return f"One decision is needed: {asked}."
    return f"{_many(len(decisions)).capitalize()} decisions are needed, the first of them: {asked}."


def _question(what: str) -> str:
    return f"“{what}”"


def _surprise(frame: Frame, finding: Finding) -> str:
    action = frame.snapshot.get(Action, finding.about)
    missing = [entry.who for entry in untold(frame.snapshot, action)] if action else []
    if action is None or not missing:
        return f"What may surprise first: {finding.what}."
    when = _moment(frame, action.when)
    on = "on" if action.when.exact else "in"
    verb = "has" if len(missing) == 1 else "have"
    return (
        f"What may surprise first is “{action.title}” {on} {when}: "
        f"{_names(frame, missing)} {verb} not been told."
    )


def _late(frame: Frame, overdue: Sequence[Pressing]) -> str:
    if not overdue:
        return "Nothing is overdue."
    sides = [
        f"{_many(count)} {side}" if len(overdue) > 1 else side
        for side in ("ours", "theirs")
        if (count := sum(each.side == side for each in overdue))
    ]
    first = overdue[0]
    days = -(first.days or 0)
    since = f"{days} day{'s' * (days != 1)}"
    if len(overdue) == 1:
        return f"One thing is overdue, and it is {sides[0]}: {_question(first.what)}, by {since}."
    whose = " and ".join(sides)
    return (
        f"{_many(len(overdue)).capitalize()} things are overdue, {whose}; "
        f"the longest, by {since}: {_question(first.what)}."
    )


def _names(frame: Frame, ids: Sequence[str]) -> str:
    names = [frame.snapshot.name(id) for id in ids]
    if len(names) > _NAMED + 1:
        names = [*names[:_NAMED], f"{_many(len(names) - _NAMED)} others"]
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _moment(frame: Frame, when: When | None) -> str:
    if when is None:
        return ""
    if when.exact:
        return _day(frame, when.start)
    if len(when.text) == len("2021-04"):
        return f"{when.start:%B %Y}"
    return f"{_day(frame, when.start)} to {_day(frame, when.end)}"


def _day(frame: Frame, day: date) -> str:
    year = f" {day.year}" if day.year != frame.today.year else ""
    return f"{day.day} {day:%B}{year}"


def _many(count: int) -> str:
    few = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return few[count] if count < len(few) else str(count)
