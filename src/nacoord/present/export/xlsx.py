"""The record as a workbook: a sheet about it, then one for each kind, with filters and real dates.

A text is written as text, whatever it begins with, and stays text when somebody edits its cell.
Nothing in the file tells of the machine, a person or the hour at which it was made.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import time
from typing import Any

import xlsxwriter

from nacoord.desk.export import Export
from nacoord.model.cells import guard
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.table import KINDS
from nacoord.present.export.about import about
from nacoord.present.export.about import banner
from nacoord.present.export.about import title
from nacoord.present.export.columns import Column
from nacoord.present.export.columns import Scalar
from nacoord.present.export.columns import cell
from nacoord.present.export.columns import columns
from nacoord.present.plain import clean

# In characters: a column is as wide as what it holds, within what can be read.
_NARROW, _WIDE = 8, 48
# The height of a line in points; a row shows so many at most, and its cells hold the rest.
_LINE, _LINES = 15, 6
# What a cell can hold (ECMA-376, and Excel's own limit).
_MOST = 32_767
_CUT = " … (cut: the whole is in the record)"
# What fits in a page's margin beside the rest (a header has 255 characters at most).
_MARGIN = 120
# Excel knows no day before (1900 date system).
_FIRST_DAY = date(1900, 3, 1)
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class _Looks:
    """How cells look."""

    head: Any
    count: Any
    text: Any
    guarded: Any
    day: Any
    strong: Any


def render(export: Export) -> bytes:
    """Return an export as a workbook."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, _OPTIONS)
    book.set_properties(
        {
            "title": clean(title(export)),
            "subject": "Export of the record",
            "author": clean(export.snapshot.office.name),
            "category": banner(export),
            "created": datetime.combine(export.today, time()),
        }
    )
    looks = _looks(book)
    _about(book, export, looks)
    for name, records in export.kinds().items():
        if export.kind in (None, name):
            _sheet(book, export, looks, name, records)
    book.close()
    return data.getvalue()


def _looks(book: Any) -> _Looks:
    whole = {"valign": "top", "text_wrap": True}
    return _Looks(
        head=book.add_format({"bold": True, "valign": "top", "bottom": 1, "bg_color": "#E7ECF2"}),
        count=book.add_format({"valign": "top", "align": "left"}),
        text=book.add_format(whole),
        guarded=book.add_format({**whole, "quote_prefix": True}),
        day=book.add_format({"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"}),
        strong=book.add_format({"bold": True, "valign": "top"}),
    )


def _about(book: Any, export: Export, looks: _Looks) -> None:
    sheet = book.add_worksheet("About")
    _page(sheet, export)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 60)
    sheet.fit_to_pages(1, 0)
    for row, (name, value) in enumerate(about(export)):
        sheet.write_string(row, 0, name, looks.strong)
        if isinstance(value, int):
            sheet.write_number(row, 1, value, looks.count)
        else:
            _text(sheet, row, 1, value, looks)


def _sheet(book: Any, export: Export, looks: _Looks, name: str, records: Sequence[Record]) -> None:
    sheet = book.add_worksheet(KINDS[name].folder.capitalize())
    _page(sheet, export)
    shown = [column for column in columns(KINDS[name].model, records) if column.key != "kind"]
    rows = [[cell(record, column) for column in shown] for record in records]
    kept = [
        place
        for place, column in enumerate(shown)
        if column.key in ("id", "title") or any(row[place] is not None for row in rows)
    ]
    widths = [_width(shown[place], [row[place] for row in rows]) for place in kept]
    for at, place in enumerate(kept):
        values = [row[place] for row in rows]
        sheet.write_string(0, at, shown[place].key, looks.head)
        sheet.set_column(at, at, widths[at])
        for number, value in enumerate(values, 1):
            _cell(sheet, number, at, value, looks)
    for number, row in enumerate(rows, 1):
        sheet.set_row(number, _LINE * _lines([row[place] for place in kept], widths))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows), len(kept) - 1)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    sheet.set_landscape()
    sheet.set_print_scale(55)


def _page(sheet: Any, export: Export) -> None:
    """Put the marking on every printed page, as pages of documents have it."""
    marking = banner(export)
    if len(marking) > _MARGIN:
        marking = f"{marking.split('//', maxsplit=1)[0]} (its categories: see About)"
    sheet.set_header(f'&C&"Arial,Bold"{marking}')
    sheet.set_footer(f'&L&A, {export.today}&C&"Arial,Bold"{marking}&RPage &P of &N')
    # ANSI A, the paper of an office in the United States.
    sheet.set_paper(1)


def _cell(sheet: Any, row: int, column: int, value: Scalar | None, looks: _Looks) -> None:
    if isinstance(value, str):
        _text(sheet, row, column, value, looks)
    elif isinstance(value, int):
        sheet.write_number(row, column, value, looks.text)
    elif value is not None and value >= _FIRST_DAY:
        sheet.write_datetime(row, column, datetime.combine(value, time()), looks.day)
    elif value is not None:
        _text(sheet, row, column, value.isoformat(), looks)


def _text(sheet: Any, row: int, column: int, text: str, looks: _Looks) -> None:
    shown = clean(text)
    if len(shown) > _MOST:
        shown = shown[: _MOST - len(_CUT)] + _CUT
    sheet.write_string(row, column, shown, looks.text if guard(shown) == shown else looks.guarded)


def _width(column: Column, values: Iterable[Scalar | None]) -> float:
    """Return a width in which most values stand on one line, and long ones on few."""
    sizes = sorted(len(str(value)) for value in values if value is not None)
    most = sizes[int(len(sizes) * 0.9)] if sizes else 0
    return min(max(len(column.key) + 4, most + 1, _NARROW), _WIDE)


def _lines(row: Sequence[Scalar | None], widths: Sequence[float]) -> int:
    """Return how many lines a row needs, within what is shown."""
    needed = 1
    for value, width in zip(row, widths, strict=True):
        if isinstance(value, str):
            parts = value.splitlines() or [""]
            needed = max(needed, sum(1 + int(len(part) * 1.05 / width) for part in parts))
    return min(needed, _LINES)
