"""Which commits a commit comes from, in the order in which git tells them.

Commits are numbered from 1, parents before children. Most have one parent, the number before their
own; only the others are kept. Between them the numbers run in segments, so a question costs what
branches and merges there are, not what commits.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence

from nacoord.record.historyindex.errors import UnansweredError


class Runs:
    """Commits in the order of `git log --topo-order`, newest first, as runs of falling numbers."""

    def __init__(self, runs: Sequence[tuple[int, int]]) -> None:
        """Take runs, each its highest and its lowest number."""
        self.runs = runs
        by_low = sorted((low, high, place) for place, (high, low) in enumerate(runs))
        self._lows = [low for low, _, _ in by_low]
        self._by_low = by_low

    def place(self, number: int) -> tuple[int, int] | None:
        """Return by what to sort a commit; None for one that is not among them."""
        at = bisect_right(self._lows, number) - 1
        if at < 0 or self._by_low[at][1] < number:
            return None
        return self._by_low[at][2], -number

    def sorted(self, numbers: Sequence[int]) -> list[int]:
        """Return those of some commits that are among them, newest first."""
        placed = [(place, number) for number in numbers if (place := self.place(number))]
        return [number for _, number in sorted(placed)]

    def __iter__(self) -> Iterator[int]:
        for high, low in self.runs:
            yield from range(high, low - 1, -1)


class Ancestry:
    """The parents of all commits that an index holds."""

    def __init__(self, count: int, odd: Mapping[int, Sequence[int]], times: array[int]) -> None:
        """Take what an index knows.

        Args:
            count: how many commits there are.
            odd: the parents of each commit whose only parent is not the number before its own.
            times: when each was committed, in seconds since 1970; the first is number 1's.
        """
        self._count = count
        self._odd = odd
        self._times = times
        starts = {*odd, *(parent + 1 for parents in odd.values() for parent in parents)}
        self._starts = sorted(start for start in starts if start <= count)

    def runs(
        self,
        head: int,
        *,
        without: int | None = None,
        since: int | None = None,
        until: int | None = None,
    ) -> Runs:
        """Return the commits that one comes from, itself included.

        Args:
            head: the commit.
            without: a commit; it and those that it comes from are left out.
            since: a time; older commits are left out, and so are those that they come from,
                whatever their time, as `git log --since` does it.
            until: a time; newer commits are left out.

        Raises:
            UnansweredError: when only git knows their order.
        """
        tops = self._tops(head)
        left_out = self._left_out(tops, without, since)
        kept = {}
        for segment, newest in tops.items():
            low, top = max(self._starts[segment], left_out.get(segment, 0) + 1), newest
            while until is not None and top >= low and self._times[top - 1] > until:
                top -= 1
            if top >= low:
                kept[segment] = (top, low)
        return Runs(_merged([kept[segment] for segment in self._in_order(kept)]))

    def _segment(self, number: int) -> int:
        return bisect_right(self._starts, number) - 1

    def _parents(self, segment: int) -> Sequence[int]:
        start = self._starts[segment]
        return self._odd[start] if start in self._odd else (start - 1,)

    def _tops(self, head: int) -> dict[int, int]:
        """Return the segments that a commit comes from, with the newest commit of each."""
        tops = {self._segment(head): head}
        waiting = [*tops]
        while waiting:
            for parent in self._parents(waiting.pop()):
                segment = self._segment(parent)
                if segment not in tops:
                    tops[segment] = parent
                    waiting.append(segment)
        return tops

    def _left_out(
        self, tops: Mapping[int, int], without: int | None, since: int | None
    ) -> dict[int, int]:
        """Return for each segment the newest commit that is left out, with all before it."""
        found: dict[int, int] = {} if without is None else self._tops(without)
        if since is None:
            return found
        for segment in sorted(tops, reverse=True):
            newest = found.get(segment, 0)
            start = self._starts[segment]
            for number in range(tops[segment], max(newest, start - 1), -1):
                if self._times[number - 1] < since:
                    newest = number
                    break
            if newest >= start:
                found[segment] = newest
                for parent in self._parents(segment):
                    before = self._segment(parent)
                    found[before] = max(found.get(before, 0), parent)
        return found

    def _in_order(self, kept: Mapping[int, tuple[int, int]]) -> Iterator[int]:
        """Yield segments as git orders commits: a branch to its end, the last parent's first.

        Where the newest commits are left out there can be several to begin with; the newest is first.
        """
        children = dict.fromkeys(kept, 0)
        for segment in kept:
            for parent in self._kept_parents(segment, kept):
                children[parent] += 1
        waiting = [segment for segment in kept if not children[segment]]
        times = {segment: self._times[kept[segment][0] - 1] for segment in waiting}
        if len(set(times.values())) < len(times):
            raise UnansweredError("several newest of one second")
        waiting.sort(key=times.__getitem__)
        while waiting:
            segment = waiting.pop()
            yield segment
            for parent in self._kept_parents(segment, kept):
                children[parent] -= 1
                if not children[parent]:
                    waiting.append(parent)

    def _kept_parents(self, segment: int, kept: Mapping[int, tuple[int, int]]) -> Iterator[int]:
        if kept[segment][1] == self._starts[segment]:
            for parent in self._parents(segment):
                before = self._segment(parent)
                if before in kept:
                    yield before


def _merged(runs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for high, low in runs:
        if found and found[-1][1] == high + 1:
            found[-1] = (found[-1][0], low)
        else:
            found.append((high, low))
    return found
