"""An index that knows a commit: opened, brought up to it where that pays, and read."""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nacoord.record.git import GitError
from nacoord.record.git import git
from nacoord.record.historyindex.ancestry import Ancestry
from nacoord.record.historyindex.building import BUCKETS
from nacoord.record.historyindex.building import TIMES_EACH
from nacoord.record.historyindex.building import bucket_of
from nacoord.record.historyindex.building import catch_up
from nacoord.record.historyindex.errors import DamagedError
from nacoord.record.historyindex.errors import UnansweredError
from nacoord.record.historyindex.objects import Objects
from nacoord.record.historyindex.objects import objects
from nacoord.record.historyindex.place import Place
from nacoord.record.historyindex.place import place_of
from nacoord.record.historyindex.store import Store

# So many commits are read into a new index for any question; more only for one that asks for all.
_SOON = 2000
# So many ends of branches that nothing came of; an index with more is made anew.
_MOST_HEADS = 64


@dataclass(frozen=True, slots=True)
class Index:
    """An open index.

    Attributes:
        store: its file.
        objects: git, for the content of files.
        head: the number of the commit that was asked for.
        without: the number of the commit whose past is left out; None for none.
    """

    store: Store
    objects: Objects
    head: int
    without: int | None

    def ancestry(self) -> Ancestry:
        """Return which commit comes from which."""
        store = self.store
        times = self.times()
        told = store.part("graph")
        if told is None:
            raise DamagedError("no graph")
        odd = {number: parents for number, *parents in json.loads(told)}
        return Ancestry(store.state.count, odd, times)

    def times(self) -> array[int]:
        """Return when each commit was committed, in seconds; the first is number 1's."""
        times = array("q")
        for start in range(0, self.store.state.count, TIMES_EACH):
            times.frombytes(self.store.part(f"times-{start}") or b"")
        if len(times) != self.store.state.count:
            raise DamagedError("times are missing")
        return times

    def touching(self, paths: list[str] | tuple[str, ...]) -> dict[str, list[int]]:
        """Return the commits that touched files, by path; below 0 where a merge took one over.

        Args:
            paths: files and folders; `.` is all.
        """
        if "." in paths:
            return {path: found for each in self._buckets() for path, found in each.items()}
        found: dict[str, list[int]] = {}
        folders = tuple(f"{path}/" for path in paths)
        if any("/" not in path for path in paths):
            for each in self._buckets():
                for path, numbers in each.items():
                    if path in paths or path.startswith(folders):
                        found[path] = numbers
            return found
        # Records have no folders of their own, but a path can be one all the same.
        for path in paths:
            bucket = self._bucket(bucket_of(os.fsencode(path)))
            if path in bucket:
                found[path] = bucket[path]
        return found

    def _buckets(self) -> Iterator[dict[str, list[int]]]:
        for number in range(BUCKETS):
            yield self._bucket(number)

    def _bucket(self, number: int) -> dict[str, list[int]]:
        told = self.store.part(f"paths-{number}")
        return json.loads(told) if told else {}


@contextmanager
def opened(root: Path, commits: str, *, whole: bool) -> Iterator[Index]:
    """Open the index of a record for a question about some commits.

    Args:
        root: the record's folder.
        commits: a commit, or `a..b`.
        whole: True when the question goes through the whole history, so that a long one may be
            read into the index first.

    Raises:
        UnansweredError: when git must answer.
    """
    place = place_of(root)
    if place is None:
        raise UnansweredError("no git")
    without, _, head = commits.rpartition("..")
    try:
        with objects(root) as asked:
            ids = [asked.commit(name) if name else None for name in (head, without)]
            if ids[0] is None or (without and ids[1] is None):
                raise UnansweredError("no such commit")
            with _store(place) as store:
                numbers = _numbers(root, store, [id for id in ids if id], whole=whole)
                yield Index(store, asked, numbers[0], numbers[1] if without else None)
    except GitError as error:
        raise UnansweredError(str(error)) from None


@contextmanager
def _store(place: Place) -> Iterator[Store]:
    try:
        place.file.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise UnansweredError(str(error)) from None
    store = Store(place.file, place.world)
    try:
        store.begin()
        yield store
    except DamagedError:
        store.discard()
        raise
    finally:
        store.close()


def _numbers(root: Path, store: Store, ids: list[str], *, whole: bool) -> list[int]:
    """Return the numbers of commits, after the index has caught up with them."""
    missing = [id for id in ids if store.number(id) is None]
    if missing:
        if not store.state.count and not whole and _is_long(root, missing[0]):
            raise UnansweredError("a long history, and a short question")
        store.end()
        store.begin_writing()
        if len(store.state.heads) > _MOST_HEADS:
            raise DamagedError("too many heads")
        catch_up(root, store, missing)
        store.begin()
    found = [store.number(id) for id in ids]
    if None in found:
        raise DamagedError("a commit that is in the index and isn't")
    return [number for number in found if number is not None]


def _is_long(root: Path, commit: str) -> bool:
    told = git(root, "rev-list", "--count", f"--max-count={_SOON + 1}", commit)
    return int(told or 0) > _SOON
