"""What the index answers: the versions of files in history, and when each file was touched."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from nacoord.model.office import FILE
from nacoord.record.historyindex.ancestry import Runs
from nacoord.record.historyindex.days import Days
from nacoord.record.historyindex.errors import UnansweredError
from nacoord.record.historyindex.index import Index
from nacoord.record.historyindex.index import opened
from nacoord.record.historyindex.matches import matching
from nacoord.record.historyindex.objects import Contents
from nacoord.record.historyindex.store import Commit
from nacoord.record.historyindex.store import Touch
from nacoord.record.message import split
from nacoord.record.versions import Revision
from nacoord.record.versions import Version

# Commits are read in lots that grow: who wants a few doesn't wait for many.
_FIRST_LOT, _LARGEST_LOT = 16, 256


@dataclass(frozen=True, slots=True)
class Touched:
    """When files were touched, up to a commit.

    Attributes:
        commits: the numbers of the commits that touched each file itself, by path.
        times: when each commit was committed, in seconds; the first is number 1's.
        migrations: the numbers of those that brought the record to another format.
    """

    commits: Mapping[str, Sequence[int]]
    times: array[int]
    migrations: frozenset[int] = frozenset()


def touched(root: Path, commit: str) -> Touched:
    """Return when each file of a record was touched.

    Raises:
        UnansweredError: when git must answer.
    """
    with opened(root, commit, whole=True) as index:
        runs = index.ancestry().runs(index.head)
        whole = runs.runs == [(index.store.state.count, 1)]
        found = {
            path: [each for each in numbers if each > 0 and (whole or runs.place(each))]
            for path, numbers in index.touching(["."]).items()
        }
        # A migration names its format there, and few commits touch that.
        named = found.get(FILE, [])
        migrations = {
            number
            for number, each in zip(named, index.store.commits(named), strict=True)
            if split(each.message)[2].formats
        }
        return Touched(found, index.times(), frozenset(migrations))


def commits_touching(root: Path, paths: Sequence[str], commit: str) -> list[str]:
    """Return the ids of the commits that touched files, or merged what did, newest first.

    Raises:
        UnansweredError: when git must answer.
    """
    with opened(root, commit, whole=False) as index:
        runs = index.ancestry().runs(index.head)
        numbers = {abs(each) for found in index.touching(list(paths)).values() for each in found}
        return [each.id for each in index.store.commits(runs.sorted(list(numbers)))]


def revisions(
    root: Path,
    paths: Sequence[str],
    *,
    zone: str,
    commits: str,
    since: date | None,
    until: date | None,
    changing: str | None,
    new_too: bool,
    whole: bool,
) -> Iterator[Revision]:
    """Yield the commits that touched files of a record, as `record.versions.revisions` does.

    Raises:
        UnansweredError: when git must answer, from the next commit on.
    """
    if changing and since:
        # What matches is kept for the whole history; of a part git looks itself.
        raise UnansweredError("a part of what matches")
    days = Days(zone)
    with opened(root, commits, whole=whole) as index:
        runs = index.ancestry().runs(
            index.head,
            without=index.without,
            since=days.begin(since) if since else None,
            until=days.end(until) if until else None,
        )
        found = _wanted(root, index, runs, list(paths), changing, new_too)
        if until:
            # Below what is newest now there can be what a wrong clock dated later.
            latest, times = days.end(until), index.times()
            found = (each for each in found if times[each[0] - 1] <= latest)
        contents = Contents(index.objects)
        for lot in _lots(found):
            commits_of = zip(lot, index.store.commits([number for number, _ in lot]), strict=True)
            told = [
                (commit, _own(index, number, names, commit))
                for (number, names), commit in commits_of
            ]
            merges = not (since or changing) and index.without is None
            yield from _told(contents, told, days, merges=merges)


def _wanted(
    root: Path,
    index: Index,
    runs: Runs,
    paths: list[str],
    changing: str | None,
    new_too: bool,
) -> Iterator[tuple[int, Sequence[str] | None]]:
    """Yield commits by number, newest first, with the files that are asked of each; None is all."""
    if "." in paths and not changing:
        yield from ((number, None) for number in runs)
        return
    touching = index.touching(paths)
    if changing:
        chosen = matching(root, index, changing, new_too=new_too)
        touching = {path: chosen[path] for path in touching if path in chosen}
    by_number: dict[int, list[str]] = {}
    for path, numbers in touching.items():
        for number in numbers:
            by_number.setdefault(abs(number), []).append(path)
    for number in runs.sorted(list(by_number)):
        yield number, by_number[number]


Lot = list[tuple[int, Sequence[str] | None]]


def _lots(numbers: Iterable[tuple[int, Sequence[str] | None]]) -> Iterator[Lot]:
    waiting, size = iter(numbers), _FIRST_LOT
    while lot := list(islice(waiting, size)):
        yield lot
        size = min(size * 2, _LARGEST_LOT)


def _own(
    index: Index, number: int, names: Sequence[str] | None, commit: Commit
) -> list[Touch] | None:
    """Return the files that a commit changed itself; None when it touched none."""
    touches = index.store.touches(number, names, commit.touches) if commit.touches else []
    if not touches:
        return None
    own = [touch for touch in touches if touch.own]
    if not all(touch.blobs for touch in own):
        raise UnansweredError("a file that became another kind of thing")
    return [touch for touch in own if set(touch.blobs) != {touch.blobs[0]}]


def _told(
    contents: Contents,
    found: list[tuple[Commit, list[Touch] | None]],
    days: Days,
    *,
    merges: bool,
) -> Iterator[Revision]:
    wanted = {blob for _, own in found for touch in own or () for blob in touch.blobs if blob}
    texts = contents.of(wanted)
    for commit, own in found:
        if own is None or not (own or merges):
            continue
        versions = [
            Version(
                touch.path,
                tuple(texts[blob] if blob else None for blob in touch.blobs[:-1]),
                texts[touch.blobs[-1]] if touch.blobs[-1] else None,
            )
            for touch in own
        ]
        subject, why, trailers = split(commit.message)
        yield Revision(
            commit.id, commit.parents, commit.who, commit.email, days.of(commit.at),
            subject, why, trailers, "", versions,
        )  # fmt: skip
