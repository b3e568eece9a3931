"""What a plain scalar means: the YAML 1.2 core schema, and nothing more.

YAML 1.1 readers make `NO` false, `12:30` 750 and `1_000` a thousand; here they are the texts they
look like.
"""

from __future__ import annotations

import re
from typing import Any

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]{1,40}")
_BASED = re.compile(r"0o[0-7]{1,40}|0x[0-9a-fA-F]{1,40}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_SPECIAL = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_MAYBE_TYPED = frozenset("-+.0123456789~nNtTfF")


def core_value(plain: str) -> Any:
    """Type a plain scalar by the YAML 1.2 core schema (section 10.3.2)."""
    if plain and plain[0] not in _MAYBE_TYPED:
        return plain
    if plain in _NULL:
        return None
    if plain in _BOOL:
        return _BOOL[plain]
    if _INT.fullmatch(plain):
        return int(plain)
    if _BASED.fullmatch(plain):
        return int(plain, 0)
    if len(plain) <= 64 and _FLOAT.fullmatch(plain):
        return float(plain)
    if _SPECIAL.fullmatch(plain):
        return float(plain.replace(".", "").lower())
    return plain
