"""Texts as the lines of a screen, as rich lays them out, without its price for each.

A screen of thousands of lines is mostly short texts that have room. Those are put down here; for what
is harder (colours inside a text that goes on in the next line, letters of two cells) these functions
return None, and rich does it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from rich.color import ColorSystem
from rich.style import Style as RichStyle
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console

# Characters of one cell each: ASCII, Latin with its accents, and what this project itself writes.
_PLAIN = re.compile("[ -~\u00a1-\u00ac\u00ae-\u02ff–—…→“”‘’]*")
_COLORS = ColorSystem.STANDARD


def simple(text: str) -> bool:
    """Tell whether each character of a text is one cell wide, and none begins a line."""
    return _PLAIN.fullmatch(text) is not None


def wrapped(text: str, width: int) -> list[str] | None:
    """Return a simple text as lines, broken between words; None where a word has no room."""
    text = text.rstrip(" ")
    if text.startswith(" "):
        return None
    lines: list[str] = []
    start = 0
    while len(text) - start > width:
        at = text.rfind(" ", start, start + width + 1)
        if at < 0:
            return None
        lines.append(text[start:at].rstrip(" "))
        start = at + 1
        while text[start] == " ":
            start += 1
    lines.append(text[start:])
    return lines


def flowing(text: Text, width: int, console: Console) -> list[str] | None:
    """Return the lines of a text that goes on in the next where it has no room."""
    plain = text.plain
    if text.justify or text.no_wrap or not simple(plain):
        return None
    if len(plain) <= width:
        return [(painted(text, console) if console.color_system else plain).rstrip()]
    if console.color_system or text.overflow not in (None, "fold"):
        return None
    return wrapped(plain, width)


def painted(text: Text, console: Console) -> str:
    """Return a text of one line with the codes of its colours."""
    if not text.spans:
        return paint(text.plain, text.style)
    # Joining makes a span of the text's own style, as rich's wrapping does.
    return "".join(
        segment.style.render(segment.text, color_system=_COLORS) if segment.style else segment.text
        for segment in Text("").join([text]).render(console)
    )


def paint(content: str, style: str | RichStyle) -> str:
    """Return words with the codes of one colour around them."""
    if not content or not style:
        return content
    before, after = _codes(style)
    return f"{before}{content}{after}"


@cache
def _codes(style: str | RichStyle) -> tuple[str, str]:
    """Return what stands before and after words of a style (ECMA-48, SGR)."""
    known = RichStyle.parse(style) if isinstance(style, str) else style
    before, _, after = known.render("x", color_system=_COLORS).partition("x")
    return before, after
