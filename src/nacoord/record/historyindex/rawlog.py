"""What git log tells of commits in bulk: parents, words, and the blobs of each file they touched."""

from __future__ import annotations

import os
from collections.abc import Iterable
from collections.abc import Iterator

from nacoord.record.historyindex.errors import UnansweredError
from nacoord.record.historyindex.store import Commit
from nacoord.record.historyindex.store import Touch
from nacoord.record.objects import GITLINK
from nacoord.record.objects import NO_FILE

# Oldest first, so that parents have their numbers before their children. A merge comes once for each
# parent that it differs from.
WORDS = (
    "log", "--topo-order", "--reverse", "--raw", "-z", "--no-abbrev", "--relative", "--no-renames",
    "--no-color", "--diff-merges=separate", "--encoding=UTF-8",
    "--format=%x01%H%n%P%n%an%n%ae%n%ct%n%B%x00",
)  # fmt: skip
# What fits where times are kept.
_LATEST = 2**63 - 1

# The blobs before and after of each file that differs from one parent.
Side = dict[str, tuple[str, str] | None]


def parsed(lines: Iterable[bytes]) -> Iterator[tuple[Commit, list[Touch]]]:
    """Yield commits, and the files that each touched, from what git prints."""
    header = ""
    sides: list[Side] = []
    tokens = _tokens(lines)
    for token in tokens:
        if token.startswith(b"\x01"):
            told = token[1:].decode("utf-8", "replace")
            if told != header and header:
                yield _told(header, sides)
            if told != header:
                header, sides = told, []
            sides.append({})
        elif token.startswith((b":", b"\n:")):
            modes_before, mode, before, after, _ = token.decode().lstrip("\n:").split(" ")
            path = os.fsdecode(next(tokens))
            sides[-1][path] = _blobs(modes_before, mode, before, after)
    if header:
        yield _told(header, sides)


def _tokens(lines: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for line in lines:
        *whole, rest = (rest + line).split(b"\0")
        yield from whole
    if rest:
        yield rest


def _blobs(mode_before: str, mode: str, before: str, after: str) -> tuple[str, str] | None:
    """Return the content before and after; None where git tells it in words of its own."""
    modes = {mode_before, mode} - {NO_FILE}
    if GITLINK in modes or len({each[:2] for each in modes}) > 1:
        return None
    return "" if mode_before == NO_FILE else before, "" if mode == NO_FILE else after


def _told(header: str, sides: list[Side]) -> tuple[Commit, list[Touch]]:
    id, said, who, email, at, message = header.split("\n", 5)
    if not at.isdecimal() or int(at) > _LATEST:
        raise UnansweredError("a time that only git can tell")
    parents = tuple(said.split())
    touches = list(_touches(max(len(parents), 1), sides))
    # Of a commit that touched nothing of the record only its place in history matters.
    words = (who, email, message) if touches else ("", "", "")
    return Commit(id, parents, int(at), *words, len(touches)), touches


def _touches(parents: int, sides: list[Side]) -> Iterator[Touch]:
    for path in sorted({path for side in sides for path in side}):
        found = [side[path] for side in sides if path in side]
        whole = [each for each in found if each is not None]
        if len(found) < parents:
            yield Touch(path, own=False, blobs=())
        elif len(whole) < parents:
            yield Touch(path, own=True, blobs=())
        else:
            yield Touch(path, own=True, blobs=(*(old for old, _ in whole), whole[0][1]))
