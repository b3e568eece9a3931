"""Rows in columns, one line a row: as rich's table lays them out, without its price for each cell."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.cells import set_cell_size
from rich.text import Text

from nacoord.present.terminal.lines import paint
from nacoord.present.terminal.lines import painted
from nacoord.present.terminal.lines import simple

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

Row = Sequence[Text]


def widths(rows: Sequence[Row]) -> list[int]:
    """Return the width of the widest cell in each column."""
    found: list[int] = []
    for row in rows:
        found += [0] * (len(row) - len(found))
        for at, cell in enumerate(row):
            plain = cell.plain
            width = len(plain) if simple(plain) else cell.cell_len
            found[at] = max(found[at], width)
    return found


class Grid:
    """Rows whose columns keep their width but for one, which takes what is left or gives way.

    Inside other renderables of rich it is rich's own table.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        *,
        flexible: int | None,
        gap: int,
        like: Sequence[int] = (),
        firm: bool = True,
    ) -> None:
        """Lay out rows.

        Args:
            rows: the cells of each row.
            flexible: the number of the column that takes what is left; None for no such column.
            gap: blanks between two columns.
            like: the `widths` of all the grids with which the columns of this one line up.
            firm: whether the others keep their width where there is no room for it.
        """
        self._rows = rows
        self._flexible = flexible
        self._gap = gap
        self._like = like
        self._firm = firm

    @cached_property
    def _widest(self) -> list[int]:
        """The width of each column; that of the flexible one is not asked for, and 0."""
        found = widths(self._rows)
        for at, least in enumerate(self._like[: len(found)]):
            found[at] = max(found[at], least)
        if self._flexible is not None and self._flexible < len(found):
            found[self._flexible] = 0
        return found

    def __rich__(self) -> Table:
        """Return the same as rich's own table."""
        from rich.table import Table

        table = Table.grid(padding=(0, self._gap, 0, 0), pad_edge=False)
        for at, widest in enumerate(self._widest):
            if at == self._flexible:
                table.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
            else:
                least = widest if self._firm else None
                table.add_column(no_wrap=True, overflow="ellipsis", min_width=least)
        for row in self._rows:
            table.add_row(*row)
        table.expand = self._flexible is not None
        return table

    def lines(self, width: int, console: Console) -> list[str] | None:
        """Return the rows as lines; None where columns have no room, or a cell several lines."""
        inner = self._rooms(width)
        if inner is None:
            return None
        between = " " * self._gap
        lines = []
        for row in self._rows:
            if len(row) != len(inner):
                return None
            cells = []
            for cell, room in zip(row, inner, strict=True):
                shown = _cell(cell, room, console)
                if shown is None:
                    return None
                cells.append(shown)
            lines.append(between.join(cells).rstrip())
        return lines

    def _rooms(self, width: int) -> list[int] | None:
        """Return the width that each column gets; None where they have no room."""
        rooms = list(self._widest)
        last = len(rooms) - 1
        if not rooms or (rooms[last] == 0 and self._flexible != last):
            return None
        left = width - sum(rooms) - self._gap * last
        if self._flexible is None:
            return rooms if left >= 0 else self._reduced(rooms, width)
        if left < 1 or self._flexible > last:
            return None
        rooms[self._flexible] = left
        return rooms

    def _reduced(self, rooms: list[int], width: int) -> list[int] | None:
        """Return widths from each of which the same is taken, as rich does when there is no room."""
        if self._firm:
            return None
        gaps = [self._gap] * (len(rooms) - 1) + [0]
        whole = [min(room + gap, width) for room, gap in zip(rooms, gaps, strict=True)]
        excess = sum(whole) - width
        found = []
        for at, (each, gap) in enumerate(zip(whole, gaps, strict=True)):
            take = round(excess / (len(rooms) - at))
            excess -= take
            found.append(each - take - gap)
        return found if min(found) > 0 else None


def _cell(text: Text, room: int, console: Console) -> str | None:
    """Return a cell cut or filled up to its room; None where rich must lay it out."""
    if text.overflow or text.justify or text.no_wrap is not None:
        return None
    plain = text.plain
    if console.color_system and text.spans:
        if not simple(plain):
            return None
        text = text.copy()
        text.truncate(room, overflow="ellipsis", pad=True)
        return painted(text, console)
    if simple(plain):
        shown = plain.ljust(room) if len(plain) <= room else f"{plain[: room - 1]}…"
    elif "\n" in plain or "\t" in plain:
        return None
    elif cell_len(plain) <= room:
        shown = set_cell_size(plain, room)
    else:
        shown = f"{set_cell_size(plain, room - 1)}…"
    return paint(shown, text.style) if console.color_system else shown
