"""A list for a person: a table where one fits, else stacked lines."""

from __future__ import annotations

from typing import Any

from rich.text import Text

from nacoord.desk.listing import Listing
from nacoord.present.terminal import look
from nacoord.present.terminal.blocks import NARROW
from nacoord.present.terminal.blocks import join
from nacoord.present.terminal.blocks import stacked
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import to_text
from nacoord.present.terminal.grid import Grid
from nacoord.present.terminal.listing import content
from nacoord.present.terminal.look import text


def table(answer: Listing, style: Style) -> str:
    """Return the list as text."""
    rows = [
        [_cell(column, values) for column, values in zip(answer.columns, row, strict=True)]
        for row in answer.rows
    ]
    if not rows:
        return "Nothing passes.\n"
    widths = [max(row[at].cell_len for row in rows) for at in range(len(answer.columns))]
    fixed = sum(widths) + 2 * len(widths)
    if style.width < NARROW and fixed > style.width:
        pairs = [(row[0], _labelled(answer.columns[1:], row[1:])) for row in rows]
        return to_text(stacked(pairs), style)
    longest = widths.index(max(widths)) if fixed > style.width else None
    head = [text(column, look.HEADING) for column in answer.columns]
    return to_text(Grid([head, *rows], flexible=longest, gap=2, firm=False), style)


def _labelled(columns: tuple[str, ...], cells: list[Text]) -> list[Text]:
    return [
        join([text(f"{column}:", look.DIM), cell])
        for column, cell in zip(columns, cells, strict=True)
        if cell.plain
    ]


def _cell(column: str, values: tuple[Any, ...]) -> Text:
    if column == "health":
        return look.health(content(values))
    return text(content(values), look.ID if column == "id" else "")
