"""Any bytes are a sheet of separated values or refused, and a guarded cell reads as itself."""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.model.cells import guard
from nacoord.model.cells import joined
from nacoord.model.cells import split
from nacoord.model.cells import unguard
from nacoord.model.errors import NacoordError
from nacoord.record.sheets.separated import read
from nacoord.record.sheets.table import Asked


def seeds() -> Iterator[bytes]:
    """Yield sheets; the first byte says how they are read."""
    for text in (
        b"a,b\n1,2\n",
        b"sep=;\na;b\n1;2\n",
        b"a\tb\n1\t2\n",
        b'a,b\n"x\ny",2\n',
        b"\xef\xbb\xbfa,b\r\n1,2\r\n",
        b"=1+1,'=x\n",
    ):
        for how in range(6):
            yield bytes([how]) + text


def one(data: bytes) -> None:
    """Read bytes as a sheet."""
    if not data:
        return
    how, text = data[0], data[1:]
    asked = Asked("x.csv", header=1 + how % 3, encoding=("cp1252" if how & 4 else None), delimiter=(";" if how & 8 else None))  # fmt: skip
    try:
        sheet = read(text, asked)
    except NacoordError:
        pass
    else:
        assert all(len(row.cells) >= len(sheet.header) for row in sheet.rows)
    word = text.decode("utf-8", "replace")
    assert unguard(guard(word)) == word
    assert not guard(word).lstrip(" ").startswith(("=", "+", "-", "@"))
    assert split(joined([word, "x"])) == [word, "x"] or not word
