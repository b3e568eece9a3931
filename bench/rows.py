"""A row of the table: what was measured, beside its floor and its bar."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from bars import bar
from measure import Figure
from measure import Work

_MB = 1_000_000


@dataclass(frozen=True)
class Row:
    """What is known of one command at one size.

    Attributes:
        what: the command, in words.
        place: of what it was asked: "10,000 records".
        amount: the median, with its unit.
        ratio: the same in floors, as the bar is written.
        bar: the bar; empty when there is none.
        met: whether the bar is met; None without a bar or when it failed.
        failed: what a command said that failed.
    """

    what: str
    place: str
    amount: str
    ratio: str = ""
    bar: str = ""
    met: bool | None = None
    failed: str = ""

    @property
    def verdict(self) -> str:
        """In a word, whether the bar is met."""
        if self.failed:
            return "failed"
        return {True: "met", False: "NOT met", None: ""}[self.met]


def timed(
    works: Sequence[Work], figures: Mapping[str, Figure], place: str, size: int | None
) -> Iterator[Row]:
    """Yield the rows of commands that took turns; without a size only bars that hold at any."""
    floors = {
        work.symbol: figures[work.name].median
        for work in works
        if work.symbol and not figures[work.name].failed
    }
    for work in works:
        figure = figures[work.name]
        amount = seconds(figure.median) + (" (one run)" if figure.runs == 1 else "")
        if figure.failed:
            yield Row(work.name, place, "–", failed=figure.failed)
        else:
            yield _row(work.name, place, size, figure.median, amount, floors)


def remembered(name: str, figure: Figure, place: str, size: int) -> Row:
    """Return the row of a command's peak memory."""
    if figure.failed:
        return Row(name, place, "–", failed=figure.failed)
    amount = f"{figure.median / _MB:,.0f} MB"
    return _row(name, place, size, figure.median, amount, {"MB": _MB})


def _row(
    name: str, place: str, size: int | None, took: float, amount: str, floors: Mapping[str, float]
) -> Row:
    found = bar(name, size)
    if found is None or any(symbol not in floors for symbol in found.parts):
        beside = next((each for each in ("F", "empty", "status") if each in floors), "")
        ratio = f"{took / floors[beside]:.2f} {beside}" if beside else ""
        return Row(name, place, amount, ratio, found.text if found else "")
    ratio = found.with_factor(found.ratio(took, floors))
    return Row(name, place, amount, ratio, found.text, took <= found.bound(floors))


def seconds(took: float) -> str:
    return f"{took * 1000:,.0f} ms" if took < 10 else f"{took:,.1f} s"


def line(row: Row) -> str:
    """Return a row as a line of the terminal."""
    start = f"{row.what:<44} {row.place:<16} {row.amount:>10}  {row.ratio:<18}"
    end = f" {row.bar:<15} {row.verdict}" if row.bar or row.failed else ""
    told = f"\n    {row.failed}" if row.failed else ""
    return f"{start}{end}".rstrip() + told


def tally(rows: Sequence[Row]) -> str:
    """Say how many bars are met."""
    held = [row for row in rows if row.met is not None]
    failed = sum(bool(row.failed) for row in rows)
    told = f"{sum(bool(row.met) for row in held)} of {len(held)} bars are met"
    return f"{told}; {failed} commands failed." if failed else f"{told}."
