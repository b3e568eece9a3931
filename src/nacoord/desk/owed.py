"""What they and we owe each other: promises either way, and the moves that are theirs."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from nacoord.desk.facing import Facing
from nacoord.desk.sides import side
from nacoord.model.kinds.commitment import Commitment
from nacoord.model.snapshot import Snapshot
from nacoord.model.when import When


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise between them and us.

    Attributes:
        days: days from today until it is due; negative when late; None without a day.
        kept: the day it was kept; None while it is open.
        proof: what shows that it was kept.
    """

    record: str
    what: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    due: When | None
    days: int | None
    kept: date | None = None
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """Something to be asked for, or to be asked about.

    Attributes:
        kind: a promise, the next step of an issue, or a decision that it waits for.
        who: whose move it is.
        days: days from today until it is due; negative when late; None without a day.
        at_hand: whether it is about an issue at hand.
    """

    kind: Literal["commitment", "step", "decision"]
    what: str
    record: str
    who: tuple[str, ...]
    due: When | None
    days: int | None
    at_hand: bool


def to_us(snapshot: Snapshot, met: Facing, promise: Commitment) -> bool:
    """Tell whether they promised it to us: to somebody of our own country.

    Where they are of our own country themselves, what they owe anybody is ours to follow.
    """
    outside = [id for id in promise.to if id not in met.theirs]
    abroad = side(snapshot, met.them) == "theirs"
    to_us = not abroad or any(side(snapshot, (id,)) == "ours" for id in outside)
    return not met.theirs.isdisjoint(promise.by) and bool(outside) and to_us


def to_them(snapshot: Snapshot, met: Facing, promise: Commitment) -> bool:
    """Tell whether somebody of our own country, and not of them, promised it to them."""
    outside = [id for id in promise.by if id not in met.theirs]
    by_us = any(side(snapshot, (id,)) == "ours" for id in outside)
    return not met.theirs.isdisjoint(promise.to) and by_us


def still_open(promises: Iterable[Commitment], today: date) -> list[Promise]:
    """Return those of some promises that are open, the most overdue first."""
    found = [
        Promise(each.id, each.title, each.by, each.to, each.due, _days(each.due, today))
        for each in promises
        if each.status == "open"
    ]
    return sorted(found, key=by_day)


def kept_since(promises: Iterable[Commitment], today: date, since: date | None) -> list[Promise]:
    """Return those of some promises that were kept from a day on, with the proof, newest first."""
    found: list[tuple[date, Promise]] = []
    for each in promises:
        proofs = [(proof.on, proof.what) for proof in each.evidence if proof.on is not None]
        if each.status != "met" or not proofs or since is None:
            continue
        on, proof = max(proofs)
        if on >= since:
            days = _days(each.due, today)
            kept = Promise(each.id, each.title, each.by, each.to, each.due, days, on, proof)
            found.append((on, kept))
    return [kept for _, kept in sorted(found, key=lambda pair: pair[0], reverse=True)]


def due_soon(
    promises: Iterable[Commitment], today: date, met: Facing, until: date
) -> Iterator[Ask]:
    """Yield those of some promises that are late or due until a day."""
    at_hand = {issue.id for issue in met.issues}
    for each in promises:
        if each.status == "open" and each.due and each.due.start <= until:
            days, here = _days(each.due, today), not at_hand.isdisjoint(each.issues)
            yield Ask("commitment", each.title, each.id, each.by, each.due, days, here)


def first_ask(each: Ask) -> tuple[bool, bool, date, str]:
    """Return where an ask stands: what is late, then what is about an issue at hand, by day."""
    late = each.days is not None and each.days < 0
    return (not late, not (late or each.at_hand), *by_day(each))


def by_day(each: Promise | Ask) -> tuple[date, str]:
    """Return where something stands among others: the most overdue first, what has no day last."""
    return (each.due.end if each.due else date.max, each.record)


def _days(due: When | None, today: date) -> int | None:
    return (due.end - today).days if due else None


def moves(snapshot: Snapshot, today: date, met: Facing) -> Iterator[Ask]:
    """Yield the next steps that are theirs to take, and the decisions that are theirs."""
    for issue in snapshot.issues:
        if not issue.live:
            continue
        here = issue in met.issues
        step = issue.next_step
        if step and step.who in met.theirs:
            days = _days(step.due, today)
            yield Ask("step", step.what, issue.id, (step.who,), step.due, days, here)
        for each in issue.decisions:
            if each.decided is None and each.who in met.theirs:
                days = _days(each.due, today)
                yield Ask("decision", each.what, issue.id, (each.who,), each.due, days, here)
