"""The text of one value: what is written must read the same under YAML 1.1 and YAML 1.2."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from nacoord.model.when import When
from nacoord.record.coreschema import core_value

# What YAML 1.1 (yaml.org/type) makes of a plain scalar that is no text: NO, 12:30, 1_000, 2021-01-01.
_TYPED_11 = re.compile(
    r"""(?:y|Y|n|N|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|true|True|TRUE|false|False|FALSE
    |~|null|Null|NULL|<<|=
    |[-+]?0b[0-1_]+|[-+]?0x[0-9a-fA-F_]+|[-+]?[0-9][0-9_,]*
    |[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?
    |[-+]?(?:[0-9][0-9_]*)?\.[0-9_.]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+
    |[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)
    |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\ \t].*)?)""",
    re.VERBOSE,
)
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
# Readers of YAML 1.1 end a plain scalar inside brackets at some of these, and disagree on which.
_FLOW = frozenset(",[]{}?:")
# Everything but printable text on one line; breaks of Unicode count as line ends for YAML 1.1. Said
# by what it is: a set of all the rest takes ten times as long to compile.
_ESCAPED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}


def scalar(value: Any, *, flow: bool = False, quote: str = "") -> str:
    """Return a scalar on one line: plain where that is safe, else in quotes.

    Args:
        flow: it will stand inside brackets or braces.
        quote: the quotes it had before, kept when they can hold it.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, (date, When)):
        return str(value)
    text = str(value)
    if quote == "'" and not _ESCAPED.search(text):
        return "'" + text.replace("'", "''") + "'"
    if quote != '"' and is_plain(text, flow=flow):
        return text
    return _double_quoted(text)


def is_plain(text: str, *, flow: bool = False) -> bool:
    """Tell whether a text may stand without quotes and reads as that text everywhere."""
    if not text or text != text.strip() or _ESCAPED.search(text):
        return False
    if text[0] in _INDICATORS or text.startswith(("---", "...")):
        return False
    if ": " in text or " #" in text or text.endswith(":"):
        return False
    if flow and not _FLOW.isdisjoint(text):
        return False
    return core_value(text) == text and not _TYPED_11.fullmatch(text)


def _double_quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _ESCAPED.sub(_escape, escaped) + '"'


def _escape(found: re.Match[str]) -> str:
    char = found.group()
    code = ord(char)
    if char in _SHORT:
        return _SHORT[char]
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}"


def literal(text: str, indent: int, newline: str) -> str | None:
    """Return a text of several lines as a literal block, or None when a block can't hold it.

    The block begins with its `|` and ends without a line end.
    """
    body = text.removesuffix("\n")
    lines = body.split("\n")
    unfit = body != body.strip("\n") or not body.strip() or lines[0][:1] in (" ", "\t")
    if unfit or any(_ESCAPED.search(line) or line != line.rstrip() for line in lines):
        return None
    head = "|" if text.endswith("\n") else "|-"
    pad = " " * indent
    return newline.join([head, *(pad + line if line else "" for line in lines)])


def folded(text: str, indent: int, newline: str, width: int = 100) -> str | None:
    """Return a paragraph as a folded block, or None when a block can't hold it."""
    body = text.removesuffix("\n")
    if "\n" in body or not body or body != " ".join(body.split()) or _ESCAPED.search(body):
        return None
    head = ">" if text.endswith("\n") else ">-"
    pad = " " * indent
    lines = [""]
    for word in body.split(" "):
        if lines[-1] and len(pad) + len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".lstrip()
    return newline.join([head, *(pad + line for line in lines)])
