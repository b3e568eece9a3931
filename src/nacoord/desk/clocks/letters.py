"""Letters and taskers: the stations each has passed, and where it waits.

The office's measure is the one State keeps for letters from Congress: an answer, or word that it
will be late, within 21 working days of receipt (GAO-14-424).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nacoord.desk.lookup import Scope
from nacoord.desk.workdays import add_workdays
from nacoord.desk.workdays import workdays_between
from nacoord.model.kinds.commitment import Commitment
from nacoord.model.snapshot import Snapshot
from nacoord.model.when import When

ANSWER_WITHIN = 21
CITATION = "GAO-14-424"
# The stations in their order; an interim answer is one on the way, and may be left out.
STATIONS = ("on_document", "received", "tasked", "interim", "answered")
# Letters are answered by offices of the United States.
_COUNTRIES = ("US",)


@dataclass(frozen=True, slots=True)
class Station:
    """A station a letter has passed: on_document, received, tasked, interim or answered."""

    name: str
    on: date


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter or tasker on its way to an answer.

    Attributes:
        commitment: the id of the promise to answer it.
        title: what it is called.
        by: who must answer.
        to: whom.
        issues: what it is about.
        status: the promise's status.
        due: by when an answer was promised, if a day was named.
        stations: those it has passed, in order.
        transit: days from the day on the document to receipt; None unless both are known.
        age: working days from receipt, or from the first station when receipt is not recorded, until
            the answer, or until today.
        counted_from: the station the age is counted from.
        waits_for: what comes next: received, tasked or answered; empty when nothing does.
        limit: the last day for an answer, full or interim; None when it has not come in.
        late: True when none went out by then.
        citation: what sets the limit.
    """

    commitment: str
    title: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    issues: tuple[str, ...]
    status: str
    due: When | None
    stations: tuple[Station, ...]
    transit: int | None
    age: int
    counted_from: str
    waits_for: str
    limit: date | None
    late: bool
    citation: str = CITATION


def letters(snapshot: Snapshot, today: date, scope: Scope) -> tuple[Letter, ...]:
    """Return every promise of a scope that has stations: what waits first, then what is late, the oldest first."""
    found = [
        _letter(snapshot, today, promise)
        for promise in snapshot.commitments
        if _stations(promise)
        and scope.kind != "clock"
        and (scope.touches(promise.issues) or scope.id in (*promise.by, *promise.to))
    ]
    found.sort(
        key=lambda letter: (not letter.waits_for, not letter.late, -letter.age, letter.commitment)
    )
    return tuple(found)


def _stations(promise: Commitment) -> tuple[Station, ...]:
    pairs = [(name, getattr(promise.dates, name)) for name in STATIONS]
    return tuple(Station(name, on) for name, on in pairs if on is not None)


def _letter(snapshot: Snapshot, today: date, promise: Commitment) -> Letter:
    dates, stations = promise.dates, _stations(promise)
    closed = snapshot.office.calendars.closed
    start = next((each for each in stations if each.name == "received"), stations[0])
    # What was tasked or answered has come in, though nobody wrote down when.
    came = dates.received or dates.tasked
    limit = add_workdays(came, ANSWER_WITHIN, _COUNTRIES, closed) if came else None
    replies = [on for on in (dates.interim, dates.answered) if on]
    open_ = promise.status == "open"
    first = min(replies, default=today if open_ else None)
    sent, received = dates.on_document, dates.received
    return Letter(
        commitment=promise.id,
        title=promise.title,
        by=promise.by,
        to=promise.to,
        issues=promise.issues,
        status=promise.status,
        due=promise.due,
        stations=stations,
        transit=(received - sent).days if received and sent else None,
        age=workdays_between(start.on, dates.answered or today, _COUNTRIES, closed),
        counted_from=start.name,
        waits_for=_waits_for(promise) if open_ else "",
        limit=limit,
        late=limit is not None and first is not None and first > limit,
    )


def _waits_for(promise: Commitment) -> str:
    dates = promise.dates
    if dates.answered:
        return ""
    if dates.tasked or dates.interim:
        return "answered"
    return "tasked" if dates.received else "received"
