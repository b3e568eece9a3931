"""Comments of a file that people wrote: which there are, what each stands at, and putting one back.

A comment belongs to the key or entry that follows it, or whose line it ends. That is named by keys and
by what entries are known by, so that it is found in another version of the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any
from typing import NamedTuple

from nacoord.model.identity import identity
from nacoord.model.identity import same
from nacoord.record import yamltext
from nacoord.record.writing.marks import Marks

_HASH = re.compile(r"(?:^|(?<=[ \t]))#[^\r\n]*", re.MULTILINE)
_BLANKS = re.compile(" *")
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
        by_name: where each key and entry begins, by its name.
        ended: where lines end that end with a comment.
    """

    marks: Marks
    starts: list[tuple[int, Name]]
    comments: list[Comment]
    by_name: dict[Name, int]
    ended: set[int]


def layout(data: bytes) -> Layout:
    """Return where things stand in a readable file."""
    document = yamltext.read(data)
    marks = Marks(document.text, document.node)
    starts = sorted(_starts(marks, document.node, document.value, (), ""))
    spans = sorted(_text_of(marks, *span) for span in _scalars(document.node))
    comments = list(_comments(marks, starts, spans))
    by_name = {name: start for start, name in starts}
    ended = {
        marks.line_end(by_name[each.at])
        for each in comments
        if each.trailing and each.at is not None
    }
    return Layout(marks, starts, comments, by_name, ended)


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
        end = spans[span][1] if span >= 0 else 0
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


def _text_of(marks: Marks, start: int, end: int) -> tuple[int, int]:
    """Return where the text of a scalar stands.

    That of a block begins below its header, and libyaml's mark of its end is behind the comments below.
    """
    if marks.text[start : start + 1] not in ("|", ">"):
        return start, end
    return marks.line_end(start), start + len(marks.text[start:end].rstrip(" \t\r\n"))


def dropped(base: bytes | None, ours: bytes, theirs: bytes) -> Counter[str]:
    """Return the comments of a base that one of two sides has no more."""
    if base is None:
        return Counter()
    return _texts(base) - (_texts(ours) & _texts(theirs))


def missing(gone: Counter[str], side: bytes, result: bytes) -> list[Comment]:
    """Return the comments of a side that a result doesn't have, but for what may be gone."""
    mine = layout(side).comments
    lost = _texts(side) - gone - (_texts(result) - gone)
    found = []
    # Of several alike, the last ones are the new ones.
    for comment in reversed(mine):
        if lost[comment.text] > 0:
            lost[comment.text] -= 1
            found.append(comment)
    return found[::-1]


def _texts(data: bytes) -> Counter[str]:
    return Counter(comment.text for comment in layout(data).comments)


def with_comments(data: bytes, comments: Sequence[Comment]) -> bytes:
    """Return a file with comments put where they belong, or as near as there is a place."""
    if not comments:
        return data
    here = layout(data)
    found = _with_best(data, here, comments)
    if found is not None:
        return found
    # One of them can't stand there. The others still go in together, so that many take no longer.
    half = len(comments) // 2
    if half:
        return with_comments(with_comments(data, comments[:half]), comments[half:])
    for edit in _places(here, comments[0]):
        result = _put(data, here, [edit])
        if result is not None:
            return result
    return data


def _with_best(data: bytes, here: Layout, comments: Sequence[Comment]) -> bytes | None:
    """Return a file with each comment in the best place; None when that says something else."""
    edits = []
    for comment in comments:
        edits.append(next(_places(here, comment)))
        # The next one at the end of the same line has to stand above it.
        here.ended.add(edits[-1][0])
    return _put(data, here, edits)


def _put(data: bytes, here: Layout, edits: Sequence[tuple[int, str]]) -> bytes | None:
    """Return a file with texts put into it, by their place; None when it would say something else."""
    text, at, parts = here.marks.text, 0, []
    for place, new in sorted(edits, key=itemgetter(0)):
        parts += [text[at:place], new]
        at = place
    bom = data[: len(data) - len(text.encode())]
    result = bom + "".join([*parts, text[at:]]).encode()
    after = yamltext.read(result)
    return result if not after.problems and same(after.value, yamltext.read(data).value) else None


def _places(here: Layout, comment: Comment) -> Iterator[tuple[int, str]]:
    """Yield where a comment could be put back, and as what, the best first."""
    marks, newline = here.marks, here.marks.style.newline
    name = comment.at
    while name:
        start = here.by_name.get(name)
        if start is not None:
            end = marks.line_end(start)
            if comment.trailing and name == comment.at and end not in here.ended:
                yield end, f"  {comment.text}"
            line = marks.line_start(start)
            pad = _BLANKS.match(marks.text, line)
            yield line, f"{pad.group() if pad else ''}{comment.text}{newline}"
        name = name[:-1]
    size = len(marks.text)
    gap = "" if marks.text.endswith(("\n", "\r")) or not marks.text else newline
    yield size, f"{gap}{comment.text}{newline}"
    yield 0, f"{comment.text}{newline}"
