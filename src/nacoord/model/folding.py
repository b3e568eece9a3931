"""Fold text so that a search meets what a person meant: no accents, no case.

`fold("Québec") == fold("quebec") == "quebec"`.
"""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Return text without case and diacritics (Unicode NFKD, combining marks dropped)."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
