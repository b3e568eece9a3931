"""Edits in the text of a file that people wrote: only the bytes of what changes are touched.

libyaml's marks say where each value stands. After the last edit the text is read again and must
have exactly the value that was meant; else nothing is returned and the edit is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from functools import partial
from typing import Any

from nacoord.model.edit import Drop
from nacoord.model.edit import Edit
from nacoord.model.edit import EditError
from nacoord.model.edit import Insert
from nacoord.model.edit import applied
from nacoord.model.edit import normal
from nacoord.model.edit import plain_value
from nacoord.model.fault import Path
from nacoord.model.fault import dotted
from nacoord.model.identity import same
from nacoord.record import yamltext
from nacoord.record.writing.canonical import after_colon
from nacoord.record.writing.canonical import entry
from nacoord.record.writing.canonical import flow_text
from nacoord.record.writing.canonical import inline
from nacoord.record.writing.canonical import item
from nacoord.record.writing.marks import Marks
from nacoord.record.writing.scalars import folded
from nacoord.record.writing.scalars import literal
from nacoord.record.writing.scalars import scalar
from nacoord.record.writing.together import Span
from nacoord.record.writing.together import made_together

_BOM = b"\xef\xbb\xbf"
# From so many edits on, as a merge may have, they are made together.
_MANY = 16
Order = Callable[[Path], Sequence[str]]


class NotInPlaceError(EditError):
    """A file is laid out so that the edit can't be made without touching more than it should."""


def _no_order(path: Path) -> Sequence[str]:
    return ()


def edited(data: bytes, edits: Sequence[Edit], order: Order = _no_order) -> bytes:
    """Return a file with edits made in it.

    Args:
        data: the file; it must be readable.
        edits: made one after the other.
        order: the keys of the mapping at a path in the order in which a new one finds its place.

    Raises:
        EditError: when an edit names no place in the value.
        NotInPlaceError: when the text can't be changed without touching more.
    """
    bom = _BOM if data.startswith(_BOM) else b""
    text = data[len(bom) :].decode("utf-8")
    expected = plain_value(applied(yamltext.read(data).value, edits))
    if len(edits) >= _MANY:
        spans = partial(_spans, order=order)
        result = bom + made_together(text, edits, spans).encode()
        if _says(result, expected):
            return result
    # A block scalar at the end of a file without a final line end loses its own; quotes keep it.
    for blocks in (True, False):
        result = bom + _made(text, edits, order, blocks).encode()
        if _says(result, expected):
            return result
    raise _refused(edits[-1].path)


def _says(data: bytes, expected: Any) -> bool:
    after = yamltext.read(data)
    return not after.problems and same(after.value, expected)


def _made(text: str, edits: Sequence[Edit], order: Order, blocks: bool) -> str:
    for edit in edits:
        document = yamltext.read(text.encode())
        if document.problems:
            return text
        step = normal(document.value, edit)
        marks = Marks(document.text, document.node, blocks=blocks)
        for start, end, new in sorted(_spans(marks, step, order), reverse=True):
            text = text[:start] + new + text[end:]
    return text


def _refused(path: Path) -> NotInPlaceError:
    return NotInPlaceError(
        f"{dotted(path)} can't be changed in the file as it is laid out",
        hint="change it by hand with: nacoord edit ID",
    )


def _spans(marks: Marks, edit: Edit, order: Order) -> list[Span]:
    node = marks.root
    for part in edit.path[:-1]:
        node = marks.child(node, part)
        if node is None:
            raise _refused(edit.path)
    if marks.is_shared(node):
        raise _refused(edit.path)
    last = edit.path[-1]
    if isinstance(edit, Drop):
        drop = _drop_key if isinstance(last, str) else _drop_item
        return drop(marks, node, last)  # type: ignore[arg-type]
    if isinstance(edit, Insert):
        assert isinstance(last, int)
        return [_insert_item(marks, node, last, edit.value)]
    if marks.child(node, last) is None:
        return [_insert_key(marks, node, str(last), edit.value, order(edit.path[:-1]))]
    return _replace(marks, node, last, edit.value, edit.path)


def _replace(marks: Marks, parent: Any, part: str | int, value: Any, path: Path) -> list[Span]:
    old = marks.child(parent, part)
    if marks.is_shared(old):
        raise _refused(path)
    start, end = old.start_mark.index, marks.end(old)
    if parent.flow_style:
        gap = " " if start == end and text_before(marks, start) == ":" else ""
        return [(start, end, gap + _flow_value(value, old))]
    composite = isinstance(value, (dict, list)) and bool(value)
    if old.id == "scalar" and not composite:
        gap = " " if start == end else ""
        return [(start, end, gap + _scalar_like(marks, parent, old, value))]
    if old.id != "scalar" and old.flow_style and (isinstance(value, list) or not composite):
        return [(start, end, inline(value) if composite else scalar(value))]
    if isinstance(part, int):
        column = marks.column(parent)
        dash = marks.dash(parent, part)
        return [(dash, end, item(value, column, marks.style))]
    colon = marks.colon(parent, part)
    new = after_colon(value, marks.column(parent), marks.style)
    # A comment behind the colon stays where it is.
    rest = marks.line_end(colon)
    if marks.text[colon:rest].strip().startswith("#"):
        below = end if end > rest else rest
        if new.startswith(marks.style.newline):
            return [(rest, below, new)]
        return [(colon, colon, new), (rest, below, "")]
    return [(colon, end, new)]


