"""What became of one promise: how it stands, and the days that history knows of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from typing import Literal

from nacoord.desk.promises.lives import Life
from nacoord.model.kinds.commitment import Commitment
from nacoord.model.when import When

Standing = Literal[
    "in_time",
    "late",
    "undated",
    "missed",
    "open",
    "overdue",
    "withdrawn",
    "superseded",
    "kept_before",
    "missed_before",
]
Reach = Literal["whole", "cut", "later", "none"]


@dataclass(frozen=True, slots=True)
class History:
    """What history there is of the promises.

    Attributes:
        lives: the life of each promise, by its id.
        reach: whole; cut, as in a shallow clone; later, when all of it is after today; or none.
        began: the day of its first commit; None without one.
        left_out: how many commits after today are left out.
    """

    lives: Mapping[str, Life] = field(default_factory=dict)
    reach: Reach = "none"
    began: date | None = None
    left_out: int = 0

    @property
    def complete(self) -> bool:
        """True when it goes up to the record as it stands."""
        return self.reach in ("whole", "cut") and not self.left_out


@dataclass(frozen=True, slots=True)
class Account:
    """What became of a promise.

    Attributes:
        id: the promise.
        title: what it is called.
        by: who promised.
        to: to whom.
        standing: kept in_time or late against its first due day, or undated when it had none by
            then; missed; open or overdue, which is open with its first due day gone by; withdrawn or
            superseded; kept_before or missed_before, when the day of that is not in history.
        made: the day it was made: said, or first recorded as open; None when neither is known.
        made_from: where that day is from: `said` (`said.on`) or `recorded` (a commit).
        at_start: True when it came with the first commit of the history.
        closed: the day of the commit in which its status became what it is; None when not known.
        commit: that commit.
        days: days from made to closed, when both its opening and its closing lie in history.
        first_due: the first due moment it was given.
        due: the due moment it has now.
        due_moves: how often the first was changed while it was open.
        past_due: days from its first due day to its end, or to today while it is open; 0 when there
            are none.
        reopened: how often it was opened again.
        shown_on: the day its evidence speaks of, for information only.
        unsaved: True when it stands otherwise in the work tree than in any commit.
    """

    id: str
    title: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    standing: Standing
    made: date | None = None
    made_from: Literal["said", "recorded"] | None = None
    at_start: bool = False
    closed: date | None = None
    commit: str | None = None
    days: int | None = None
    first_due: When | None = None
    due: When | None = None
    due_moves: int = 0
    past_due: int = 0
    reopened: int = 0
    shown_on: date | None = None
    unsaved: bool = False


def account(promise: Commitment, history: History, today: date) -> Account:
    """Tell what became of a promise."""
    life = _life(promise, history)
    status = _status(promise, life, history)
    closing = life.closings.get(status) if life else None
    first_due = closing.first_due if closing else life.first_due if life else promise.due
    end = closing.on if closing else today if status == "open" else None
    past_due = max(0, (end - first_due.end).days) if end and first_due else 0
    made, made_from = _made(promise, life)
    measured = life and life.opened and not (history.reach == "cut" and life.opened_at_start)
    days = (closing.on - made).days if closing and made and measured else None
    return Account(
        id=promise.id,
        title=promise.title,
        by=promise.by,
        to=promise.to,
        standing=_standing(status, closing is not None, first_due, past_due),
        made=made,
        made_from=made_from,
        at_start=life is not None and life.at_start,
        closed=closing.on if closing else None,
        commit=closing.commit if closing else None,
        # A clock set wrong on some machine can put an end before its beginning.
        days=days if days is not None and days >= 0 else None,
        first_due=first_due,
        due=promise.due,
        due_moves=closing.due_moves if closing else life.due_moves if life else 0,
        past_due=past_due,
        reopened=life.reopened if life else 0,
        shown_on=max((proof.on for proof in promise.evidence if proof.on), default=None),
        unsaved=history.complete and (life is None or status != promise.status),
    )


def _life(promise: Commitment, history: History) -> Life | None:
    names = (promise.id, *reversed(promise.formerly))
    return next((history.lives[name] for name in names if name in history.lives), None)


def _status(promise: Commitment, life: Life | None, history: History) -> str:
    """Return how a promise stands: as the record says, where history has come to know of it.

    Of two branches the record says which one counted, so its word goes before the last commit's.
    """
    if life is None:
        return promise.status
    known = promise.status in life.closings or (promise.status == "open" and life.opened)
    return promise.status if known and not history.left_out else life.stage.status


def _made(
    promise: Commitment, life: Life | None
) -> tuple[date | None, Literal["said", "recorded"] | None]:
    said = promise.said.on if promise.said else None
    recorded = life.opened if life else None
    if said and (recorded is None or said < recorded):
        return said, "said"
    return recorded, "recorded" if recorded else None


def _standing(status: str, timed: bool, due: When | None, past_due: int) -> Standing:
    if status == "open":
        return "overdue" if past_due else "open"
    if status == "met":
        if not timed:
            return "kept_before"
        return "late" if past_due else "in_time" if due else "undated"
    if status == "missed":
        return "missed" if timed else "missed_before"
    return "withdrawn" if status == "withdrawn" else "superseded"
