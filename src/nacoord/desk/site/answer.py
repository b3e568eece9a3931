"""The answer of `nacoord site`: what its pages tell, of a part of the work, under a ceiling.

It is asked of what may leave only, history too.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date
from datetime import timedelta

from nacoord.desk.agenda import Agenda
from nacoord.desk.agenda import agenda
from nacoord.desk.chronicle import Entry
from nacoord.desk.edits.outcome import RecordChange
from nacoord.desk.export import contained
from nacoord.desk.facts import facts_of
from nacoord.desk.lookup import Scope
from nacoord.desk.promises.account import History
from nacoord.desk.promises.kept import Kept
from nacoord.desk.promises.kept import kept
from nacoord.desk.radar.answer import Radar
from nacoord.desk.radar.answer import radar
from nacoord.desk.release import Release
from nacoord.desk.release import findings_of
from nacoord.desk.status.answer import Status
from nacoord.desk.status.answer import status
from nacoord.model.marking import highest
from nacoord.model.snapshot import Snapshot

# How far ahead the calendar goes.
WEEKS = 8


@dataclass(frozen=True, slots=True)
class Told:
    """What one commit did to one record."""

    entry: Entry
    change: RecordChange


@dataclass(frozen=True)
class Site:
    """What the pages of a site tell.

    Attributes:
        scope: the part of the work it covers.
        today: the day for which it is true.
        ceiling: the highest marking that may leave; None when everything may.
        marking: the highest marking of what its pages may hold.
        left_out: in words, what was left out under the ceiling; empty when nothing was.
        unread: how many files could not be read.
        snapshot: what may leave of the record.
        pages: the ids of the records that have a page.
        status: what presses, where each issue stands, who raises what, what comes.
        radar: what is about to surprise somebody.
        agenda: the weeks ahead, by day.
        kept: how promises are kept.
        history: by record, what changed up to today, newest first.
        changed: the commits of the last days, newest first.
        later: how many commits came after today and are not told.
        past: whether there is a history at all.
    """

    scope: Scope
    today: date
    ceiling: str | None
    marking: str
    left_out: str
    unread: int
    snapshot: Snapshot
    pages: frozenset[str]
    status: Status
    radar: Radar
    agenda: Agenda
    kept: Kept
    history: Mapping[str, tuple[Told, ...]]
    changed: tuple[Entry, ...]
    later: int
    past: bool


@dataclass(frozen=True, slots=True)
class Past:
    """What history gives to a site.

    Attributes:
        entries: commits up to today that may be told, newest first.
        later: how many came after today.
        promises: the lives of promises; none under a ceiling, where they could tell what was.
        uncommitted: the ids of records whose files differ from the newest commit.
    """

    entries: tuple[Entry, ...] = ()
    later: int = 0
    promises: History = field(default_factory=History)
    uncommitted: tuple[str, ...] = ()


def site(left: Release, today: date, scope: Scope, past: Past, unread: int = 0) -> Site:
    """Return what the pages of a site tell of a part of the work.

    Args:
        left: what may leave.
        today: the day for which it is told.
        scope: the part of the work, of what may leave.
        past: what history says.
        unread: how many files could not be read.
    """
    snapshot = left.snapshot
    pages = contained(snapshot, scope)
    history = by_record(snapshot, past.entries)
    days: dict[str, list[date]] = {}
    for entry in past.entries:
        for change in entry.records:
            days.setdefault(change.id, []).append(entry.on)
    history = {id: told for id, told in history.items() if id in pages}
    facts = facts_of(snapshot, today, days, past.entries, past.uncommitted)
    found = radar(snapshot, today, scope, facts)
    return Site(
        scope=scope,
        today=today,
        ceiling=left.ceiling,
        # Answers look at the whole record, so its marking stands even over a part of it.
        marking=highest([left.marking, *_told_markings(left, history)]),
        left_out=left.said(),
        unread=unread,
        snapshot=snapshot,
        pages=pages,
        status=status(snapshot, today, scope),
        radar=replace(found, findings=findings_of(found.findings, left)),
        agenda=agenda(snapshot, today, scope, today + timedelta(weeks=WEEKS)),
        kept=kept(snapshot, today, scope, past.promises),
        history=history,
        changed=_lately(snapshot, today, pages, past.entries),
        later=past.later,
        past=bool(past.entries),
    )


def by_record(snapshot: Snapshot, entries: Iterable[Entry]) -> dict[str, tuple[Told, ...]]:
    """Return what commits did, by the present id of each record, newest first."""
    present = {old: record.id for record in snapshot.records.values() for old in record.formerly}
    found: dict[str, list[Told]] = {}
    for entry in entries:
        for change in entry.records:
            id = change.id if change.id in snapshot.records else present.get(change.id, "")
            if id:
                found.setdefault(id, []).append(Told(entry, change))
    return {id: tuple(told) for id, told in found.items()}


def _told_markings(left: Release, history: Mapping[str, Iterable[Told]]) -> Iterator[str]:
    """Yield the markings of the versions that are told of; they may be higher than today's."""
    for told in history.values():
        for each in told:
            yield each.change.marking
            # Under a ceiling what was marked above it has been taken out.
            yield from each.change.hidden.values() if left.ceiling is None else ()


def _lately(
    snapshot: Snapshot, today: date, pages: frozenset[str], entries: Iterable[Entry]
) -> tuple[Entry, ...]:
    since = today - timedelta(days=snapshot.office.thresholds.recent_days)
    known = {name for id in pages for name in (id, *snapshot.records[id].formerly)}
    return tuple(
        entry
        for entry in entries
        if entry.on > since and any(change.id in known for change in entry.records)
    )
