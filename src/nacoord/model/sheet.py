"""A sheet: rows of cells under a header, as they were read from a file of another program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import time

Value = str | int | float | bool | date | time | None


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell, or a whole row, whose value can't be told, and why.

    Attributes:
        row: its number, as a spreadsheet shows it.
        column: its column, counted from 0; None for the whole row.
    """

    row: int
    column: int | None
    why: str
    hint: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row.

    Attributes:
        number: as a spreadsheet shows it, from 1.
        cells: a value for each column of the header; None is an empty cell.
        bad: the cells whose value can't be told, by column.
    """

    number: int
    cells: tuple[Value, ...]
    bad: Mapping[int, BadCell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet.

    Attributes:
        file: the name of its file, without its folder.
        name: what the sheet is called; empty where files have no sheets.
        header: the names of the columns; empty for one that has none.
        rows: the rows below the header that hold anything.
        bad: rows that could not be read at all.
        notes: what a person should know of how it was read, a line each.
    """

    file: str
    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    bad: tuple[BadCell, ...] = ()
    notes: tuple[str, ...] = ()


def letters(index: int) -> str:
    """Return what spreadsheets call a column, counted from 0: A, B, ... Z, AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
