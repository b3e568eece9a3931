"""How promises stand, counted for a chart: a bar for each side of each relationship."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nacoord.desk.brief.frame import Frame
from nacoord.desk.promises.account import History
from nacoord.desk.promises.cell import Cell
from nacoord.desk.promises.kept import Kept
from nacoord.desk.promises.kept import kept
from nacoord.desk.sides import Side


@dataclass(frozen=True, slots=True)
class Promised:
    """The promises of one group in one direction, each counted once.

    Attributes:
        group: a country's code; `several` for bodies of no one country; `home` for our own.
        title: what the group is called.
        side: whose promises: theirs to us or ours to them; at home, what ours promised each other.
        kept: kept, in time or on a day that history doesn't hold.
        late: kept after the first due day.
        missed: not kept.
        overdue: open, and the first due day gone by.
        open: open, and the first due day not gone by, or none.
        aside: withdrawn or superseded.
    """

    group: str
    title: str
    side: Side
    kept: int
    late: int
    missed: int
    overdue: int
    open: int
    aside: int


def promised(frame: Frame, history: History) -> tuple[Promised, ...]:
    """Return how promises stand, abroad first; groups without any are left out."""
    return tuple(_bars(kept(frame.snapshot, frame.today, frame.scope, history)))


def _bars(answer: Kept) -> Iterator[Promised]:
    for group in answer.groups:
        yield from _bar(group.id, group.title, "theirs", group.theirs)
        if group.id != "home":
            yield from _bar(group.id, group.title, "ours", group.ours)


def _bar(group: str, title: str, side: Side, cell: Cell) -> Iterator[Promised]:
    if cell.promises:
        yield Promised(
            group,
            title,
            side,
            kept=cell.in_time + cell.undated + cell.kept_before,
            late=cell.late,
            missed=cell.missed + cell.missed_before,
            overdue=cell.overdue,
            open=cell.open,
            aside=cell.withdrawn + cell.superseded,
        )
