"""What a document is made of: headings, paragraphs, lists, tables, figures and asides, as plain values.

Texts may hold anything a record holds. Every renderer takes them through `shown`, and then makes
sure by its own means that they are read as text and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from nacoord.present.document.chart import Chart
from nacoord.present.plain import clean

RunKind = Literal["plain", "strong", "id"]


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of one kind.

    Attributes:
        text: the words, blanks at their ends included.
        kind: plain, strong, or the id of a record, which a reader may type.
    """

    text: str
    kind: RunKind = "plain"


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of what follows: level 1 for a section, 2 for a part of it."""

    level: Literal[1, 2]
    line: Line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    line: Line


@dataclass(frozen=True, slots=True)
class Bullets:
    """A bullet list."""

    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """An aside: how to read what stands here, or what was left out."""

    line: Line


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        title: what stands at its head.
        share: how much of the width it takes beside the others.
        firm: True when its cells are short and should not be broken, as dates are.
    """

    title: str
    share: int = 1
    firm: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one line in each cell.

    Where a renderer has no room for columns, the first cell of a row stands as its head.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Line, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a row has more or fewer cells than the table has columns")


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, as data; every renderer draws it with its own means, and none by colour alone.

    Attributes:
        caption: what it shows, under it or over it.
        alt: in a sentence what a reader sees in it, for who can't see it.
        chart: what is drawn.
    """

    caption: Line
    alt: str
    chart: Chart


Block = Heading | Paragraph | Bullets | Table | Figure | Note


@dataclass(frozen=True, slots=True)
class Document:
    """A page or several.

    Attributes:
        title: what it is.
        subtitle: of what, or by whom.
        banner: the marking that stands on top and on every page, in capitals.
        date_line: for which day it is true, in words.
        on: that day.
        author: the office, never a person.
        blocks: what it says.
        made_from: names and values, in JSON, by which the same document can be made again; where a
            format has a head for such things, they stand there.
        tight: True when paper is to be saved: smaller letters, less room between things.
    """

    title: str
    subtitle: str
    banner: str
    date_line: str
    on: date
    author: str
    blocks: tuple[Block, ...]
    made_from: tuple[tuple[str, str], ...] = ()
    tight: bool = False


def line(*parts: str | Run | Line) -> Line:
    """Return parts as one line; bare text is plain, and what is empty is left out."""
    runs: list[Run] = []
    for part in parts:
        if isinstance(part, str):
            runs.append(Run(part))
        elif isinstance(part, Run):
            runs.append(part)
        else:
            runs += part
    return tuple(run for run in runs if run.text)


def strong(text: str) -> Run:
    """Return words that stand out."""
    return Run(text, "strong")


def record(id: str) -> Run:
    """Return the id of a record."""
    return Run(id, "id")


def records(ids: Iterable[str], between: str = ", ") -> Line:
    """Return the ids of several records, one after the other."""
    return joined([line(record(id)) for id in ids], between)


def joined(lines: Iterable[Line], between: str) -> Line:
    """Return lines as one, leaving out empty ones."""
    runs: list[Run] = []
    for each in lines:
        if each:
            runs += [Run(between), *each] if runs else each
    return tuple(runs)


def split_id(parts: Line) -> tuple[Line, Line]:
    """Return what a cell says and the one id that ends it, which may have a line of its own."""
    if len(parts) == 2 and parts[1].kind == "id" and parts[0].kind != "id":
        return (Run(parts[0].text.rstrip(), parts[0].kind),), parts[1:]
    return parts, ()


def shown(text: str) -> str:
    """Return text fit for any page: control characters visible, blanks folded, on one line."""
    return clean(re.sub(r"\s+", " ", text))


def plain(parts: Line) -> str:
    """Return what a line says, without its kinds."""
    return shown("".join(run.text for run in parts)).strip()
