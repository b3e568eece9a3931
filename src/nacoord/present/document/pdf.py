"""Documents as tagged PDF (PDF/UA-1, ISO 14289-1), by typst.

WeasyPrint was tried beside it on the hand-over of `data/`: it would have taken the HTML as it is.
typst was chosen. It needs no library of the system, checks PDF/UA itself and refuses what breaks
it, gives a figure its alternative text, keeps a heading with what follows, brings its own fonts (so
the same document is the same bytes on every machine), and takes 0.1 s where WeasyPrint takes 1.1 s.
The price is a second template, and a wheel of 34 MB.

What a record says goes there as JSON, never as typst's language.
"""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any
from unicodedata import category

import typst

from nacoord.model.errors import NacoordError
from nacoord.present.document.columns import across
from nacoord.present.document.model import Block
from nacoord.present.document.model import Bullets
from nacoord.present.document.model import Document
from nacoord.present.document.model import Figure
from nacoord.present.document.model import Heading
from nacoord.present.document.model import Line
from nacoord.present.document.model import Note
from nacoord.present.document.model import Table
from nacoord.present.document.model import plain
from nacoord.present.document.model import shown
from nacoord.present.document.model import split_id
from nacoord.present.document.svg import described
from nacoord.present.document.svg import svg
from nacoord.present.plain import escaped
from nacoord.present.terminal.console import Style

# What of a table's text fits across a page, in characters of the middle width.
_ACROSS = 112
_DRAWING = 420
# A letter that no font here has, as typst says it.
_NO_LETTER = re.compile(r'the text `?"(.+?)"`? could not be displayed')
# How many sorts of letters may have none.
_MOST = 40
# Unicode's categories of what has no place of its own in a line; and where signs end.
_MARKS = {"Cf", "Mc", "Me", "Mn"}
_SCRIPTS = 0x2E00


def render(document: Document, style: Style) -> bytes:
    """Return the bytes of a file: the same for the same document, with no time or place in it.

    Raises:
        NacoordError: when typst can't make it.
    """
    return _compiled(json.dumps(_values(document), ensure_ascii=False))


def _compiled(data: str) -> bytes:
    """Make the pages; letters that typst's own fonts lack are taken from the machine's.

    A letter that no font has is shown as its escape: a page never leaves anything out unsaid.
    """
    template = files("nacoord.present.document").joinpath("templates/document.typ").read_bytes()
    own = True
    for _ in range(_MOST):
        try:
            made: bytes = typst.compile(
                template,
                sys_inputs={"document": data},
                pdf_standards=["ua-1"],
                ignore_system_fonts=own,
            )
        except typst.TypstError as error:
            found = _NO_LETTER.search(str(error))
            if found is None:
                raise _failed(error) from None
            if not own:
                data = _without(data, _letters(found[1]))
            own = False
        else:
            return _without_suspects(made)
    raise _failed("too many letters that no font here has")


def _without_suspects(made: bytes) -> bytes:
    """Return the pages without the entry that says that their tags are not suspect.

    Without it that holds too (ISO 32000-1, table 321), and some versions of poppler take the entry for an
    error. Blanks take its place, so that every offset stays what it is.
    """
    said = b"/MarkInfo<</Marked true/Suspects false>>"
    if made.count(said) != 1:
        return made
    return made.replace(said, b"/MarkInfo<</Marked true" + b" " * 15 + b">>")


def _failed(why: object) -> NacoordError:
    return NacoordError(
        f"the PDF could not be made: {str(why).splitlines()[0]}", hint="write -o FILE.docx instead"
    )


def _letters(said: str) -> str:
    r"""Return letters as typst says them: those that don't print as `\u{10fffd}`."""
    return re.sub(r"\\u\{(\w+)\}", lambda code: chr(int(code[1], 16)), said)


def _without(data: str, letters: str) -> str:
    """Return JSON text with letters, and those of the other scripts they belong to, as escapes."""
    blocks = {ord(letter) >> 8 for letter in letters}
    # A letter that every font has is refused for the mark that follows it.
    marks = letters.isascii()

    def lacks(letter: str) -> bool:
        if letter.isascii():
            return False
        if marks:
            return category(letter) in _MARKS
        # Of Latin letters and signs, which are below, a font lacks single ones.
        return letter in letters or (ord(letter) >= _SCRIPTS and ord(letter) >> 8 in blocks)

    return "".join(
        json.dumps(escaped(letter))[1:-1] if lacks(letter) else letter for letter in data
    )


def _values(document: Document) -> dict[str, Any]:
    on = document.on
    return {
        "title": shown(document.title),
        "subtitle": shown(document.subtitle),
        "banner": shown(document.banner),
        "date_line": shown(document.date_line),
        "author": shown(document.author),
        "on": [on.year, on.month, on.day],
        "day": on.isoformat(),
        "tight": document.tight,
        "blocks": list(_blocks(document)),
    }


def _blocks(document: Document) -> Any:
    section = False
    for number, block in enumerate(document.blocks):
        if isinstance(block, Heading):
            # A part stands under a section, or is one.
            level = block.level if section else 1
            section = True
            yield {"kind": "heading", "level": level, "line": _words(block.line)}
        else:
            yield _block(block, number)


def _block(block: Block, number: int) -> dict[str, Any]:
    if isinstance(block, Bullets):
        return {"kind": "bullets", "lines": [_words(item) for item in block.items]}
    if isinstance(block, Figure):
        drawing = svg(block.chart, plain(block.caption), block.alt, f"f{number}", width=_DRAWING)
        alt = described(block.chart, block.alt)
        return {"kind": "figure", "line": _words(block.caption), "alt": alt, "drawing": drawing}
    if isinstance(block, Table):
        return _table(block)
    return {"kind": "note" if isinstance(block, Note) else "paragraph", "line": _words(block.line)}


def _table(table: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "widths": across(table, _ACROSS),
        "titles": [shown(column.title) for column in table.columns],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
    }


def _cell(parts: Line) -> dict[str, Any]:
    said, id = split_id(parts)
    return {"said": _words(said), "id": _words(id)}


def _words(parts: Line) -> list[dict[str, str]]:
    return [{"kind": run.kind, "text": shown(run.text)} for run in parts]
