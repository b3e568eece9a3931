"""The one style of what nacoord writes itself: new files, and new values in files people wrote."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nacoord.record.writing.scalars import folded
from nacoord.record.writing.scalars import literal
from nacoord.record.writing.scalars import scalar

_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Style:
    """How a file is laid out.

    Attributes:
        newline: what ends its lines.
        indent: by how much a mapping inside a mapping is indented.
        offset: by how much a list inside a mapping is.
        blocks: long texts and texts of several lines go into block scalars.
    """

    newline: str = "\n"
    indent: int = 2
    offset: int = 2
    blocks: bool = True


def whole(data: Mapping[str, Any], order: Sequence[str]) -> str:
    """Return a new file: its keys in the order given, the others after them."""
    known = [key for key in order if key in data]
    rest = [key for key in data if key not in order]
    style = Style()
    return "".join(f"{entry(key, data[key], 0, style)}\n" for key in (*known, *rest))


def entry(key: str, value: Any, column: int, style: Style) -> str:
    """Return `key: value` for a block mapping, without indentation or end of its first line."""
    return f"{scalar(key)}:{after_colon(value, column, style)}"


def after_colon(value: Any, column: int, style: Style) -> str:
    """Return what follows a key's colon in a block mapping at a column."""
    if isinstance(value, Mapping) and value:
        pad = style.newline + " " * (column + style.indent)
        inner = column + style.indent
        return "".join(pad + entry(key, item, inner, style) for key, item in value.items())
    if _is_list(value) and value:
        on_line = _on_one_line(value)
        if on_line and column + len(on_line) < _WIDTH - 20:
            return f" {on_line}"
        inner = column + style.offset
        pad = style.newline + " " * inner
        return "".join(pad + item(each, inner, style) for each in value)
    return f" {block_scalar(value, column + style.indent, style)}"


def item(value: Any, column: int, style: Style) -> str:
    """Return `- value` for a block list whose dashes stand at a column."""
    if isinstance(value, Mapping) and value:
        pad = style.newline + " " * (column + 2)
        return "- " + pad.join(entry(key, part, column + 2, style) for key, part in value.items())
    if _is_list(value) and value:
        pad = style.newline + " " * (column + 2)
        return "- " + pad.join(item(part, column + 2, style) for part in value)
    return f"- {block_scalar(value, column + 2, style)}"


def block_scalar(value: Any, indent: int, style: Style) -> str:
    """Return a scalar where a block may stand: several lines as a literal, a long text folded."""
    if isinstance(value, str) and style.blocks:
        block = None
        if "\n" in value:
            block = literal(value, indent, style.newline)
        elif len(value) + indent > _WIDTH:
            block = folded(value, indent, style.newline)
        if block:
            return block
    return inline(value)


def inline(value: Any) -> str:
    """Return any value on one line, in flow style."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(_pairs(value)) + "}"
    if _is_list(value):
        return "[" + ", ".join(flow_text(each) for each in value) + "]"
    return scalar(value)


def flow_text(value: Any) -> str:
    """Return a value as it stands inside brackets or braces."""
    if isinstance(value, Mapping) or _is_list(value):
        return inline(value)
    return scalar(value, flow=True)


def _pairs(value: Mapping[str, Any]) -> Iterator[str]:
    return (f"{scalar(key, flow=True)}: {flow_text(each)}" for key, each in value.items())


def _on_one_line(value: Sequence[Any]) -> str | None:
    """Return a list of words in brackets; None when it holds more than words."""
    if any(isinstance(each, Mapping) or _is_list(each) for each in value):
        return None
    if any(isinstance(each, str) and ("\n" in each or len(each) > 40) for each in value):
        return None
    return inline(value)


def _is_list(value: Any) -> bool:
    return isinstance(value, (list, tuple))
