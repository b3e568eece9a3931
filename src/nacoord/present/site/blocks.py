"""What pages are made of: tables, lists and facts, as the templates' macros take them."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from functools import lru_cache
from typing import ClassVar

from markupsafe import Markup
from markupsafe import escape

from nacoord.present.plain import clean
from nacoord.present.plain import one_line

# What a cell or an item holds: our own HTML, or text that is yet to be escaped.
Said = Markup | str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under the titles of columns; the first cell of a row names it.

    Attributes:
        columns: the titles; their number is that of every row's cells.
        rows: the cells.
        look: a class that sets the widths of the columns.
        label: what it is called, where no heading of its own says so.
    """

    kind: ClassVar[str] = "table"
    columns: Sequence[str]
    rows: Sequence[Sequence[Said]]
    look: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    kind: ClassVar[str] = "bullets"
    items: Sequence[Said]
    look: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels, each with its lines."""

    kind: ClassVar[str] = "facts"
    rows: Sequence[tuple[str, Sequence[Said]]]


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on what stands around it."""

    kind: ClassVar[str] = "note"
    line: Said


@dataclass(frozen=True, slots=True)
class Under:
    """A heading of the third level, for what comes after it."""

    kind: ClassVar[str] = "under"
    line: Said


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing, ready as HTML."""

    kind: ClassVar[str] = "drawing"
    html: Markup


Block = Table | Bullets | Facts | Note | Under | Drawing


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading of the second level.

    Attributes:
        id: what links to it name.
        title: its heading.
        blocks: what stands there.
    """

    id: str
    title: str
    blocks: Sequence[Block]


def filled(sections: Iterable[Section]) -> list[Section]:
    """Return the sections that have anything in them."""
    return [section for section in sections if section.blocks]


@lru_cache(maxsize=20_000)
def words(content: str) -> Markup:
    """Return text as HTML, on one line, what is not safe to print made visible."""
    return escape(one_line(content))


def put(pattern: str, *parts: Said | int) -> Markup:
    """Put parts where a pattern of our own HTML has braces; what is not HTML becomes it."""
    first, *others = _pieces(pattern)
    said = [first]
    for part, other in zip(parts, others, strict=True):
        said += (part if isinstance(part, Markup) else words(str(part)), other)
    return Markup("".join(said))  # noqa: S704


@cache
def _pieces(pattern: str) -> tuple[str, ...]:
    return tuple(pattern.split("{}"))


def lines(content: str) -> list[Markup]:
    """Return the lines of a text as HTML."""
    return [escape(clean(line)) for line in content.strip().splitlines() if line.strip()]


def strong(content: str) -> Markup:
    """Return text that stands out."""
    return put("<strong>{}</strong>", words(content))


def soft(content: Said) -> Markup:
    """Return what stands back; nothing for nothing."""
    said = content if isinstance(content, Markup) else words(content)
    return put('<span class="soft">{}</span>', said) if said else Markup()


def late(content: str) -> Markup:
    """Return what is late."""
    return put('<strong class="late">{}</strong>', words(content))


def overdue(days: int) -> Markup:
    """Return how late something is."""
    return late(f"{days} d late")


def health(name: str) -> Markup:
    """Return a health: its word, and a colour and a shape that say it again."""
    return put('<span class="health {}">{}</span>', name, name)


def joined(parts: Iterable[Said], between: str = ", ") -> Markup:
    """Return what there is of some parts, in one."""
    said = (part if isinstance(part, Markup) else words(part) for part in parts)
    return Markup(between).join(part for part in said if part)  # noqa: S704
