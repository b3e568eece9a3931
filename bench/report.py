"""Write docs/performance.md: what this run measured; the parts that it didn't stay as they are."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rows import Row
from rows import tally

_HERE = Path(__file__).resolve().parent
PAGE = _HERE.parent / "docs" / "performance.md"
# The page around the figures, and what people say of them; both are written by hand.
_TEMPLATE = _HERE / "performance.md"
_NOTES = _HERE / "notes.md"
# The parts of the page, each with what its column of ratios is called.
_PARTS = {"records": "in floors", "history": "in floors", "peers": "beside nacoord"}


def write(measured: dict[str, Sequence[Row]], runs: int) -> None:
    """Write the page.

    Args:
        measured: the rows of each part that was measured: records, history, peers.
        runs: how many rounds each median was taken of.
    """
    before = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    text = _TEMPLATE.read_text(encoding="utf-8")
    for part, ratio in _PARTS.items():
        rows = measured.get(part)
        body = _part(rows, runs, ratio) if rows else _kept(before, part)
        text = text.replace(f"{{{part}}}", f"{_open(part)}\n{body}\n{_close(part)}")
    text = text.replace("{notes}", _NOTES.read_text(encoding="utf-8").strip())
    PAGE.write_text(text, encoding="utf-8")


def _part(rows: Sequence[Row], runs: int, ratio: str) -> str:
    day = f"{date.today():%d %B %Y}".lstrip("0")
    lines = [
        f"Measured on {day}, medians of up to {runs} rounds, on {machine()}. {tally(rows)}",
    ]
    places = list(dict.fromkeys(row.place for row in rows))
    of_sizes = [place for place in places if place.endswith(" records")]
    rest = [row for row in rows if row.place not in of_sizes]
    if rest:
        lines += ["", *_list(rest, ratio)]
    if of_sizes:
        lines += ["", *_grid([row for row in rows if row.place in of_sizes], of_sizes)]
    told = [f"- {row.what}, {row.place}: {_inline(row.failed)}" for row in rows if row.failed]
    return "\n".join([*lines, *([""] if told else []), *told])


def _list(rows: Sequence[Row], ratio: str) -> Iterator[str]:
    """Yield a table with a line a row."""
    yield f"| what | of | median | {ratio} | bar | |"
    yield "|---|---|--:|--:|--:|---|"
    for row in rows:
        cells = (row.what, row.place, row.amount, row.ratio, row.bar, _verdict(row))
        yield f"| {' | '.join(map(_inline, cells))} |"


def _grid(rows: Sequence[Row], places: Sequence[str]) -> Iterator[str]:
    """Yield a table with a line a question, a column a size."""
    yield f"| what | {' | '.join(places)} |"
    yield f"|---|{'---|' * len(places)}"
    cells = {(row.what, row.place): _cell(row) for row in rows}
    for what in dict.fromkeys(row.what for row in rows):
        yield f"| {_inline(what)} | {' | '.join(cells.get((what, each), '') for each in places)} |"


def _cell(row: Row) -> str:
    if row.failed:
        return "failed"
    # A figure in MB is its own ratio.
    ratio = "" if row.amount.endswith("MB") else row.ratio
    bar = f"bar {row.bar}: {_verdict(row)}" if row.bar else ""
    return "; ".join(part for part in (row.amount, ratio, bar) if part)


def _verdict(row: Row) -> str:
    return f"**{row.verdict}**" if row.met is False else row.verdict


def _inline(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _open(part: str) -> str:
    return f"<!-- measured: {part} -->"


def _close(part: str) -> str:
    return f"<!-- end of {part} -->"


def _kept(page: str, part: str) -> str:
    found = re.search(f"{_open(part)}\n(.*?)\n{_close(part)}", page, re.DOTALL)
    return found[1] if found else "Not measured yet."


def machine() -> str:
    """Return the machine in words: nothing that tells whose it is."""
    git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=False)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    version = git.stdout.split()[2] if git.returncode == 0 else "unknown"
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB of memory, {platform.system()}, "
        f"Python {platform.python_version()}, git {version}"
    )
