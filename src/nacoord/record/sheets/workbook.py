"""Workbooks (.xlsx) by openpyxl: values as they were last calculated. The only module that imports it.

A workbook is a zip of XML files from somebody else. Before the library sees it, every part is unpacked
once against a limit, and a document type, by which XML expands, is refused. Macros are never looked at.
"""

from __future__ import annotations

import io
import lzma
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import time
from typing import Any

from nacoord.model.errors import MissingLibraryError
from nacoord.model.errors import NacoordError
from nacoord.model.sheet import BadCell
from nacoord.model.sheet import Row
from nacoord.model.sheet import Sheet
from nacoord.model.sheet import Value
from nacoord.model.sheet import letters
from nacoord.record.sheets.table import MAX_COLUMNS
from nacoord.record.sheets.table import MAX_ROWS
from nacoord.record.sheets.table import Asked
from nacoord.record.sheets.table import SheetError
from nacoord.record.sheets.table import put_together
from nacoord.record.sheets.table import too_large

MAX_UNPACKED = 128 * 1024 * 1024
# How far down a sheet may go (Excel specifications and limits).
_LAST_ROW = 1_048_576
_MERGED_MOST = 100_000
_CHUNK = 1024 * 1024
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"')
_HIDDEN = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_NO_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
_OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class _Layout:
    """What the text of a sheet tells that the library doesn't.

    Attributes:
        formulas: whether there are any.
        merged: first and last row and column of merged cells; rows from 1, columns from 0.
        hidden: the numbers of hidden rows.
    """

    formulas: bool
    merged: tuple[tuple[int, int, int, int], ...]
    hidden: frozenset[int]


def read(data: bytes, asked: Asked) -> Sheet:
    """Read a sheet of a workbook.

    Raises:
        SheetError: when it is damaged, protected or too large, or has no such sheet.
        NacoordError: when openpyxl is not installed.
    """
    _refuse_delimiters(asked)
    _weigh(data, asked)
    library = _library()
    with _damage_told(asked):
        book = library.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet, notes = _chosen(book, asked)
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            layout = _layout(parts.read(sheet._worksheet_path))
        formulas = None
        if layout.formulas:
            written = library.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
            formulas = written[sheet.title]
        header, rows = _rows(sheet, formulas, layout, asked)
    seen = {row.number for row in rows}
    if hidden := sorted(layout.hidden & seen):
        shown = ", ".join(map(str, hidden[:6])) + (" ..." if len(hidden) > 6 else "")
        many = "rows are" if len(hidden) > 1 else "row is"
        notes.append(f"{len(hidden)} hidden {many} read too: {shown}")
    return put_together(asked, sheet.title, header, rows, (), notes)


def _refuse_delimiters(asked: Asked) -> None:
    for name, value in (("--encoding", asked.encoding), ("--delimiter", asked.delimiter)):
        if value is not None:
            raise SheetError(f"{name} is for .csv files", hint=f"leave out {name}")


def _library() -> Any:
    try:
        import openpyxl
    except ModuleNotFoundError:
        instead = "save the sheet as CSV UTF-8"
        raise MissingLibraryError(".xlsx", "xlsx", instead=instead) from None
    return openpyxl


def _weigh(data: bytes, asked: Asked) -> None:
    """Unpack every part once against the limit, whatever sizes the file claims."""
    if data.startswith(_OLE):
        raise SheetError(
            f"{asked.file} is protected by a password, or in the format before .xlsx",
            hint="save it as .xlsx without a password",
        )
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            for about in parts.infolist():
                with parts.open(about) as part:
                    before = b""
                    while chunk := part.read(_CHUNK):
                        total += len(chunk)
                        if total > MAX_UNPACKED:
                            limit = f"it unpacks to more than {MAX_UNPACKED:,} bytes"
                            raise too_large(asked.file, limit)
                        if about.filename.endswith((".xml", ".rels")):
                            _refuse_types(before + chunk, asked)
                            before = chunk[-16:]
    except _NO_ZIP as error:
        raise _damaged(asked, error) from None


def _refuse_types(text: bytes, asked: Asked) -> None:
    # No workbook has a document type, or is in UTF-16, in which one could hide.
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"\0" in text:
        raise SheetError(
            f"{asked.file} holds XML that no workbook needs",
            hint="save it again from a spreadsheet",
        )


def _damaged(asked: Asked, error: Exception) -> SheetError:
    why = str(error) or type(error).__name__
    if isinstance(error, (AttributeError, IndexError, KeyError, TypeError)):
        # What the library stumbled over means nothing to who sent the file.
        why = "a part is missing, or is not what it should be"
    return SheetError(
        f"{asked.file} can't be read as a workbook: {why}",
        hint="open it in a spreadsheet and save it as .xlsx, or as CSV UTF-8",
    )


