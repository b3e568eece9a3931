"""The table of sheet formats: a format is one reader beside this file and one row here."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Literal

from nacoord.model.errors import NacoordError
from nacoord.model.errors import UsageError
from nacoord.model.sheet import BadCell
from nacoord.model.sheet import Row
from nacoord.model.sheet import Sheet
from nacoord.model.sheet import Value

MAX_BYTES = 32 * 1024 * 1024
MAX_ROWS = 10_000
MAX_COLUMNS = 1_000

Encoding = Literal["utf-8", "cp1252"]

# A reader is a function `read(data, asked)` that returns a Sheet; a suffix of several formats that
# people have but that can't be read is told what to do.
_READERS = {
    ".csv": "nacoord.record.sheets.separated",
    ".tsv": "nacoord.record.sheets.separated",
    ".txt": "nacoord.record.sheets.separated",
    ".xlsx": "nacoord.record.sheets.workbook",
    ".xlsm": "nacoord.record.sheets.workbook",
}
_OTHERS = (".xls", ".xlsb", ".ods", ".numbers", ".gsheet")


class SheetError(NacoordError):
    """A file can't be read as a sheet."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a file.

    Attributes:
        file: its name, without its folder.
        sheet: the sheet to read; None for the first that is not hidden.
        header: the number of the row with the names of the columns.
        encoding: how text is encoded; None for UTF-8.
        delimiter: what separates values; None to see it from the header.
    """

    file: str
    sheet: str | None = None
    header: int = 1
    encoding: Encoding | None = None
    delimiter: str | None = None


def read_sheet(path: Path, asked: Asked) -> Sheet:
    """Read a sheet from a file.

    Raises:
        UsageError: when there is no such file, or it is in a format that can't be read.
        SheetError: when it is too large or not what its name says.
        NacoordError: when the library for its format is not installed.
    """
    suffix = os.path.splitext(asked.file)[1].lower()
    if suffix in _OTHERS:
        raise UsageError(
            f"{asked.file}: {suffix} files can't be read",
            hint="save it as .xlsx or as .csv (UTF-8)",
        )
    if suffix not in _READERS:
        raise UsageError(
            f"{asked.file} doesn't say what it is", hint="give it a name that ends in .csv or .xlsx"
        )
    data = _bytes(path, asked.file)
    found: Sheet = import_module(_READERS[suffix]).read(data, asked)
    return found


def _bytes(path: Path, name: str) -> bytes:
    try:
        about = path.stat()
    except OSError as error:
        raise UsageError(f"{name}: {error.strerror}") from None
    if not stat.S_ISREG(about.st_mode):
        raise UsageError(f"{name} is no file", hint="name a .csv or .xlsx file")
    if about.st_size > MAX_BYTES:
        raise too_large(name, f"{about.st_size:,} bytes; the limit is {MAX_BYTES:,}")
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{name}: {error.strerror}") from None


def too_large(name: str, what: str) -> SheetError:
    """Return the refusal of a file that is beyond a limit."""
    return SheetError(f"{name} is too large: {what}", hint="split it into several files")


def put_together(
    asked: Asked,
    name: str,
    header: Sequence[Value],
    rows: Sequence[Row],
    bad: Sequence[BadCell] = (),
    notes: Sequence[str] = (),
) -> Sheet:
    """Make a Sheet of what a reader found, columns without a name at the end left out.

    Raises:
        SheetError: when there is no header, or there are too many rows or columns.
    """
    names = [" ".join(str(each).split()) if each is not None else "" for each in header]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise SheetError(
            f"{asked.file}: row {asked.header} is empty, and should name the columns",
            hint="say in the mapping in which row they are named: header: 2",
        )
    if len(names) > MAX_COLUMNS:
        raise too_large(asked.file, f"{len(names):,} columns; the limit is {MAX_COLUMNS:,}")
    if len(rows) > MAX_ROWS:
        raise too_large(asked.file, f"{len(rows):,} rows; the limit is {MAX_ROWS:,}")
    return Sheet(asked.file, name, tuple(names), tuple(rows), tuple(bad), tuple(notes))
