"""The table of promises by country and counterpart, beside it what can be told of rates and time."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import NamedTuple

from rich.console import Group as Blocks
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from nacoord.desk.promises.cell import Cell
from nacoord.desk.promises.kept import Group
from nacoord.desk.promises.kept import Kept
from nacoord.present.promises import any_closed
from nacoord.present.terminal import look
from nacoord.present.terminal.blocks import NARROW
from nacoord.present.terminal.blocks import stacked
from nacoord.present.terminal.look import heading
from nacoord.present.terminal.look import text

# How many counterparts of a direction the screen shows; --all shows all.
COUNTERPARTS = 6
_NAME = 22


class Column(NamedTuple):
    """A count of the table: its two lines of heading, its words on a narrow screen, the count."""

    above: str
    name: str
    words: str
    count: Callable[[Cell], int]
    style: str = ""


class Row(NamedTuple):
    """A line of the table: a direction with its totals, or one counterpart in it.

    Attributes:
        name: what it is called.
        cell: its promises.
        total: True for a direction.
        alone: True for a counterpart whose promises are all there are in the direction.
    """

    name: str
    cell: Cell
    total: bool = False
    alone: bool = False


_COLUMNS = (
    Column("", "all", "", lambda cell: len(cell.promises)),
    Column("in", "time", "kept in time", lambda cell: cell.in_time),
    Column("", "late", "kept late", lambda cell: cell.late, look.LATE),
    Column("no", "date", "kept, no due day", lambda cell: cell.undated),
    Column("", "missed", "missed", lambda cell: cell.missed, look.LATE),
    Column("past", "due", "past due", lambda cell: cell.overdue, look.LATE),
    Column("not", "due", "not due", lambda cell: cell.open),
    Column("set", "aside", "set aside", lambda cell: cell.withdrawn + cell.superseded, look.DIM),
    Column("kept", "before", "kept before", lambda cell: cell.kept_before, look.DIM),
    Column("missed", "before", "missed before", lambda cell: cell.missed_before, look.DIM),
)


def tables(answer: Kept, width: int, everything: bool) -> Iterator[RenderableType]:
    """Yield the table of each group."""
    layout = _layout(answer, everything, width)
    for group in answer.groups:
        yield _group(group, answer, layout, everything, width < NARROW)


def shown_columns(answer: Kept) -> list[Column]:
    """Return the columns that hold anything; what is past due is told even when nothing is."""
    cells = [cell for group in answer.groups for cell in (group.theirs, group.ours)]
    shown = []
    for column in _COLUMNS:
        if column.above == "past" or any(column.count(cell) for cell in cells):
            known = answer.began or column.name != "before"
            shown.append(column if known else column._replace(above="", name=column.above))
    return shown


def _rows(group: Group, everything: bool) -> Iterator[Row | int]:
    """Yield the lines of a group; a number stands for so many counterparts left out."""
    names = {
        "home": ("Who promised", "To whom"),
        "several": ("Theirs to us", "Ours to them"),
    }.get(group.id, (f"{group.title}'s to us", f"Ours to {group.title}"))
    theirs = [(each.agency, each.theirs) for each in group.counterparts]
    ours = [(each.agency, each.ours) for each in group.counterparts]
    for name, total, each in ((names[0], group.theirs, theirs), (names[1], group.ours, ours)):
        found = [Row(id, cell, alone=cell == total) for id, cell in each if cell.promises]
        rows = sorted(found, key=_trouble)
        yield Row(name, total, total=True)
        shown = rows if everything or len(rows) <= COUNTERPARTS + 1 else rows[:COUNTERPARTS]
        yield from shown
        if len(rows) > len(shown):
            yield len(rows) - len(shown)


def _trouble(row: Row) -> tuple[int, int, int, str]:
    cell = row.cell
    return (-cell.overdue, -(cell.late + cell.missed), -len(cell.promises), row.name)


def _verdict(row: Row, answer: Kept) -> str:
    """Return the rate and the time to close, or that there are too few to tell."""
    cell = row.cell
    if not cell.promises or row.alone or not any_closed(answer):
        return ""
    if cell.rate is None and cell.days is None:
        told = cell.closed or row.total
        return f"too few to tell ({cell.closed} closed)" if told else ""
    parts = [f"{cell.rate:.0%} in time"] if cell.rate is not None else []
    if cell.days:
        span = f"{cell.days.shortest}–{cell.days.longest}"
        parts.append(f"{cell.days.median:g} d to close ({span})")
    return ", ".join(parts)


class Layout(NamedTuple):
    """How the tables of all groups are laid out: columns, the width of names, where verdicts go."""

    columns: Sequence[Column]
    name: int
    beside: bool


def _layout(answer: Kept, everything: bool, width: int) -> Layout:
    columns = shown_columns(answer)
    rows = [
        row for group in answer.groups for row in _rows(group, everything) if isinstance(row, Row)
    ]
    numbers = sum(map(_size, columns))
    longest = 2 + max((len(row.name) for row in rows), default=0)
    name = max(_NAME, min(longest, width - numbers))
    verdicts = max((len(_verdict(row, answer)) for row in rows), default=0)
    return Layout(columns, name, verdicts + 2 + numbers + name <= width)


def _size(column: Column) -> int:
    return 1 + max(len(column.above), len(column.name))


def _group(
    group: Group, answer: Kept, layout: Layout, everything: bool, narrow: bool
) -> RenderableType:
    rows = _rows(group, everything)
    title = heading(group.title.upper())
    if narrow:
        return Blocks(title, *(_stack(row, layout.columns, answer) for row in rows))
    above, heads = Text(" " * layout.name), _padded(title, layout.name)
    for column in layout.columns:
        above.append(f"{column.above:>{_size(column)}}", look.DIM)
        heads.append(f"{column.name:>{_size(column)}}", look.DIM)
    lines = (line for row in rows for line in _line(row, layout, answer))
    return Blocks(above, heads, *lines)


def _padded(name: Text, width: int) -> Text:
    """Return a name at the width of its column; a longer one gets a line of its own."""
    long = name.cell_len > width
    gap = "\n" + " " * width if long else " " * (width - name.cell_len)
    return Text.assemble(name, gap)


def _left_out(count: int) -> Text:
    return text(f"and {count} more (--all)", look.DIM)


def _line(row: Row | int, layout: Layout, answer: Kept) -> Iterator[RenderableType]:
    if isinstance(row, int):
        yield Padding(_left_out(row), (0, 0, 0, 2))
        return
    name = text(row.name) if row.total else Text("  ") + text(row.name, look.ID)
    line = _padded(name, layout.name)
    for column in layout.columns:
        count = column.count(row.cell)
        line.append(f"{count or '·':>{_size(column)}}", column.style if count else look.DIM)
    verdict = _verdict(row, answer)
    if verdict and layout.beside:
        line.append(f"  {verdict}")
    yield line
    if verdict and not layout.beside:
        yield Padding(text(verdict), (0, 0, 0, 4))


def _stack(row: Row | int, columns: Sequence[Column], answer: Kept) -> RenderableType:
    if isinstance(row, int):
        return Padding(_left_out(row), (0, 0, 0, 2))
    counts = [
        f"{count} {column.words if answer.began else column.words.removesuffix(' before')}"
        for column in columns
        if column.words and (count := column.count(row.cell))
    ]
    line = text(row.name, look.HEADING if row.total else look.ID)
    line.append(
        f" {len(row.cell.promises)}: {', '.join(counts)}" if counts else ": none", "default"
    )
    return Padding(stacked([(line, [text(_verdict(row, answer))])]), (0, 0, 0, 2 - 2 * row.total))
