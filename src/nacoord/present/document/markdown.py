"""Documents as Markdown: CommonMark 0.31, and tables as GFM 0.29 has them.

A record's text is text there too. Nothing in it can become markup, a link, HTML or another block,
also where a reader's tool makes links of bare addresses. Lines are never wrapped: a change of one
sentence is a change of one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nacoord.model.kinds.base import ID
from nacoord.present.document.charttable import tables
from nacoord.present.document.model import Block
from nacoord.present.document.model import Bullets
from nacoord.present.document.model import Document
from nacoord.present.document.model import Figure
from nacoord.present.document.model import Heading
from nacoord.present.document.model import Line
from nacoord.present.document.model import Note
from nacoord.present.document.model import Paragraph
from nacoord.present.document.model import Run
from nacoord.present.document.model import Table
from nacoord.present.document.model import shown
from nacoord.present.terminal.console import Style

# What opens or closes something inside a line; a backslash before it takes that away.
_INLINE = re.compile(r"[\\`*_\[\]<>|~]|&(?=#?\w)")
# What readers beyond CommonMark make links of: addresses of pages and of people.
_ADDRESS = re.compile(r"(?<=\w):(?=//)|(?<=\bwww)\.|@", re.IGNORECASE)
# What opens a block at the start of a line.
_BLOCK = re.compile(r"([#+=-]|\d{1,9}(?=[.)]))")


def render(document: Document, style: Style) -> str:
    """Return the text of a file; it ends in a line end, and lines end as on Unix."""
    banner = _paragraph((Run(document.banner, "strong"),))
    parts = [banner, f"# {_heading((Run(document.title),))}"]
    parts += [_paragraph((Run(text),)) for text in (document.subtitle, document.date_line) if text]
    parts += [part for block in document.blocks for part in _block(block)]
    return _front(document) + "\n\n".join([*parts, banner]) + "\n"


def _front(document: Document) -> str:
    """Return the head in which readers of Markdown expect facts on a file; JSON is YAML too."""
    if not document.made_from:
        return ""
    lines = (f"{name}: {value}\n" for name, value in document.made_from)
    return f"---\n{''.join(lines)}---\n\n"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * (block.level + 1)} {_heading(block.line)}"
    elif isinstance(block, Paragraph):
        yield _paragraph(block.line)
    elif isinstance(block, Note):
        yield f"> {_paragraph(block.line)}"
    elif isinstance(block, Bullets):
        if block.items:
            yield "\n".join(f"- {_paragraph(item)}" for item in block.items)
    elif isinstance(block, Figure):
        if block.caption:
            yield _paragraph(block.caption)
        yield from map(_table, tables(block.chart))
    else:
        yield _table(block)


def _table(table: Table) -> str:
    titles = [escape(column.title) for column in table.columns]
    rows = [titles, ["---"] * len(titles), *([_words(cell) for cell in row] for row in table.rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _heading(parts: Line) -> str:
    # Number signs at its end would be taken for the heading's own.
    return re.sub(r"#(?=#*$)", r"\\#", _words(parts))


def _paragraph(parts: Line) -> str:
    words = _words(parts)
    found = _BLOCK.match(words)
    if found is None:
        return words
    if found[1].isdigit():
        return f"{found[1]}\\{words[found.end() :]}"
    return f"\\{words}"


def _words(parts: Line) -> str:
    return "".join(map(_run, parts)).strip()


def _run(run: Run) -> str:
    if run.kind == "id" and ID.fullmatch(run.text):
        return f"`{run.text}`"
    if run.kind != "strong":
        return escape(run.text)
    # Asterisks mark only what they touch: blanks stand outside them.
    text = shown(run.text)
    core = text.strip()
    if not core:
        return text
    before, _, after = text.partition(core)
    return f"{before}**{escape(core)}**{after}"


def escape(text: str) -> str:
    """Return text that Markdown reads as these very characters, on one line."""
    found = _INLINE.sub(lambda char: f"\\{char.group()}", shown(text))
    return _ADDRESS.sub(lambda char: f"\\{char.group()}", found)