def text_before(marks: Marks, at: int) -> str:
    """Return the character before a place; empty at the start."""
    return marks.text[at - 1 : at]


def _flow_value(value: Any, old: Any) -> str:
    if isinstance(value, (dict, list)):
        return inline(value)
    return scalar(value, flow=True, quote=_quote(old))


def _quote(old: Any) -> str:
    return old.style if old.id == "scalar" and old.style in ("'", '"') else ""


def _scalar_like(marks: Marks, parent: Any, old: Any, value: Any) -> str:
    """Return a scalar in the style of the one it replaces: block for block, quotes for quotes."""
    column = marks.column(parent)
    indent = column + (2 if parent.id == "sequence" else marks.style.indent)
    if isinstance(value, str) and marks.blocks:
        newline = marks.style.newline
        block = None
        if "\n" in value or old.style == "|":
            block = literal(value, indent, newline)
        elif old.style == ">":
            block = folded(value, indent, newline)
        if block:
            return block
    return scalar(value, quote=_quote(old))


def _insert_key(marks: Marks, node: Any, key: str, value: Any, order: Sequence[str]) -> Span:
    pairs = node.value
    before = _index_before([pair[0].value for pair in pairs], key, order)
    if node.flow_style:
        new = f"{scalar(key, flow=True)}: {flow_text(value)}"
        if not pairs:
            return (node.start_mark.index + 1, node.start_mark.index + 1, new)
        if before is None:
            at = pairs[0][0].start_mark.index
            return (at, at, f"{new}, ")
        at = marks.pair_end(node, before)
        return (at, at, f", {new}")
    column = marks.column(node)
    new = entry(key, value, column, marks.style)
    pad = " " * column
    if before is None:
        at = node.start_mark.index
        return (at, at, f"{new}{marks.style.newline}{pad}")
    at = marks.line_end(marks.pair_end(node, before))
    return (at, at, f"{marks.style.newline}{pad}{new}")


def _index_before(keys: Sequence[str], key: str, order: Sequence[str]) -> int | None:
    """Return the index of the key that a new one follows; None when it is to be the first."""
    if key not in order or not keys:
        return len(keys) - 1 if keys else None
    earlier = set(order[: order.index(key)])
    known = [index for index, name in enumerate(keys) if name in earlier]
    if known:
        return known[-1]
    return None if any(name in order for name in keys) else len(keys) - 1


def _insert_item(marks: Marks, node: Any, index: int, value: Any) -> Span:
    items = node.value
    if node.flow_style:
        new = flow_text(value)
        if not items:
            return (node.start_mark.index + 1, node.start_mark.index + 1, new)
        if index == 0:
            at = items[0].start_mark.index
            return (at, at, f"{new}, ")
        at = marks.end(items[index - 1])
        return (at, at, f", {new}")
    column = marks.column(node)
    new = item(value, column, marks.style)
    pad = " " * column
    if index == 0:
        at = node.start_mark.index
        return (at, at, f"{new}{marks.style.newline}{pad}")
    at = marks.line_end(marks.item_end(node, index - 1))
    return (at, at, f"{marks.style.newline}{pad}{new}")


def _drop_key(marks: Marks, node: Any, key: str) -> list[Span]:
    index = next(place for place, pair in enumerate(node.value) if pair[0].value == key)
    starts = [pair[0].start_mark.index for pair in node.value]
    ends = [marks.pair_end(node, place) for place in range(len(starts))]
    return _drop(marks, node, index, starts, ends)


def _drop_item(marks: Marks, node: Any, index: int) -> list[Span]:
    places = range(len(node.value))
    if node.flow_style:
        starts = [each.start_mark.index for each in node.value]
    else:
        starts = [marks.dash(node, place) for place in places]
    return _drop(marks, node, index, starts, [marks.item_end(node, place) for place in places])


def _drop(
    marks: Marks, node: Any, index: int, starts: Sequence[int], ends: Sequence[int]
) -> list[Span]:
    if node.flow_style:
        return list(_drop_in_flow(marks, index, starts, ends))
    start, end = starts[index], marks.line_end(ends[index])
    line = marks.line_start(start)
    if marks.text[line:start].strip(" ") == "":
        # Whole lines go; the last one of a file without a final line end takes the one before.
        after = marks.next_line(end)
        if after == end:
            return [(marks.before_newline(line), end, "")]
        return [(line, after, "")]
    if index + 1 == len(starts):
        raise _refused((index,))
    between = marks.text[ends[index] : starts[index + 1]]
    if "#" in between:
        # The comment of the line that goes, and those below it, stay above the next one.
        return [(start, ends[index], "")]
    return [(start, starts[index + 1], "")]


def _drop_in_flow(
    marks: Marks, index: int, starts: Sequence[int], ends: Sequence[int]
) -> Iterator[Span]:
    last = index + 1 == len(starts)
    if index == 0 and last:
        yield (starts[0], ends[0], "")
        return
    near = (ends[index], starts[index + 1]) if not last else (ends[index - 1], starts[index])
    between = marks.text[near[0] : near[1]]
    if "#" not in between:
        yield (starts[index], near[1], "") if not last else (near[0], ends[index], "")
        return
    comma = near[0] + between.index(",")
    yield (comma, comma + 1, "")
    yield (starts[index], ends[index], "")
