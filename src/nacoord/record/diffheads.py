"""The head of a file's diff: which file it is of, whatever characters its name has."""

from __future__ import annotations

import os
import re

# How git writes a path with a quote, a backslash or a control character in it.
_ESCAPE = re.compile(rb'\\([abtnvfr"\\]|[0-7]{3})')
_ESCAPED = dict(zip(b'abtnvfr"\\', b'\a\b\t\n\v\f\r"\\', strict=True))


def path_of(line: bytes) -> str:
    """Return the path that the first line of a file's diff names."""
    said = line.removesuffix(b"\n").split(b" ", 2)[2]
    if line.startswith(b"diff --git "):
        # The same path twice, below a/ and b/.
        said = said[len(said) // 2 + 1 :]
    if said.startswith(b'"'):
        said = _ESCAPE.sub(_escaped, said[1:-1])
    return os.fsdecode(said[2:] if line.startswith(b"diff --git ") else said)


def _escaped(found: re.Match[bytes]) -> bytes:
    told = found[1]
    return bytes([int(told, 8) if len(told) == 3 else _ESCAPED[told[0]]])
