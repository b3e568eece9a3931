"""How an index catches up: one git process, whatever came in between."""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

from nacoord.record.git import GitError
from nacoord.record.git import stream
from nacoord.record.historyindex.errors import DamagedError
from nacoord.record.historyindex.rawlog import WORDS
from nacoord.record.historyindex.rawlog import parsed
from nacoord.record.historyindex.store import Commit
from nacoord.record.historyindex.store import Store
from nacoord.record.historyindex.store import Touch

# Files are spread over so many parts, so that a question about one reads little.
BUCKETS = 256
TIMES_EACH = 1024
_AT_ONCE = 1000


def bucket_of(path: bytes) -> int:
    """Return in which part a file's commits are."""
    return crc32(path) % BUCKETS


def catch_up(root: Path, store: Store, commits: Sequence[str]) -> None:
    """Read into an index what it lacks of some commits and of all that they come from.

    The index is to be open for writing; what was read is kept at the end.

    Raises:
        DamagedError: when git no longer has what the index holds.
    """
    new = _New(store)
    words = [*WORDS, *commits, "--not", *store.state.heads, "--"]
    try:
        with stream(root, *words, settings=("log.showRoot=true",)) as lines:
            for commit, touches in parsed(lines):
                new.take(commit, touches)
    except GitError as error:
        raise DamagedError(str(error)) from None
    new.finish()
    store.commit()


class _New:
    """Commits on their way into an index."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._first = store.state.count + 1
        self._waiting: list[Commit] = []
        self._touches: list[tuple[int, Touch]] = []
        self._numbers: dict[str, int] = {}
        self._heads = dict.fromkeys(store.state.heads)
        self._odd: list[list[int]] = []
        self._times = array("q")
        self._paths: dict[str, list[int]] = {}

    def take(self, commit: Commit, touches: Sequence[Touch]) -> None:
        number = self._first + len(self._times)
        parents = [self._number(parent) for parent in commit.parents]
        if parents != [number - 1]:
            self._odd.append([number, *parents])
        for parent in commit.parents:
            self._heads.pop(parent, None)
        self._heads[commit.id] = None
        self._numbers[commit.id] = number
        self._times.append(commit.at)
        self._waiting.append(commit)
        for touch in touches:
            self._touches.append((number, touch))
            self._paths.setdefault(touch.path, []).append(number if touch.own else -number)
        if len(self._waiting) + len(self._touches) >= _AT_ONCE:
            self._keep()

    def _number(self, id: str) -> int:
        known = self._numbers.get(id) or self._store.number(id)
        if known is None:
            raise DamagedError(f"no parent {id}")
        return known

    def _keep(self) -> None:
        self._store.add(self._waiting, self._touches)
        self._waiting, self._touches = [], []

    def finish(self) -> None:
        self._keep()
        store = self._store
        store.state.heads = list(self._heads)
        if self._odd or self._first == 1:
            known = json.loads(store.part("graph") or b"[]")
            store.put("graph", json.dumps(known + self._odd, separators=(",", ":")).encode())
        self._put_times()
        by_bucket: dict[int, list[str]] = {}
        for path in self._paths:
            by_bucket.setdefault(bucket_of(os.fsencode(path)), []).append(path)
        for bucket, paths in by_bucket.items():
            found = json.loads(store.part(f"paths-{bucket}") or b"{}")
            for path in paths:
                found.setdefault(path, []).extend(self._paths[path])
            store.put(f"paths-{bucket}", json.dumps(found, separators=(",", ":")).encode())

    def _put_times(self) -> None:
        whole = self._first - 1
        start = whole - whole % TIMES_EACH
        times = array("q", self._store.part(f"times-{start}") or b"") + self._times
        for at in range(0, len(times), TIMES_EACH):
            self._store.put(f"times-{start + at}", times[at : at + TIMES_EACH].tobytes())
