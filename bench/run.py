"""Measure what people wait for, as ratios to floors on the same machine in the same run.

    python bench/run.py [--sizes 1000,10000,100000] [--commits 100000] [--runs 5] [--only ROWS] [--write]
    python bench/run.py --peers [--write]

With all sizes it takes a quarter of an hour or more. A round of a slow group is not repeated as often.
Ends with 0 whatever is met, since speed is no test; with 1 when a command failed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from collections.abc import Sequence
from pathlib import Path

import floors
import questions
import report
from history import make
from measure import Stopwatch
from questions import Group
from records.plan import TODAY
from rows import Row
from rows import line
from rows import remembered
from rows import tally
from rows import timed

# Records in the long history: each changes often enough for its own to be long.
_IN_HISTORY = 2_000
# Changes since a record was begun, where its size is what counts.
_CHANGES = 1_000


def main() -> int:
    """Measure, print the rows as they come, and write the page if asked to."""
    wanted = _options()
    sizes = [int(part) for part in wanted.sizes.split(",") if part]
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="nacoord-bench-") as name:
        bench = _Bench(Path(name), wanted.runs, _names(wanted.only))
        if wanted.peers:
            parts = {"peers": bench.peers(wanted.peer_items)}
        else:
            parts = {"records": bench.records(sizes)} if sizes else {}
            parts |= {"history": bench.history(wanted.commits)} if wanted.commits else {}
        for part, found in parts.items():
            measured = list(_shown(found))
            rows += measured
            # At once, so that a run broken off later has not been for nothing.
            if wanted.write:
                report.write({part: measured}, wanted.runs)
    print(f"\n{tally(rows)}")
    return int(any(row.failed for row in rows))


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    add = options.add_argument
    add("--sizes", default="1000,10000,100000", help="numbers of records, apart by commas")
    add("--commits", type=int, default=100_000, help="length of the long history; 0 for none")
    add("--runs", type=int, default=5, help="rounds of which the median is taken")
    add("--only", default="", help="rows whose names contain one of these, apart by commas")
    add("--write", action="store_true", help="write docs/performance.md")
    add(
        "--peers", action="store_true", help="measure the peers instead, installing what is missing"
    )
    add("--peer-items", type=int, default=2_000, help="how many items the peers get")
    wanted = options.parse_args()
    if wanted.write and wanted.only:
        options.error("--write wants all rows of a part; leave out --only")
    return wanted


def _names(only: str) -> tuple[str, ...]:
    return tuple(part.strip().lower() for part in only.split(",") if part.strip())


def _shown(rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        print(line(row), flush=True)
        yield row


class _Bench:
    """Makes what is measured in a folder of its own, and yields rows as they are known."""

    def __init__(self, here: Path, runs: int, only: Sequence[str]) -> None:
        self._here = here
        self._runs = runs
        self._only = only
        self._told: set[tuple[str, str]] = set()
        self._environment = {**floors.environment(), "NACOORD_TODAY": TODAY.isoformat()}

    def records(self, sizes: Sequence[int]) -> Iterator[Row]:
        yield from self._group(questions.START, self._here, "start-up", None)
        for size in sizes:
            folder = self._made(f"records-{size}", size, _CHANGES)
            place = f"{size:,} records"
            for group in questions.of_a_record(folder):
                if group.smallest <= size <= group.largest:
                    yield from self._group(group, folder, place, size)
                if questions.STATUS in group.works and questions.CHECK in group.works:
                    yield from self._memory(folder, place, size)

    def history(self, commits: int) -> Iterator[Row]:
        folder = self._made("history", _IN_HISTORY, commits)
        for group in questions.of_a_history(folder):
            yield from self._group(group, folder, f"{commits:,} commits", None)

    def peers(self, items: int) -> Iterator[Row]:
        from peers.table import compared

        folder = self._made("peers-nacoord", items, 0)
        yield from compared(self._here, folder, self._environment, self._runs, self._only)

    def _made(self, name: str, size: int, commits: int) -> Path:
        folder = self._here / name
        print(f"\nmaking {size:,} records and {commits:,} commits ...", file=sys.stderr, flush=True)
        make(folder, size, commits)
        return folder

    def _group(self, group: Group, folder: Path, place: str, size: int | None) -> Iterator[Row]:
        works = [work for work in group.works if work.symbol or self._wants(work.name)]
        if not any(self._wants(work.name) for work in works):
            return
        watch = Stopwatch(folder, self._environment, self._runs)
        figures = watch.take_turns(works, warm_up=group.warm_up)
        for row in timed(works, figures, place, size):
            # A floor is measured in each group, and told of once.
            if (row.what, place) not in self._told or row.failed:
                self._told.add((row.what, place))
                yield row

    def _memory(self, folder: Path, place: str, size: int) -> Iterator[Row]:
        name = "peak memory of status"
        if self._wants(name):
            watch = Stopwatch(folder, self._environment, self._runs)
            yield remembered(name, watch.peak(questions.STATUS), place, size)

    def _wants(self, name: str) -> bool:
        return not self._only or any(part in name.lower() for part in self._only)


if __name__ == "__main__":
    sys.exit(main())
