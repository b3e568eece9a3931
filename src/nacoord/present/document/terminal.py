"""Documents in a terminal, from 40 columns on: tables where there is room, else line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Sequence
from textwrap import wrap

from rich.console import Group
from rich.console import RenderableType
from rich.table import Table as Grid
from rich.text import Text

from nacoord.present.document.columns import widths
from nacoord.present.document.model import Block
from nacoord.present.document.model import Bullets
from nacoord.present.document.model import Column
from nacoord.present.document.model import Document
from nacoord.present.document.model import Figure
from nacoord.present.document.model import Heading
from nacoord.present.document.model import Line
from nacoord.present.document.model import Note
from nacoord.present.document.model import Paragraph
from nacoord.present.document.model import Table
from nacoord.present.document.model import shown
from nacoord.present.document.model import split_id
from nacoord.present.document.terminalchart import drawn
from nacoord.present.terminal import look
from nacoord.present.terminal.blocks import NARROW
from nacoord.present.terminal.blocks import stacked
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import to_text

_GAP = 2
# Rows that take more lines than this in the middle read better line by line.
_TALLEST = 3
_STYLES = {"plain": "", "strong": "bold", "id": look.ID}


def render(document: Document, style: Style) -> str:
    """Return the text of a screen, or of a plain file."""
    head = [look.heading(document.title), look.text(document.subtitle)]
    head.append(look.text(document.date_line))
    banner = look.heading(document.banner)
    parts: list[RenderableType] = [banner, Text(""), *(each for each in head if each.plain)]
    previous: Block | None = None
    for block in document.blocks:
        if not isinstance(previous, Heading) or isinstance(block, Heading):
            parts.append(Text(""))
        parts.append(_block(block, style))
        previous = block
    return to_text(Group(*parts, Text(""), banner), style)


def _block(block: Block, style: Style) -> RenderableType:
    if isinstance(block, Heading):
        words = _words(block.line)
        if block.level == 1:
            return Text(words.plain.upper(), look.HEADING, overflow="fold")
        words.stylize(look.HEADING)
        return words
    if isinstance(block, Paragraph):
        return _words(block.line)
    if isinstance(block, Note):
        words = _words(block.line)
        words.stylize(look.DIM)
        return words
    if isinstance(block, Bullets):
        return Group(*(_bullet(item) for item in block.items))
    if isinstance(block, Figure):
        return Group(_words(block.caption), *drawn(block.chart, style))
    return _table(block, style.width)


def _bullet(item: Line) -> RenderableType:
    grid = Grid.grid(padding=0)
    grid.add_column(width=2)
    grid.add_column(overflow="fold")
    grid.add_row(Text("- "), _words(item))
    return grid


def _words(parts: Line) -> Text:
    words = Text(overflow="fold")
    for run in parts:
        words.append(shown(run.text), _STYLES[run.kind])
    if words.plain != words.plain.strip():
        left = len(words.plain) - len(words.plain.lstrip())
        words = words[left:]
        words.rstrip()
        words.overflow = "fold"
    return words


def _table(table: Table, width: int) -> RenderableType:
    rows = [[_words(cell) for cell in row] for row in table.rows]
    titles = [Text(shown(column.title), look.DIM) for column in table.columns]
    cells = [[row[at].plain for row in (titles, *rows)] for at in range(len(titles))]
    found = widths(table.columns, cells, width - _GAP * (len(titles) - 1))
    if found is None or (width < NARROW and len(titles) > 2):
        return stacked(list(_stack(table.columns, rows)))
    laid = [
        [_cell(cell, each) for cell, each in zip(row, found, strict=True)] for row in table.rows
    ]
    heights = [max(map(_height, row, found)) for row in laid]
    if sum(heights) > _TALLEST * len(heights):
        return stacked(list(_stack(table.columns, rows)))
    grid = Grid.grid(padding=(0, _GAP, 0, 0), pad_edge=False)
    for each in found:
        grid.add_column(width=each, overflow="fold")
    for row in (titles, *laid):
        grid.add_row(*row)
    return grid


def _height(words: Text, width: int) -> int:
    return sum(max(1, len(wrap(part, width))) for part in words.plain.split("\n"))


def _cell(parts: Line, width: int) -> Text:
    """Return a cell; where it takes several lines, the id that ends it begins one."""
    words = _words(parts)
    said, id = split_id(parts)
    if words.cell_len <= width or not id:
        return _broken(words, width)
    return Text("\n").join(_broken(_words(each), width) for each in (said, id))


def _broken(words: Text, width: int) -> Text:
    """Break what is longer than its column after hyphens, as ids read best."""
    breaks: list[int] = []
    for word in re.finditer(r"\S+", words.plain):
        start = word.start()
        for piece in re.finditer(r"[^-]*-+|[^-]+", word.group()):
            begin, end = word.start() + piece.start(), word.start() + piece.end()
            if word.end() - word.start() > width and end - start > width and begin > start:
                breaks.append(begin)
                start = begin
    return Text("\n").join(words.divide(breaks)) if breaks else words


def _stack(
    columns: Sequence[Column], rows: Sequence[Sequence[Text]]
) -> Iterator[tuple[Text, list[Text]]]:
    for row in rows:
        details = []
        for column, cell in zip(columns[1:], row[1:], strict=True):
            if cell.plain:
                title = f"{shown(column.title).lower()}: " if column.title else ""
                details.append(Text(title, look.DIM) + cell)
        row[0].stylize("bold")
        yield row[0], details
