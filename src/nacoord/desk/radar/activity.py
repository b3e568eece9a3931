"""When something last happened on each issue, by what the record dates and by its history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nacoord.model.facts import Facts
from nacoord.model.kinds.commitment import Commitment
from nacoord.model.kinds.issue import Issue
from nacoord.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened on an issue: the day, and the record that says so."""

    on: date
    record: str


def last_happenings(snapshot: Snapshot, today: date, facts: Facts) -> dict[str, Happening]:
    """Return the newest happening on each issue, up to today; an issue without one is left out."""
    newest: dict[str, Happening] = {}
    for issue, on, record in _all(snapshot, today, facts):
        if on <= today and (issue not in newest or on > newest[issue].on):
            newest[issue] = Happening(on, record)
    return newest


def _all(snapshot: Snapshot, today: date, facts: Facts) -> Iterator[tuple[str, date, str]]:
    for issue in snapshot.issues:
        for on in _of_issue(issue):
            yield issue.id, on, issue.id
        if issue.id in facts.touched:
            yield issue.id, facts.touched[issue.id], issue.id
    yield from _contacts(snapshot, today)
    yield from _actions(snapshot)
    for commitment in snapshot.commitments:
        for on in _of_promise(commitment, facts):
            for id in commitment.issues:
                yield id, on, commitment.id
    for agency in snapshot.agencies:
        for position in agency.positions:
            if position.since:
                yield position.issue, position.since, agency.id


def _contacts(snapshot: Snapshot, today: date) -> Iterator[tuple[str, date, str]]:
    for engagement in snapshot.engagements:
        # One of several days happens on each of them.
        last = max(engagement.date, min(engagement.until or engagement.date, today))
        for id in engagement.issues:
            yield id, last, engagement.id


def _actions(snapshot: Snapshot) -> Iterator[tuple[str, date, str]]:
    for action in snapshot.actions:
        days = [entry.on for entry in action.told]
        days += [entry.on for entry in action.clearances if entry.on]
        days += [action.when.end] if action.status == "happened" else []
        for id in action.issues:
            for on in days:
                yield id, on, action.id


def _of_issue(issue: Issue) -> Iterator[date]:
    yield from (note.on for note in issue.notes)
    yield from (entry.done for entry in issue.milestones if entry.done)
    yield from (entry.decided.on for entry in issue.decisions if entry.decided)
    for run in issue.clocks:
        yield from (entry.on for entry in run.met)
        if run.ended:
            yield run.ended.on


def _of_promise(commitment: Commitment, facts: Facts) -> Iterator[date]:
    yield from (note.on for note in commitment.notes)
    yield from (entry.on for entry in commitment.evidence if entry.on)
    if commitment.said and commitment.said.on:
        yield commitment.said.on
    for name in ("received", "tasked", "interim", "answered"):
        if on := getattr(commitment.dates, name):
            yield on
    if commitment.id in facts.touched:
        yield facts.touched[commitment.id]
