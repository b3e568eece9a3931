"""Many versions of one file, read by what differs between them.

A version differs from the next in a line or two. So a text is cut where a key begins at its left
edge, and each piece is read once, however many versions hold it. What can't be cut for certain is
read whole.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from nacoord.record.yamltext import MAX_NODES
from nacoord.record.yamltext import read

# A plain key at the left edge. Inside a quoted or bracketed text that goes on there, the piece before
# is no YAML by itself, and so the whole text is read.
_KEY = re.compile(rb"^[a-z][a-z0-9_-]*:(?=[ \n])", re.MULTILINE)
# Before the first key only comments may stand: no mark of a document, no directive.
_COMMENTS = re.compile(rb"(?:[ \t]*(?:#[^\r\n]*)?\n)*")
# What binds one piece to another, or ends lines in another way, is not cut.
_BINDING = re.compile(rb"[&*\r]|\xc2\x85|\xe2\x80[\xa8\xa9]|^(?:---|\.\.\.|%)", re.MULTILINE)
_NOT_ONE = object()


def value_of_version(data: bytes) -> Any:
    """Return what a version of a file says; a text that can't be read counts as itself.

    Values are shared between versions: they are only to be looked at.
    """
    found = _joined(data)
    return value_whole(data) if found is None else found


def value_whole(data: bytes) -> Any:
    """Return the same without cutting the text, which costs less when it is read once."""
    document = read(data)
    return {"text": document.text} if document.problems else document.value


def _joined(data: bytes) -> dict[str, Any] | None:
    """Return the value from the pieces; None when it can't be told from them."""
    # A node takes a byte at least, so a text this short can't hold too many.
    if len(data) > MAX_NODES or _BINDING.search(data):
        return None
    starts = [found.start() for found in _KEY.finditer(data)]
    if (
        not starts
        or not _COMMENTS.fullmatch(data, 0, starts[0])
        or read(data[: starts[0]]).problems
    ):
        return None
    value: dict[str, Any] = {}
    for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
        piece = _piece(data[start:end])
        if piece is _NOT_ONE or piece[0] in value:
            return None
        value[piece[0]] = piece[1]
    return value


@lru_cache(maxsize=20_000)
def _piece(data: bytes) -> Any:
    document = read(data)
    if document.problems or not isinstance(document.value, dict) or len(document.value) != 1:
        return _NOT_ONE
    return next(iter(document.value.items()))
