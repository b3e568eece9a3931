"""The last days in words, issue by issue: what the record dates, and what git says was changed.

Both are needed. A record that is younger than what it tells has no history of it; what was changed
is often dated nowhere but in git.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from nacoord.desk.chronicle import Entry
from nacoord.desk.chronicle import narrowed
from nacoord.desk.edits.outcome import RecordChange
from nacoord.desk.edits.outcome import leading
from nacoord.desk.lookup import Scope
from nacoord.desk.lookup import touching
from nacoord.desk.wording import sentence
from nacoord.model.difference import FieldChange
from nacoord.model.kinds.action import Action
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.commitment import Commitment
from nacoord.model.kinds.engagement import Engagement
from nacoord.model.kinds.issue import Issue
from nacoord.model.references import references
from nacoord.model.snapshot import Snapshot

EventKind = Literal[
    "note", "met", "reached", "decided", "promised", "kept", "happened", "told", "clock", "changed"
]

# How many events of one issue are told; history has them all.
PER_ISSUE = 10
# A reason given for a change of many records is not the reason of each.
_FEW = 3


@dataclass(frozen=True)
class Days:
    """The days that are told of, and the work on which they are.

    Attributes:
        snapshot: the record.
        scope: the part of the work.
        issues: its issues, in the order in which they are told.
        since: the first day.
        today: the last day.
        bodies: the agencies whose own records are told of too.
    """

    snapshot: Snapshot
    scope: Scope
    issues: Sequence[Issue]
    since: date
    today: date
    bodies: frozenset[str] = frozenset()

    @cached_property
    def _order(self) -> dict[str, int]:
        """The place of each issue among those of the work."""
        return {issue.id: place for place, issue in enumerate(self.issues)}

    def hold(self, day: date | None) -> bool:
        """Tell whether a day is one of them."""
        return day is not None and self.since <= day <= self.today

    def first_of(self, issues: Iterable[str]) -> tuple[str, tuple[str, ...]]:
        """Return which issue of this work a thing is told under, and which others it is about.

        The first is empty when it is about none of them.
        """
        here = sorted({id for id in issues if id in self._order}, key=self._order.__getitem__)
        return (here[0], tuple(here[1:])) if here else ("", ())


@dataclass(frozen=True, slots=True)
class Event:
    """Something of the last days.

    Attributes:
        on: the day.
        kind: a note; a contact that was had; a milestone reached, a decision taken, a promise made
            or kept, an action that happened or was told of, a step of a clock; else a change that
            git knows.
        what: what happened.
        who: with whom, to whom or by whom.
        record: the record that says so.
        also: the other issues of this work that it is about.
        why: the reason given for a change; empty for all else.
        commit: the full id of the commit of a change; empty for all else.
    """

    on: date
    kind: EventKind
    what: str
    who: tuple[str, ...]
    record: str
    also: tuple[str, ...] = ()
    why: str = ""
    commit: str = ""


@dataclass(frozen=True, slots=True)
class Lately:
    """The last days of one issue.

    Attributes:
        issue: the issue; empty for what is about no issue but the scope itself.
        events: what happened, newest first.
        more: how many older events are left out.
    """

    issue: str
    events: tuple[Event, ...]
    more: int


def lately(
    days: Days, entries: Iterable[Entry], most: int | None = PER_ISSUE
) -> tuple[Lately, ...]:
    """Return what happened, in the order of the issues; those with nothing to tell are left out.

    Args:
        days: the days, and whose work they are on.
        entries: the commits of these days, newest first.
        most: how many events of one issue are told; None for all.
    """
    found: dict[str, list[Event]] = {}
    everything = days.scope.kind == "everything"
    ids = None if everything else touching(days.snapshot, days.scope) | days.bodies
    names = present_names(days.snapshot)
    for entry in narrowed(entries, ids, None):
        for issue, event in _changes(days, entry, names):
            found.setdefault(issue, []).append(event)
    for issue, event in _dated(days):
        found.setdefault(issue, []).append(event)
    order = ["", *(issue.id for issue in days.issues)]
    return tuple(_bounded(issue, found[issue], most) for issue in order if issue in found)


def _bounded(issue: str, events: list[Event], most: int | None) -> Lately:
    events.sort(key=lambda event: event.on, reverse=True)
    told = events[:most]
    return Lately(issue, tuple(told), len(events) - len(told))


def _place(days: Days, record: Record) -> tuple[str, tuple[str, ...]] | None:
    """Return the issue under which a record's events stand, and the others; None for nowhere."""
    if isinstance(record, Issue):
        return (record.id, ()) if record.id in days.scope.issues else None
    if isinstance(record, Agency):
        return ("", ()) if record.id in days.bodies else None
    if record.id == days.scope.id:
        return "", ()
    about = [each.id for each in references(record) if each.kinds == ("issue",)]
    issue, also = days.first_of(about)
    return (issue, also) if issue else None


