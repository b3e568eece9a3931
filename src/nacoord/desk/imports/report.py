"""What an import says of each row: what it comes to, or what is wrong in it and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nacoord.model.difference import FieldChange
from nacoord.model.sheet import Sheet
from nacoord.model.sheet import letters

What = Literal["new", "changed", "same", "skipped", "error"]


@dataclass(frozen=True, slots=True)
class RowError:
    """One thing wrong in a row.

    Attributes:
        row: the row's number, as a spreadsheet shows it.
        column: the name of the column; empty when it is the row as a whole.
        cell: what spreadsheets call the cell, as F14; empty when it is the row as a whole.
        field: the field that the column fills; empty when none does.
        value: what the cell says.
        why: what is wrong.
        hint: what to do about it; may be empty.
    """

    row: int
    column: str
    cell: str
    field: str
    value: str
    why: str
    hint: str


@dataclass(frozen=True, slots=True)
class RowReport:
    """What one row comes to.

    Attributes:
        row: its number, as a spreadsheet shows it.
        what: a record more, a record that changes, the same as it is, left out, or wrong.
        id: the id of its record; empty when that can't be told.
        title: what the record is called.
        fields: what changes in a record that exists.
        why: why it is left out, or which row says the same.
        errors: everything that is wrong.
    """

    row: int
    what: What
    id: str = ""
    title: str = ""
    fields: tuple[FieldChange, ...] = ()
    why: str = ""
    errors: tuple[RowError, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What an import comes to.

    Attributes:
        file: the name of the file, without its folder.
        sheet: the sheet that was read; empty where files have none.
        mapping: the name of the mapping's file, without its folder.
        kind: the kind of the records.
        counts: how many rows came to what.
        records: how many records are new, and how many change.
        rows: every row that holds anything, in order.
        notes: what a person should know of how the file was read.
    """

    file: str
    sheet: str
    mapping: str
    kind: str
    counts: dict[What, int]
    records: dict[str, int]
    rows: tuple[RowReport, ...]
    notes: tuple[str, ...]

    @property
    def errors(self) -> tuple[RowError, ...]:
        """Everything that is wrong, row by row."""
        return tuple(error for row in self.rows for error in row.errors)


def row_error(
    sheet: Sheet, row: int, column: int | None, field: str, value: str, why: str, hint: str
) -> RowError:
    """Return an error at a cell, which knows what spreadsheets call it."""
    if column is None:
        return RowError(row, "", "", field, value, why, hint)
    name = sheet.header[column]
    return RowError(row, name, f"{letters(column)}{row}", field, value, why, hint)
