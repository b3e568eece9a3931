"""Comments of a file that people wrote: which there are, what each stands at, and putting one back.

A comment belongs to the key or entry that follows it, or whose line it ends. That is named by keys and
by what entries are known by, so that it is found in another version of the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from typing import NamedTuple

from nacoord.model.identity import identity
from nacoord.model.identity import same
from nacoord.record import yamltext
from nacoord.record.writing.marks import Marks

_HASH = re.compile(r"(?:^|(?<=[ \t]))#[^\r\n]*", re.MULTILINE)
Name = tuple[str, ...]


class Comment(NamedTuple):
    """A comment.

    Attributes:
        text: from its # on.
        at: what it stands at, as a path of names; None at the end of the file.
        trailing: whether it ends a line that says something else.
    """

    text: str
    at: Name | None
    trailing: bool


@dataclass
class Layout:
    """Where the keys and entries of a text begin, and where its comments are.

    Attributes:
        marks: the composed text.
        starts: where each key and entry begins, in order, with its name.
        comments: the comments in order.
    """

    marks: Marks
    starts: list[tuple[int, Name]]
    comments: list[Comment]


def layout(data: bytes) -> Layout:
    """Return where things stand in a readable file."""
    document = yamltext.read(data)
    marks = Marks(document.text, document.node)
    starts = sorted(_starts(marks, document.node, document.value, (), ""))
    spans = sorted(_scalars(document.node))
    return Layout(marks, starts, list(_comments(marks, starts, spans)))


def _starts(
    marks: Marks, node: Any, value: Any, at: Name, list_key: str
) -> Iterator[tuple[int, Name]]:
    if node is None or node.id == "scalar":
        return
    if node.id == "mapping":
        for key, child in node.value:
            name = (*at, key.value)
            yield key.start_mark.index, name
            yield from _starts(marks, child, value[key.value], name, key.value)
        return
    seen: Counter[str] = Counter()
    for index, child in enumerate(node.value):
        known = identity(list_key, value[index])
        name = (*at, f"{known}\0{seen[known]}")
        seen[known] += 1
        start = child.start_mark.index if node.flow_style else marks.dash(node, index)
        yield start, name
        yield from _starts(marks, child, value[index], name, list_key)


def _scalars(node: Any) -> Iterator[tuple[int, int]]:
    if node is None:
        return
    if node.id == "scalar":
        yield node.start_mark.index, node.end_mark.index
    elif node.id == "mapping":
        for key, child in node.value:
            yield from _scalars(key)
            yield from _scalars(child)
    else:
        for child in node.value:
            yield from _scalars(child)


def _comments(
    marks: Marks, starts: Sequence[tuple[int, Name]], spans: Sequence[tuple[int, int]]
) -> Iterator[Comment]:
    places = [start for start, _ in starts]
    begins = [start for start, _ in spans]
    at = 0
    while found := _HASH.search(marks.text, at):
        at = found.start()
        span = bisect_right(begins, at) - 1
        end = _end(marks, spans[span]) if span >= 0 else 0
        if at < end:
            # It is in a text; a comment may follow on the same line.
            at = max(end, at + 1)
            continue
        text = found.group().rstrip()
        line = marks.line_start(at)
        following = bisect_right(places, at)
        if marks.text[line:at].strip() and following:
            yield Comment(text, starts[following - 1][1], trailing=True)
        else:
            name = starts[following][1] if following < len(starts) else None
            yield Comment(text, name, trailing=False)
        at = found.end()


def _end(marks: Marks, span: tuple[int, int]) -> int:
    """Return where a scalar ends; the mark of a block stands behind the comments below it."""
    start, end = span
    if marks.text[start : start + 1] not in ("|", ">"):
        return end
    return start + len(marks.text[start:end].rstrip(" \t\r\n"))


def missing(before: bytes | None, side: bytes, result: bytes) -> list[Comment]:
    """Return the comments that a side wrote and that a result doesn't have."""
    was = Counter(_texts(layout(before).comments)) if before is not None else Counter[str]()
    mine = layout(side).comments
    lost = Counter(_texts(mine)) - was - (Counter(_texts(layout(result).comments)) - was)
    found = []
    # Of several alike, the last ones are the new ones.
    for comment in reversed(mine):
        if lost[comment.text] > 0:
            lost[comment.text] -= 1
            found.append(comment)
    return found[::-1]


def _texts(comments: Iterable[Comment]) -> list[str]:
    return [comment.text for comment in comments]


def with_comments(data: bytes, comments: Sequence[Comment]) -> bytes:
    """Return a file with comments put where they belong, or as near as there is a place."""
    for comment in comments:
        data = _with_comment(data, comment)
    return data


def _with_comment(data: bytes, comment: Comment) -> bytes:
    here = layout(data)
    text, marks = here.marks.text, here.marks
    newline = marks.style.newline
    bom = data[: len(data) - len(text.encode())]
    value = yamltext.read(data).value
    for start, end, new in _places(here, comment, newline):
        result = bom + (text[:start] + new + text[end:]).encode()
        after = yamltext.read(result)
        if not after.problems and same(after.value, value):
            return result
    return data


def _places(here: Layout, comment: Comment, newline: str) -> Iterator[tuple[int, int, str]]:
    """Yield edits that would put a comment back, the best first."""
    marks = here.marks
    by_name = {name: start for start, name in here.starts}
    taken = {each.at for each in here.comments if each.trailing}
    name = comment.at
    while name:
        start = by_name.get(name)
        if start is not None:
            if comment.trailing and name == comment.at and name not in taken:
                end = marks.line_end(start)
                yield end, end, f"  {comment.text}"
            line = marks.line_start(start)
            pad = re.match(r" *", marks.text[line:])
            yield line, line, f"{pad.group() if pad else ''}{comment.text}{newline}"
        name = name[:-1]
    size = len(marks.text)
    gap = "" if marks.text.endswith(("\n", "\r")) or not marks.text else newline
    yield size, size, f"{gap}{comment.text}{newline}"
    yield 0, 0, f"{comment.text}{newline}"
