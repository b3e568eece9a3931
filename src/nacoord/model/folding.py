"""Fold text so that a search meets what a person meant: no accents, no case.

`fold("Québec") == fold("quebec") == "quebec"`.
"""

from __future__ import annotations

import re
import unicodedata

_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")


def fold(text: str) -> str:
    """Return text without case and diacritics (Unicode NFKD, combining marks dropped)."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return _BEYOND_ASCII.sub(_without_marks, decomposed)


def _without_marks(found: re.Match[str]) -> str:
    return "".join(char for char in found.group() if not unicodedata.combining(char))
