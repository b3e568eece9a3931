"""What of a record stands in a calendar: contacts, actions, and whatever falls due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from typing import Literal

from nacoord.desk.deadlines import Deadline
from nacoord.desk.deadlines import reckon
from nacoord.desk.release import markings
from nacoord.model.kinds.action import Action
from nacoord.model.kinds.clock import Clock
from nacoord.model.kinds.commitment import Commitment
from nacoord.model.kinds.engagement import Engagement
from nacoord.model.kinds.issue import Issue
from nacoord.model.marking import highest
from nacoord.model.snapshot import Snapshot
from nacoord.model.when import When
from nacoord.model.when import day
from nacoord.model.when import span

Sort = Literal["contact", "action", "promise", "step", "decision", "milestone", "deadline"]


@dataclass(frozen=True, slots=True)
class Occasion:
    """A day in a calendar, or several.

    Attributes:
        record: the id of the record that it is of.
        key: the field that it is of, and the entry; with the record it stays the same whatever
            becomes of the day, so that a calendar moves what it knows.
        sort: what sort of occasion it is.
        what: what happens or must have happened.
        when: the day or days on which it stands.
        time: when it begins, as 14:30, in the office's time zone; empty for the whole day.
        state: how it went, in a word; empty when it is to come.
        off: True when it will not be.
        of: the ids of the records that it is taken from.
        marking: their highest marking.
        issue: the id of the issue that it is of; empty for what has several.
        who: the ids of whoever takes part, acts or owes.
        place: where.
        moment: the moment as the record says it.
        citation: the provision that sets it.
        opens: True when a time to wait ends with it: something may be done, and nothing is late.
    """

    record: str
    key: str
    sort: Sort
    what: str
    when: When
    time: str = ""
    state: str = ""
    off: bool = False
    of: tuple[str, ...] = ()
    marking: str = ""
    issue: str = ""
    who: tuple[str, ...] = ()
    place: str = ""
    moment: str = ""
    citation: str = ""
    opens: bool = False


def occasions(snapshot: Snapshot, today: date) -> tuple[Occasion, ...]:
    """Return every occasion of a record, by day.

    What is due within a month or a window is due by its last day; contacts and actions may be on any
    day of it, and so stand on all of them.
    """
    found = [
        *(_contact(each) for each in snapshot.engagements),
        *(_action(each) for each in snapshot.actions),
        *(_promise(each, each.due) for each in snapshot.commitments if each.due),
        *(one for issue in snapshot.issues for one in _of_issue(issue)),
        *_deadlines(snapshot, today),
    ]
    whole = [_marked(snapshot, each) for each in _numbered(found)]
    return tuple(sorted(whole, key=lambda each: (each.when.start, each.record, each.key)))


def _contact(each: Engagement) -> Occasion:
    when = span(each.date, each.until)
    return Occasion(
        each.id,
        "date",
        "contact",
        each.title,
        when,
        time=each.time or "",
        of=(each.id,),
        who=each.attendees,
        place=each.place or "",
        moment=when.text,
    )


def _action(each: Action) -> Occasion:
    return Occasion(
        each.id,
        "when",
        "action",
        each.title,
        each.when,
        state="" if each.status == "expected" else each.status,
        off=each.status == "withdrawn",
        of=(each.id,),
        who=each.by,
        moment=each.when.text,
    )


def _promise(each: Commitment, due: When) -> Occasion:
    return Occasion(
        each.id,
        "due",
        "promise",
        each.title,
        day(due.end),
        state="" if each.status == "open" else each.status,
        off=each.status in ("withdrawn", "superseded"),
        of=(each.id,),
        who=each.by,
        moment=due.text,
        citation=each.mandate or "",
    )


def _of_issue(issue: Issue) -> Iterator[Occasion]:
    """Yield the next step, decisions and milestones of an issue; once it is over, none is to come."""
    step = issue.next_step
    if step and step.due:
        yield _due(issue, "next_step", "step", step.what, step.due, step.who, off=issue.ended)
    for each in issue.decisions:
        taken = each.decided
        when = day(taken.on) if taken else each.due
        if when:
            yield replace(
                _due(issue, f"decisions/{each.what}", "decision", each.what, when, each.who),
                state="decided" if taken else "",
                off=issue.ended and taken is None,
            )
    for mark in issue.milestones:
        when = day(mark.done) if mark.done else mark.due
        if when:
            yield replace(
                _due(issue, f"milestones/{mark.what}", "milestone", mark.what, when, None),
                state="done" if mark.done else "",
                off=issue.ended and mark.done is None,
            )


def _due(
    issue: Issue, key: str, sort: Sort, what: str, due: When, who: str | None, *, off: bool = False
) -> Occasion:
    return Occasion(
        issue.id,
        key,
        sort,
        what,
        day(due.end),
        off=off,
        of=(issue.id,),
        issue=issue.id,
        who=(who,) if who else (),
        moment=due.text,
    )


def _deadlines(snapshot: Snapshot, today: date) -> Iterator[Occasion]:
    found = reckon(snapshot, today)
    runs = Counter(
        (issue.id, run.clock) for issue in snapshot.issues for run in issue.clocks if run.started
    )
    for each in found:
        yield Occasion(
            each.issue,
            _deadline_key(snapshot, each, several=runs[each.issue, each.clock] > 1),
            "deadline",
            each.what,
            day(each.due.end),
            state={"met": "met", "stayed": "stayed", "superseded": "superseded"}.get(
                each.state, ""
            ),
            off=each.state in ("stayed", "superseded", "ended"),
            of=(each.issue, each.clock),
            issue=each.issue,
            moment=each.due.text,
            citation=each.citation,
            opens=_opens(snapshot, each),
        )


def _opens(snapshot: Snapshot, each: Deadline) -> bool:
    clock = snapshot.get(Clock, each.clock)
    steps = clock.steps if clock else ()
    return any(step.name == each.what and step.at_least for step in steps)


def _deadline_key(snapshot: Snapshot, each: Deadline, *, several: bool) -> str:
    """Return what a deadline is known by: its clock and step.

    Where a clock runs several times on an issue, by its start too. A round that comes round again has
    nothing of its own but its day.
    """
    clock = snapshot.get(Clock, each.clock)
    key = f"clocks/{each.clock}/{each.what}"
    if several:
        key += f"/{each.started}"
    return f"{key}/{each.due.text}" if clock and clock.recurrence else key


def _numbered(found: Iterable[Occasion]) -> Iterator[Occasion]:
    """Yield occasions with keys that differ, where two entries of a list say the same."""
    seen: Counter[tuple[str, str]] = Counter()
    for each in found:
        seen[each.record, each.key] += 1
        number = seen[each.record, each.key]
        yield each if number == 1 else replace(each, key=f"{each.key}#{number}")


def _marked(snapshot: Snapshot, each: Occasion) -> Occasion:
    return replace(each, marking=highest(markings(snapshot.records[id] for id in each.of)))
