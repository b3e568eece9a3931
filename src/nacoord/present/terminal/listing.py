"""Lists, as a table where one fits, else stacked; one line a record in a pipe."""

from __future__ import annotations

from datetime import date
from typing import Any

from rich.console import Group
from rich.text import Text

from nacoord.desk.listing import Listing
from nacoord.model.snapshot import Snapshot
from nacoord.model.when import When
from nacoord.present.terminal import look
from nacoord.present.terminal.blocks import NARROW
from nacoord.present.terminal.blocks import join
from nacoord.present.terminal.blocks import stacked
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import to_text
from nacoord.present.terminal.look import text


def render(answer: Listing, snapshot: Snapshot, style: Style) -> str:
    """Return the list as text."""
    rows = [
        [_cell(column, values) for column, values in zip(answer.columns, row, strict=True)]
        for row in answer.rows
    ]
    if not style.terminal:
        return _piped(rows)
    if not rows:
        return "Nothing passes.\n"
    widths = [max(row[at].cell_len for row in rows) for at in range(len(answer.columns))]
    fixed = sum(widths) + 2 * len(widths)
    if style.width < NARROW and fixed > style.width:
        pairs = [(row[0], _labelled(answer.columns[1:], row[1:])) for row in rows]
        return to_text(stacked(pairs), style)
    from rich.table import Table

    table = Table.grid(padding=(0, 2, 0, 0))
    longest = widths.index(max(widths))
    for at in range(len(answer.columns)):
        if at == longest:
            table.add_column(
                overflow="ellipsis", no_wrap=True, ratio=1 if fixed > style.width else None
            )
        else:
            table.add_column(overflow="ellipsis", no_wrap=True)
    table.add_row(*(text(column, look.HEADING) for column in answer.columns))
    for row in rows:
        table.add_row(*row)
    table.expand = fixed > style.width
    return to_text(Group(table), style)


def _piped(rows: list[list[Text]]) -> str:
    """Return one line a record, values apart by tabs, nothing cut, as gh does."""
    return "".join("\t".join(cell.plain for cell in row) + "\n" for row in rows)


def _labelled(columns: tuple[str, ...], cells: list[Text]) -> list[Text]:
    return [
        join([text(f"{column}:", look.DIM), cell])
        for column, cell in zip(columns, cells, strict=True)
        if cell.plain
    ]


def _cell(column: str, values: tuple[Any, ...]) -> Text:
    content = ", ".join(shown(value) for value in values)
    if column == "health":
        return look.health(content)
    return text(content, look.ID if column == "id" else "")


def shown(value: Any) -> str:
    """Return a value as text: dates as ISO, so that they sort and can be typed back."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, When):
        return value.text
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)
