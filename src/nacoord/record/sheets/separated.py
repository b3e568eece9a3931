"""Separated values (RFC 4180) by the standard library: text whose encoding and delimiter are certain."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from nacoord.model.sheet import BadCell
from nacoord.model.sheet import Row
from nacoord.model.sheet import Sheet
from nacoord.record.sheets.table import MAX_ROWS
from nacoord.record.sheets.table import Asked
from nacoord.record.sheets.table import SheetError
from nacoord.record.sheets.table import put_together
from nacoord.record.sheets.table import too_large

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read(data: bytes, asked: Asked) -> Sheet:
    """Read separated values.

    Raises:
        SheetError: when the text can't be decoded, or its delimiter can't be told.
    """
    text, said = _said_delimiter(_decoded(data, asked))
    delimiter = asked.delimiter or said or _sniffed(text, asked)
    header: list[str] | None = None
    rows: list[Row] = []
    bad: list[BadCell] = []
    for number, cells in enumerate(_records(text, delimiter, asked), 1):
        if number < asked.header or not any(cell.strip() for cell in cells):
            continue
        if header is None and number == asked.header:
            header = cells
        elif header is None:
            break
        elif wrong := _wrong_length(number, cells, header):
            bad.append(wrong)
        else:
            padded = [*cells[: len(header)], *[""] * (len(header) - len(cells))]
            rows.append(Row(number, tuple(cell or None for cell in padded)))
        if len(rows) + len(bad) > MAX_ROWS:
            raise too_large(asked.file, f"more than {MAX_ROWS:,} rows")
    return put_together(asked, "", header or [], rows, bad)


def _decoded(data: bytes, asked: Asked) -> str:
    if data.startswith(_UTF16):
        raise SheetError(f"{asked.file} is in UTF-16", hint="save it as CSV UTF-8")
    encoding = asked.encoding or "utf-8"
    try:
        text = data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = (
            "save it as CSV UTF-8; or, when it comes from an old Excel: --encoding cp1252"
            if encoding == "utf-8"
            else "leave out --encoding where the file is UTF-8"
        )
        raise SheetError(
            f"{asked.file}:{line}: byte 0x{data[error.start]:02x} is not {encoding.upper()}",
            hint=hint,
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise SheetError(
            f"{asked.file}:{line}: a NUL stands in the text", hint="save it as CSV UTF-8"
        )
    return text


def _said_delimiter(text: str) -> tuple[str, str | None]:
    """Return the text after a first line `sep=;`, as Excel writes and reads one, and what it says."""
    line, _, rest = text.partition("\n")
    line = line.rstrip("\r")
    if line.lower().startswith("sep=") and len(line) == len("sep=x"):
        return rest, line[-1]
    return text, None


def _records(text: str, delimiter: str, asked: Asked) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[list[str]] = []
    try:
        for cells in reader:
            found.append(cells)
            if len(found) > MAX_ROWS * 2 + asked.header:
                raise too_large(asked.file, f"more than {MAX_ROWS:,} rows")
    except csv.Error as error:
        why = str(error)
        hint = "a quote is not closed, or text follows a closing quote before the next delimiter"
        if "field larger than" in why:
            why = f"a value has more than {csv.field_size_limit():,} characters"
            hint = "shorten it; or close the quote that it begins with"
        raise SheetError(f"{asked.file}:{max(1, reader.line_num)}: {why}", hint=hint) from None
    return found


def _sniffed(text: str, asked: Asked) -> str:
    """Return the delimiter that parts the header into most columns."""
    counts = {}
    for delimiter in DELIMITERS:
        try:
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
            header = next((row for at, row in enumerate(reader, 1) if at == asked.header), [])
        except csv.Error:
            header = []
        counts[delimiter] = len(header)
    most = max(counts.values())
    likely = [delimiter for delimiter, count in counts.items() if count == most]
    if most > 1 and len(likely) > 1:
        named = " or ".join(DELIMITERS[each] for each in likely)
        raise SheetError(
            f"{asked.file}: the values could be separated by {named}",
            hint='say which: --delimiter ";" (or , or tab)',
        )
    return likely[0]


def _wrong_length(number: int, cells: Sequence[str], header: Sequence[str]) -> BadCell | None:
    extra = cells[len(header) :]
    if len(cells) >= len(header) and not any(cell.strip() for cell in extra):
        return None
    many = f"{len(cells)} value{'s' * (len(cells) != 1)}"
    why = f"the row has {many}, the header {len(header)}"
    hint = (
        "put a text that holds the delimiter in double quotes"
        if extra
        else "give it as many delimiters as the header has"
    )
    return BadCell(number, None, why, hint)
