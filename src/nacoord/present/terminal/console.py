"""From rich's renderables to text of a given width. Records' text never passes as markup."""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from rich.console import Console
    from rich.console import RenderableType


_STYLES = re.compile("(\x1b\\[[0-9;]*m)")
# What this project itself writes beyond ASCII, for terminals that have no more.
_ASCII = str.maketrans({"·": "-", "–": "-", "…": ".", "→": ">", "“": '"', "”": '"'})


class Style(NamedTuple):
    """How an answer is written.

    Attributes:
        width: columns to fit.
        color: whether to colour.
        unicode: whether characters beyond ASCII can be shown.
        terminal: whether a person reads it, rather than a pipe.
    """

    width: int
    color: bool
    unicode: bool = True
    terminal: bool = True


def to_text(renderable: RenderableType, style: Style) -> str:
    """Render to text, lines without trailing blanks."""
    console = console_for(style)
    lines: list[str] = []
    for part in _parts(renderable):
        lines += _quick(part, style.width, console) or _by_rich(part, console)
    return _written(lines, style)


def to_plain(lines: Iterable[tuple[int, str]], style: Style) -> str:
    """Return lines, each indented so far, as `to_text` would without colour; long ones go on below.

    For screens of many thousand lines, which need no colour and so no text of rich.
    """
    from rich.padding import Padding
    from rich.text import Text

    from nacoord.present.terminal.lines import simple
    from nacoord.present.terminal.lines import wrapped

    console = console_for(style)
    found: list[str] = []
    for indent, line in lines:
        short = wrapped(line, style.width - indent) if simple(line) else None
        if short is None:
            content = Text(line, overflow="fold")
            found += _by_rich(Padding(content, (0, 0, 0, indent)), console)
        else:
            before = " " * indent
            found += [before + each if each else "" for each in short]
    return _written(found, style)


def _written(lines: list[str], style: Style) -> str:
    text = "".join([f"{_safe(line, style)}\n" for line in lines])
    return text if style.unicode else text.translate(_ASCII)


def _safe(line: str, style: Style) -> str:
    """Return a line in which a terminal obeys nothing but our styles (SGR, ECMA-48, 8.3.117).

    Each text is made plain where it is put in; this catches the one that was forgotten.
    """
    from nacoord.present.plain import clean

    if line.isprintable():
        return line
    if not style.color:
        return clean(line)
    # What stands between two styles, and at odd places the styles themselves.
    parts = _STYLES.split(line)
    return "".join([part if at % 2 else clean(part) for at, part in enumerate(parts)])


def console_for(style: Style) -> Console:
    """Return a console that writes into a text, in which nothing is markup."""
    from rich.console import Console

    return Console(
        file=StringIO(),
        width=style.width,
        force_terminal=style.color,
        color_system="standard" if style.color else None,
        no_color=not style.color,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )


def _parts(renderable: RenderableType) -> Iterator[RenderableType]:
    """Yield what stands one below the other."""
    from rich.console import Group

    if type(renderable) is Group:
        for each in renderable.renderables:
            yield from _parts(each)
    else:
        yield renderable


def _quick(part: RenderableType, width: int, console: Console) -> list[str] | None:
    """Return the lines of what is simple; None for what rich must lay out."""
    from rich.padding import Padding
    from rich.text import Text

    from nacoord.present.terminal.grid import Grid
    from nacoord.present.terminal.lines import flowing

    if isinstance(part, Text):
        return flowing(part, width, console)
    if isinstance(part, Grid):
        return part.lines(width, console)
    if isinstance(part, Padding) and isinstance(part.renderable, Text):
        if part.top or part.right or part.bottom:
            return None
        found = flowing(part.renderable, width - part.left, console)
        indent = " " * part.left
        return found and [f"{indent}{line}".rstrip() for line in found]
    return None


def _by_rich(part: RenderableType, console: Console) -> list[str]:
    from rich.console import Group

    file = console.file
    assert isinstance(file, StringIO)
    file.seek(0)
    file.truncate()
    # A text that is printed by itself loses how it overflows.
    console.print(Group(part))
    return [line.rstrip() for line in file.getvalue().split("\n")[:-1]]
