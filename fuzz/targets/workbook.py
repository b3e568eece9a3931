"""Any bytes are a sheet of a workbook or refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from nacoord.model.errors import NacoordError
from nacoord.record.sheets.table import Asked
from nacoord.record.sheets.workbook import read


def _book(sheet: bytes) -> bytes:
    from tests.hostile.test_resources import _book as book

    return book(sheet)


def seeds() -> Iterator[bytes]:
    """Yield the rows of a sheet, and whole workbooks."""
    yield b'\x00<row r="1"><c r="A1" t="inlineStr"><is><t>title</t></is></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
    yield b'\x00<row r="1"><c r="A1" t="str"><f>1+1</f><v>2</v></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1" t="b"><v>1</v></c></row>'
    yield b'\x00<row hidden="1" r="3"><c t="d"><v>2021-01-01</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells><sheetData>'
    yield b"\x01" + _book(b'<row r="1"><c r="A1"><v>1</v></c></row>')


def one(data: bytes) -> None:
    """Read bytes as a workbook, or as the rows of one."""
    if not data:
        return
    whole = data[1:] if data[0] & 1 else _book(data[1:])
    try:
        read(whole, Asked("x.xlsx", header=1))
    except NacoordError:
        return
    with zipfile.ZipFile(io.BytesIO(whole)):
        pass
