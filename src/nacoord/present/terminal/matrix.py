"""The matrix of issues and stakeholders; gaps stand out by word, not by colour alone."""

from __future__ import annotations

from rich.console import Group
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from nacoord.desk.matrix import Cell
from nacoord.desk.matrix import Matrix
from nacoord.desk.matrix import Row
from nacoord.model.snapshot import Snapshot
from nacoord.present.terminal import look
from nacoord.present.terminal.blocks import join
from nacoord.present.terminal.blocks import stacked
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import to_text
from nacoord.present.terminal.look import heading
from nacoord.present.terminal.look import text

# Room for the issue and eleven groups; below it each issue gets lines of its own.
_WIDE = 96
_SHORT = {"multilateral": "multi", "Congress": "Congr"}


def render(answer: Matrix, snapshot: Snapshot, style: Style) -> str:
    """Return the matrix as text."""
    if answer.level is not None:
        return to_text(_members(answer), style)
    if not answer.rows:
        return "No live issue here.\n"
    body = _table(answer) if style.width >= _WIDE else _stack(answer)
    gaps = f"{answer.gaps} gap{'s' * (answer.gaps != 1)}" if answer.gaps else "No gap"
    legend = text(
        f"L leads, S supports, I is informed, with how many; GAP: somebody should be there. {gaps}."
    )
    reasons = [
        join([text(f"  {row.issue}", look.ID), text(f"{column}: {cell.gap}")], "  ")
        for row in answer.rows
        for column, cell in zip(answer.columns, row.cells, strict=True)
        if cell.gap
    ]
    title = heading(f"{answer.scope.title}: who is in which issue")
    return to_text(Group(title, body, Text(""), legend, *reasons), style)


def _mark(cell: Cell) -> Text:
    if cell.gap:
        return text("GAP", look.LATE)
    if cell.role is None:
        return text("·", look.DIM)
    many = str(cell.count) if cell.count > 1 else ""
    return text(f"{cell.role[0].upper()}{many}", "bold" if cell.role == "lead" else "")


def _table(answer: Matrix) -> RenderableType:
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    for _ in answer.columns:
        table.add_column(no_wrap=True, justify="center", min_width=4)
    names = [text(_SHORT.get(column, column), look.DIM) for column in answer.columns]
    table.add_row(Text(""), Text(""), *names)
    for row in answer.rows:
        table.add_row(
            text(row.priority), text(row.issue, look.ID), *(_mark(cell) for cell in row.cells)
        )
    return table


def _stack(answer: Matrix) -> RenderableType:
    def here(row: Row) -> Text:
        marks = [
            join([text(column), _mark(cell)])
            for column, cell in zip(answer.columns, row.cells, strict=True)
            if cell.role or cell.gap
        ]
        return join(marks, ", ")

    return stacked(
        [(join([text(row.priority), text(row.issue, look.ID)]), [here(row)]) for row in answer.rows]
    )


def _members(answer: Matrix) -> RenderableType:
    if not answer.members:
        return text(f"No stakeholder of the level {answer.level} is in the record.")
    rows = []
    for member in answer.members:
        details = [
            text(f"{role}: {', '.join(issues)}") for role, issues in member.roles.items() if issues
        ]
        head = join([text(member.agency, look.ID), text(member.title)], "  ")
        rows.append((head, details or [text("in no live issue here", look.DIM)]))
    return stacked(rows)
