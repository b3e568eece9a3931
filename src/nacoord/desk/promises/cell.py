"""The promises of one counterpart in one direction, counted; rates only where there are enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from nacoord.desk.promises.account import Account
from nacoord.desk.promises.account import Standing

# Below so many a rate or a median says more of chance than of anybody.
ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Span:
    """Days from made to closed.

    Attributes:
        median: the middle one.
        shortest, longest: the range.
        count: over how many.
        from_said: how many of them run from the day the promise was said, not recorded.
    """

    median: float
    shortest: int
    longest: int
    count: int
    from_said: int


@dataclass(frozen=True, slots=True)
class Cell:
    """Some promises, counted by how they stand; the counts add up to the promises.

    Attributes:
        promises: their ids.
        in_time: kept by the first due day.
        late: kept after it.
        undated: kept, and no due day was given before.
        missed: not kept.
        open: open, and the first due day not gone by, or none.
        overdue: open, and the first due day gone by.
        withdrawn: taken back.
        superseded: replaced by another.
        kept_before: kept on a day that history doesn't hold.
        missed_before: missed on a day that history doesn't hold.
        closed: how many were closed in history: kept or missed.
        rate: of those kept in time, late or missed, the share kept in time; None for too few.
        days: the time to close; None for too few.
    """

    promises: tuple[str, ...]
    in_time: int
    late: int
    undated: int
    missed: int
    open: int
    overdue: int
    withdrawn: int
    superseded: int
    kept_before: int
    missed_before: int
    closed: int
    rate: float | None
    days: Span | None


def cell(accounts: Sequence[Account]) -> Cell:
    """Count promises by how they stand."""
    counts: Counter[Standing] = Counter(each.standing for each in accounts)
    judged = counts["in_time"] + counts["late"] + counts["missed"]
    return Cell(
        promises=tuple(each.id for each in accounts),
        in_time=counts["in_time"],
        late=counts["late"],
        undated=counts["undated"],
        missed=counts["missed"],
        open=counts["open"],
        overdue=counts["overdue"],
        withdrawn=counts["withdrawn"],
        superseded=counts["superseded"],
        kept_before=counts["kept_before"],
        missed_before=counts["missed_before"],
        closed=judged + counts["undated"],
        rate=counts["in_time"] / judged if judged >= ENOUGH else None,
        days=_span(accounts),
    )


def _span(accounts: Sequence[Account]) -> Span | None:
    timed = [each for each in accounts if each.days is not None and _counts(each.standing)]
    days = [each.days for each in timed if each.days is not None]
    if len(days) < ENOUGH:
        return None
    from_said = sum(each.made_from == "said" for each in timed)
    return Span(median(days), min(days), max(days), len(days), from_said)


def _counts(standing: Standing) -> bool:
    return standing in ("in_time", "late", "undated", "missed")
