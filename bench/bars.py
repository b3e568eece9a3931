"""The bars: how long each question may take, in floors, at each size of the record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

K1, K10, K100 = 1_000, 10_000, 100_000

# F: import typer, rich.console, rich.table. P: libyaml composes the same files. typer: import typer.
# commit: a bare git add + git commit. log: git log -p of the file. status: the morning screen.
# The columns are numbers of records; a bar under 0 holds at any.
BARS: dict[str, dict[int, str]] = {
    "--version": {0: "1.3 typer"},
    "completion of an id": {0: "1.5 typer"},
    "status mexico": {K1: "1.3 F", K10: "2 F", K100: "6 F"},
    "list": {K1: "1.3 F", K10: "2 F", K100: "6 F"},
    "list issue": {K1: "1.3 F", K10: "2 F", K100: "6 F"},
    "list with filters": {K1: "1.3 F", K10: "2 F", K100: "6 F"},
    "search": {K1: "1.3 F", K10: "2 F", K100: "6 F"},
    "show ID": {K1: "1.2 F", K10: "1.2 F", K100: "1.5 F"},
    "first read, cold": {K10: "1.5 P + F", K100: "1.5 P + F"},
    "check": {K10: "2.5 F"},
    "check, cold": {K10: "2 P"},
    "--as-of last year": {K10: "2.5 F"},
    "--as-of last year, cold": {K10: "2 P"},
    "set, with its commit": {K1: "F + 1.5 commit", K10: "F + 1.5 commit", K100: "F + 1.5 commit"},
    "peak memory of status": {K10: "100 MB", K100: "400 MB"},
    "radar": {K1: "2 status", K10: "2 status", K100: "2 status"},
    "brief": {K1: "3 status", K10: "3 status", K100: "3 status"},
    "history ID": {0: "1.2 log + F"},
    "history ID, cold": {0: "1.2 log + F"},
}

# How many times as fast as a peer's, on the same items.
PEER_BARS: dict[tuple[str, str], float] = {
    ("doorstop", "check"): 20,
    ("Backlog.md", "list"): 4,
}

_PART = re.compile(r"(?:([\d.]+) )?(\w+)")


@dataclass(frozen=True)
class Bar:
    """A bar as a sum of floors, one of them scaled: `1.5 P + F`.

    Attributes:
        text: how it is written.
        parts: the factor of each floor.
    """

    text: str
    parts: Mapping[str, float]

    @property
    def scaled(self) -> str:
        """The floor whose factor the bar is about: the one with a factor, else the only one."""
        return max(self.parts, key=lambda symbol: self.parts[symbol] != 1)

    def bound(self, floors: Mapping[str, float]) -> float:
        """Return the bar in seconds; in bytes where its floor is a megabyte."""
        return sum(factor * floors[symbol] for symbol, factor in self.parts.items())

    def ratio(self, took: float, floors: Mapping[str, float]) -> float:
        """Return the factor that would just have been met: compare it with the bar's own."""
        rest = sum(
            factor * floors[each] for each, factor in self.parts.items() if each != self.scaled
        )
        return (took - rest) / floors[self.scaled]

    def with_factor(self, factor: float) -> str:
        """Return the bar's text with another factor in the place of its own."""
        own = f"{self.parts[self.scaled]:g} {self.scaled}"
        return self.text.replace(own, f"{factor:.2f} {self.scaled}")


def parse(text: str) -> Bar:
    """Read a bar as it is written in BARS."""
    parts = {}
    for part in text.split(" + "):
        found = _PART.fullmatch(part)
        assert found, f"{text} is no bar"
        parts[found[2]] = float(found[1] or 1)
    return Bar(text, parts)


def bar(row: str, size: int | None) -> Bar | None:
    """Return the bar of a row at a size, or at any; a size between two columns has the larger's."""
    columns = BARS.get(row, {})
    if 0 in columns:
        return parse(columns[0])
    if size is None:
        return None
    column = next((each for each in (K1, K10, K100) if size <= each), 0)
    return parse(columns[column]) if column in columns else None
