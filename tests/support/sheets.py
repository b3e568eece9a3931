"""Sheets for tests: workbooks with what people leave in them, and the examples of the docs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

from tests.conftest import ROOT

EXAMPLES = ROOT / "docs/examples/import"


def workbook(rows: Sequence[Sequence[Any]], sheet: str = "Sheet") -> Any:
    """Make a workbook with one sheet."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(list(row))
    return book


def saved(book: Any) -> bytes:
    """Return a workbook as the bytes of its file."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_parts(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return a workbook's bytes with parts of its zip replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, text in parts.items():
            new.writestr(name, text, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def part(data: bytes, name: str) -> bytes:
    """Return a part of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return parts.read(name)


def copy_examples(folder: Path) -> None:
    """Copy the example files of the docs into a folder."""
    for file in EXAMPLES.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
