"""Where things stand in a text: ends of values, dashes, colons and lines, from libyaml's marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from nacoord.record.writing.canonical import Style

# What may stand between a key and its colon.
_COLON = re.compile("(?:\\s|#[^\r\n]*[\r\n])*:")
_BREAKS = "\r\n"


class Marks:
    """A composed text, asked for places. All indices are in characters, after a byte order mark."""

    def __init__(self, text: str, root: Any, *, blocks: bool = True) -> None:
        self.text = text
        self.root = root
        self.blocks = blocks

    def child(self, node: Any, part: str | int) -> Any:
        """Return the node of a key or entry; None when there is none."""
        if node.id == "mapping":
            return next((value for key, value in node.value if key.value == part), None)
        if node.id == "sequence" and isinstance(part, int) and part < len(node.value):
            return node.value[part]
        return None

    def is_shared(self, node: Any) -> bool:
        """Tell whether an alias stands for the node, or for one around or inside it."""
        return any(id(inner) in self._shared for inner in (node, *_below(node)))

    @cached_property
    def _shared(self) -> frozenset[int]:
        seen: set[int] = set()
        twice: set[int] = set()
        for node in _below(self.root):
            (twice if id(node) in seen else seen).add(id(node))
            if id(node) in twice:
                twice.update(id(inner) for inner in _below(node))
        return frozenset(twice)

    def end(self, node: Any) -> int:
        """Return the index behind a value's last character that is its own."""
        if node.id == "scalar":
            if node.style in ("|", ">"):
                return self._block_end(node)
            return int(node.end_mark.index)
        if node.flow_style:
            return int(node.end_mark.index)
        if node.id == "mapping":
            return self.pair_end(node, len(node.value) - 1)
        return self.item_end(node, len(node.value) - 1)

    def pair_end(self, node: Any, index: int) -> int:
        """Return the index behind the value of a mapping's pair, or behind its colon."""
        key, value = node.value[index]
        if _is_empty(value):
            return self.colon(node, key.value)
        return self.end(value)

    def item_end(self, node: Any, index: int) -> int:
        """Return the index behind an entry of a list, or behind its dash."""
        value = node.value[index]
        if _is_empty(value) and not node.flow_style:
            return self.dash(node, index) + 1
        return self.end(value)

    def _block_end(self, node: Any) -> int:
        start, end = node.start_mark.index, node.end_mark.index
        header = self.text[start : self.line_end(start)]
        body = self.text[start:end]
        if "+" in header.partition("#")[0]:
            # Blank lines at the end are part of the value; only the last line's end is not.
            inner = body[: len(body.rstrip(" "))]
            return int(start + len(_without_break(inner)))
        return int(start + len(body.rstrip(" \t\r\n")))

    def colon(self, node: Any, key: str | int) -> int:
        """Return the index behind the colon of a mapping's key; in `{a, b}` a key has none."""
        found = next(pair[0] for pair in node.value if pair[0].value == key)
        end = int(found.end_mark.index)
        colon = _COLON.match(self.text, end)
        return colon.end() if colon else end

    def dash(self, node: Any, index: int) -> int:
        """Return the index of the dash of a block list's entry.

        The end of the text stands for one that is written in a way that isn't known here; whoever
        edits reads what came of it.
        """
        if index == 0:
            return int(node.start_mark.index)
        column = self.column(node)
        at = self.next_line(self.line_end(self.item_end(node, index - 1)))
        while self.text[at : at + column + 1] != " " * column + "-" and at < len(self.text):
            at = self.next_line(self.line_end(at))
        return at + column

    def column(self, node: Any) -> int:
        """Return the column at which the keys or dashes of a block collection stand."""
        start = node.start_mark.index
        return int(start - self.line_start(start))

    def line_start(self, at: int) -> int:
        """Return where the line begins that holds an index."""
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def line_end(self, at: int) -> int:
        """Return where the line ends that holds an index, before its break."""
        ends = [found for mark in _BREAKS if (found := self.text.find(mark, at)) >= 0]
        return min(ends, default=len(self.text))

    def next_line(self, end: int) -> int:
        """Return where the line after a line's end begins; the same index at the end of the text."""
        if self.text[end : end + 2] == "\r\n":
            return end + 2
        return end + 1 if end < len(self.text) else end

    def before_newline(self, line: int) -> int:
        """Return where the line before ends, from where a line begins."""
        return len(_without_break(self.text[:line]))

    @cached_property
    def style(self) -> Style:
        """How the file is laid out, as far as its first lists and mappings tell."""
        newline = "\r\n" if "\r\n" in self.text else "\n" if "\n" in self.text else "\r"
        if "\n" not in self.text and "\r" not in self.text:
            newline = "\n"
        indent, offset = None, None
        for node in _below(self.root):
            if node.id != "mapping" or node.flow_style:
                continue
            for _, value in node.value:
                step = self.column(value) - self.column(node) if _is_block(value) else None
                if step is not None and value.id == "sequence":
                    offset = step if offset is None else offset
                elif step is not None:
                    indent = step if indent is None else indent
        return Style(newline, indent or 2, 2 if offset is None else offset, self.blocks)


def _is_block(node: Any) -> bool:
    return bool(node.id != "scalar" and not node.flow_style)


def _is_empty(node: Any) -> bool:
    return bool(node.id == "scalar" and node.start_mark.index == node.end_mark.index)


def _without_break(text: str) -> str:
    if text.endswith("\r\n"):
        return text[:-2]
    return text[:-1] if text.endswith(("\n", "\r")) else text


def _below(node: Any) -> Iterator[Any]:
    """Yield a node and everything in it; what is repeated by alias comes again."""
    if node is None:
        return
    yield node
    if node.id == "mapping":
        for key, value in node.value:
            yield from _below(key)
            yield from _below(value)
    elif node.id == "sequence":
        for each in node.value:
            yield from _below(each)
