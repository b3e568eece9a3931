"""The highest marking of what a hand-over holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nacoord.desk.handover.tenure import Tenure
from nacoord.model.kinds.clock import Clock
from nacoord.model.marking import highest

if TYPE_CHECKING:
    from nacoord.desk.handover.answer import Handover

# The fields of a record, of any kind, that the book has no word of.
_UNTOLD = frozenset({"tags", "sources", "emails", "text", "aliases", "signals", "surprised"})


def marking(tenure: Tenure, answer: Handover) -> str:
    """Return the highest marking of the records told of, and of their fields."""
    return highest(_markings(tenure, answer))


def _markings(tenure: Tenure, answer: Handover) -> Iterator[str]:
    for id in set(_told(tenure, answer)):
        record = tenure.snapshot.records.get(id)
        if record is not None:
            yield record.marking
            yield from (each for name, each in record.field_markings.items() if name not in _UNTOLD)


def _told(tenure: Tenure, answer: Handover) -> Iterator[str]:
    """Yield the id of every record of which more than its id is told."""
    yield answer.id
    yield from (held.issue for held in answer.portfolio)
    yield from (each.issue for each in answer.resting)
    yield from (promise.commitment for promise in answer.promises)
    yield from (expected.action for expected in answer.expected)
    yield from (event.record for each in answer.lately for event in each.events)
    yield from (position.agency for position in answer.positions)
    for coming in answer.coming:
        yield coming.record
        if coming.kind == "clock":
            # It stands under its issue; the words are the clock's.
            yield from _clocks(tenure, coming.record)
    for person in answer.people:
        yield person.agency
        yield from (post.person for post in person.posts)
        yield from (met.engagement for met in (person.last, person.next) if met)


def _clocks(tenure: Tenure, issue: str) -> Iterator[str]:
    runs = (run for each in tenure.live if each.id == issue for run in each.clocks)
    return (run.clock for run in runs if tenure.snapshot.get(Clock, run.clock))
