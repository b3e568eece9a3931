"""From rich's renderables to text of a given width. Records' text never passes as markup."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    from rich.console import RenderableType


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
    from rich.console import Console

    console = Console(
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
    console.print(renderable)
    assert isinstance(console.file, StringIO)
    text = console.file.getvalue()
    if not style.unicode:
        text = text.translate(_ASCII)
    return "".join(f"{line.rstrip()}\n" for line in text.split("\n")[:-1])