@contextmanager
def _damage_told(asked: Asked) -> Iterator[None]:
    """Turn whatever the library says of a damaged file into one sentence."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except NacoordError:
            raise
        except Exception as error:
            # The library has no error of its own for bad files: it fails as its code happens to.
            raise _damaged(asked, error) from None


def _chosen(book: Any, asked: Asked) -> tuple[Any, list[str]]:
    """Return the sheet that is asked for, or the first that can be seen."""
    from nacoord.model.closest import did_you_mean

    sheets = list(book.worksheets)
    names = [sheet.title for sheet in sheets]
    if asked.sheet is not None:
        wanted = " ".join(asked.sheet.split()).casefold()
        for sheet in sheets:
            if " ".join(sheet.title.split()).casefold() == wanted:
                hidden = sheet.sheet_state != "visible"
                return sheet, [f"the sheet {sheet.title} is hidden"] if hidden else []
        hint = did_you_mean(asked.sheet, names) or f"its sheets: {', '.join(names[:8])}"
        raise SheetError(f'{asked.file} has no sheet "{asked.sheet}"', hint=hint)
    seen = [sheet for sheet in sheets if sheet.sheet_state == "visible"] or sheets
    if not seen:
        raise SheetError(f"{asked.file} has no sheet", hint="save it again from a spreadsheet")
    others = ", ".join(sheet.title for sheet in seen[1:5])
    return seen[0], [f"only the sheet {seen[0].title} is read, not {others}"] if others else []


def _layout(text: bytes) -> _Layout:
    merged = tuple(
        (int(top), int(bottom), _index(left), _index(right))
        for left, top, right, bottom in _MERGED.findall(text)
    )
    hidden = frozenset(int(number) for number in _HIDDEN.findall(text) if len(number) < 8)
    return _Layout(bool(_FORMULA.search(text)), merged, hidden)


def _index(name: bytes) -> int:
    found = 0
    for letter in name:
        found = found * 26 + letter - ord("A") + 1
    return found - 1


def _rows(
    sheet: Any, formulas: Any, layout: _Layout, asked: Asked
) -> tuple[tuple[Value, ...], list[Row]]:
    # What the file says of its own extent is often wrong, and could be made up.
    sheet.reset_dimensions()
    first = next(_cells(sheet, asked.header, MAX_COLUMNS + 1), None)
    header: tuple[Value, ...] = tuple(_value(cell) for cell in first[1]) if first else ()
    while header and header[-1] is None:
        header = header[:-1]
    covered = _covered(layout, asked, len(header))
    rows = []
    below = _cells(sheet, asked.header + 1, len(header)) if header else iter(())
    beside: Iterator[tuple[int, Any]] = iter(())
    if formulas is not None and header:
        formulas.reset_dimensions()
        beside = _cells(formulas, asked.header + 1, len(header))
    for number, cells in below:
        bad = _uncertain(number, cells, next(beside, (number, ()))[1])
        values = tuple(_value(cell) for cell in cells)
        if bad or any(value is not None for value in values):
            rows.append(Row(number, values, {**bad, **covered.get(number, {})}))
        if len(rows) > MAX_ROWS:
            raise too_large(asked.file, f"more than {MAX_ROWS:,} rows")
    return header, rows


def _cells(sheet: Any, first: int, width: int) -> Iterator[tuple[int, Any]]:
    """Yield rows with their numbers; the library fills in the rows that are missing."""
    rows: Iterable[Any] = sheet.iter_rows(min_row=first, min_col=1, max_col=width)
    for number, cells in enumerate(rows, first):
        if number > _LAST_ROW:
            raise SheetError(
                f"a row is beyond {_LAST_ROW:,}", hint="save it again from a spreadsheet"
            )
        yield number, cells


def _covered(layout: _Layout, asked: Asked, width: int) -> dict[int, dict[int, BadCell]]:
    """Return the cells that merging has hidden, by row and column; one value can't be for several.

    Raises:
        SheetError: when there are too many.
    """
    found: dict[int, dict[int, BadCell]] = {}
    count = 0
    for top, bottom, left, right in layout.merged:
        for row in range(max(top, asked.header + 1), bottom + 1):
            for column in range(left, min(right, width - 1) + 1):
                count += 1
                if count > _MERGED_MOST:
                    raise too_large(asked.file, f"more than {_MERGED_MOST:,} merged cells")
                if (row, column) != (top, left):
                    why = f"the cell is merged with {letters(left)}{top}"
                    hint = "unmerge the cells and fill in each"
                    found.setdefault(row, {})[column] = BadCell(row, column, why, hint)
    return found


def _uncertain(number: int, cells: Any, written: Any) -> dict[int, BadCell]:
    """Return the cells with an error, or with a formula of which no value was kept."""
    found = {}
    for at, cell in enumerate(cells):
        if cell.data_type == "e":
            why = f"the cell holds the error {cell.value}"
            found[at] = BadCell(number, at, why, "mend the formula or the value")
        elif (
            cell.value is None
            # A text that is empty was kept all the same.
            and cell.data_type != "str"
            and at < len(written)
            and written[at].data_type == "f"
        ):
            why = "the cell holds a formula without a value"
            hint = "open the file in a spreadsheet and save it: that keeps values with formulas"
            found[at] = BadCell(number, at, why, hint)
    return found


def _value(cell: Any) -> Value:
    value = cell.value
    if value is None or isinstance(value, (bool, time)):
        return value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int):
        # A number that is shown with zeros before it is a name, not an amount.
        form = str(cell.number_format)
        return str(value).zfill(len(form)) if form.strip("0") == "" else value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    return str(value) or None