# What the record dates.


def _dated(days: Days) -> Iterator[tuple[str, Event]]:
    for record in days.snapshot.records.values():
        place = _place(days, record)
        if place is None:
            continue
        issue, also = place
        for on, kind, what, who in _said(record):
            # What begins today is still ahead.
            begins = kind == "met" and on == days.today
            if days.hold(on) and not begins:
                yield issue, Event(on, kind, what, who, record.id, also)


_Said = tuple[date, EventKind, str, tuple[str, ...]]


def _said(record: Record) -> Iterator[_Said]:
    for note in record.notes:
        yield note.on, "note", note.text, (note.by,) if note.by else ()
    if isinstance(record, Issue):
        yield from _said_by_issue(record)
    elif isinstance(record, Engagement):
        came = "; ".join(outcome.what for outcome in record.outcomes)
        what = f"{record.title}: {came}" if came else record.title
        yield record.date, "met", what, record.attendees
    elif isinstance(record, Commitment):
        if record.said and record.said.on:
            yield record.said.on, "promised", record.title, record.by
        for proof in record.evidence:
            if proof.on and record.status == "met":
                yield proof.on, "kept", f"{record.title}: {proof.what}", record.by
    elif isinstance(record, Action):
        if record.status == "happened":
            yield record.when.end, "happened", record.title, record.by
        for told in record.told:
            yield told.on, "told", record.title, (told.who,)


def _said_by_issue(issue: Issue) -> Iterator[_Said]:
    for milestone in issue.milestones:
        if milestone.done:
            yield milestone.done, "reached", milestone.what, ()
    for decision in issue.decisions:
        if decision.decided:
            who = (decision.who,) if decision.who else ()
            what = f"{decision.what} {decision.decided.how}"
            yield decision.decided.on, "decided", what, who
    for run in issue.clocks:
        if run.started:
            yield run.started, "clock", "started", (run.clock,)
        for step in run.met:
            yield step.on, "clock", f"{step.step}: met", (run.clock,)
        if run.ended:
            because = f": {run.ended.because}" if run.ended.because else ""
            yield run.ended.on, "clock", f"{run.ended.how}{because}", (run.clock,)


# What git says was changed.


def _changes(days: Days, entry: Entry, names: Mapping[str, str]) -> Iterator[tuple[str, Event]]:
    told, _ = leading(entry.records)
    why = entry.why or ("" if entry.action else entry.subject)
    reason = " ".join(why.split()) if len(entry.records) <= _FEW else ""
    for change in told:
        id = names.get(change.id, change.id)
        for issue, also, what in _placed(days, change, id):
            event = Event(entry.on, "changed", what, (entry.who,), id, also, reason, entry.commit)
            yield issue, event


def _placed(
    days: Days, change: RecordChange, id: str
) -> Iterator[tuple[str, tuple[str, ...], str]]:
    record = days.snapshot.records.get(id)
    if record is None:
        if change.what == "removed" and days.scope.kind == "everything":
            yield "", (), change.words(72)
        return
    fields = [each for each in change.fields if not _tells_itself(days, each)]
    if isinstance(record, Agency):
        # Of a stakeholder's record, what it holds on an issue belongs to that issue.
        for each in fields:
            if each.field.startswith("positions") and each.entry in days.scope.issues:
                yield each.entry, (), sentence([each], 72)
        fields = [each for each in fields if not each.field.startswith("positions")]
    place = _place(days, record)
    if place is None:
        return
    if change.what == "changed" and fields:
        yield *place, sentence(fields, 72)
    elif change.what == "new" and isinstance(record, Engagement) and days.hold(record.date):
        return
    elif change.what in ("new", "renamed", "removed"):
        yield *place, change.words(72)


def present_names(snapshot: Snapshot) -> Mapping[str, str]:
    """Return the ids that records had, each with the one it has now; an id in use is its own."""
    return {
        former: record.id
        for record in snapshot.records.values()
        for former in record.formerly
        if former not in snapshot.records
    }


# Entries of these are dated themselves, and told by what they say.
_DATED = frozenset({"notes", "evidence", "told", "outcomes"})


def _tells_itself(days: Days, change: FieldChange) -> bool:
    if change.field == "milestones.done":
        return change.new is not None
    if change.field not in _DATED or not isinstance(change.new, dict):
        return False
    on = str(change.new.get("on", ""))
    return days.since.isoformat() <= on <= days.today.isoformat()
