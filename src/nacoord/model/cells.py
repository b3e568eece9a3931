"""Cells of a spreadsheet as text: what a spreadsheet would calculate is guarded, and lists are joined.

`guard` and `unguard` undo each other for any text, and so do `joined` and `split`: what is written out
can be read in again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# What makes a spreadsheet take a cell for a formula (OWASP, CSV Injection), in wide letters too, after
# anything that it skips: blanks and characters that nobody sees. Apostrophes are counted so that the
# guard of a text that has one of its own can be told from it.
_FORMULA = re.compile(
    "'*(?:[\t\r]|[\\s\x00-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]*[=+\\-@＝＋－＠])"
)
_BETWEEN = "; "


def guard(text: str) -> str:
    """Return a text that no spreadsheet calculates: an apostrophe stands before it where it might."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """Return the text that was guarded."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def joined(items: Iterable[str]) -> str:
    """Return the items of a list as one cell; a semicolon or a backslash in one gets a backslash."""
    return _BETWEEN.join(re.sub(r"([\\;])", r"\\\1", item) for item in items)


def split(text: str) -> list[str]:
    """Return the items of a cell; none for an empty one."""
    if not text:
        return []
    items, item, at = [], "", 0
    while at < len(text):
        if text[at] == "\\" and at + 1 < len(text):
            item += text[at + 1]
            at += 2
        elif text[at] == ";":
            items.append(item)
            item = ""
            at += 2 if text[at + 1 : at + 2] == " " else 1
        else:
            item += text[at]
            at += 1
    return [*items, item]
