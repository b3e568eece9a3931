"""Charts as data: stacked bars, health over time, a line of counts. What they say in words is here too.

Every renderer draws them with what it has. Whoever sees no colours and no picture reads the words.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Tone = Literal["good", "warn", "bad", "calm"]
Health = Literal["green", "amber", "red"]

# More sorts of segment can't be told from each other in black and white.
MOST_SEGMENTS = 6
TONES: dict[Health | None, Tone] = {"green": "good", "amber": "warn", "red": "bad", None: "calm"}
UNTOLD = "no record"


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar: so many of one name. Tones are for the eye; the name says the same."""

    name: str
    count: int
    tone: Tone = "calm"

    def __post_init__(self) -> None:
        if self.count < 0:
            raise ValueError(f"a bar can't have {self.count} {self.name}")


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar and what it is of."""

    label: str
    segments: tuple[Segment, ...]

    @property
    def total(self) -> int:
        """How many there are in all."""
        return sum(segment.count for segment in self.segments)

    @property
    def words(self) -> str:
        """What the bar shows: `3 kept, 1 late`."""
        told = [f"{each.count} {each.name}" for each in self.segments if each.count]
        return ", ".join(told) or "none"


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal stacked bars to one scale.

    Attributes:
        rows: the bars, from the top.
    """

    rows: tuple[Bar, ...]

    def __post_init__(self) -> None:
        if len(self.names) > MOST_SEGMENTS:
            raise ValueError(f"a chart can tell {MOST_SEGMENTS} sorts apart, not {len(self.names)}")

    @property
    def names(self) -> dict[str, Tone]:
        """The sorts of segment and their tones, in the order in which they come."""
        return {each.name: each.tone for row in self.rows for each in row.segments}

    @property
    def longest(self) -> int:
        """How many the longest bar has."""
        return max((row.total for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Run:
    """Days or weeks on end with one health.

    Attributes:
        health: that health; None when nothing tells.
        start: the number of the first of them.
        length: how many they are.
    """

    health: Health | None
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Track:
    """The health of one issue, day by day or week by week."""

    label: str
    health: tuple[Health | None, ...]

    @property
    def runs(self) -> Iterator[Run]:
        """The health as stretches of the same."""
        start = 0
        for health, group in groupby(self.health):
            length = len(list(group))
            yield Run(health, start, length)
            start += length


@dataclass(frozen=True, slots=True)
class Strip:
    """Health over time, a row for each issue.

    Attributes:
        marks: the days or weeks, as they are written: `4 Jan`.
        rows: the issues; each has a health for each mark.
    """

    marks: tuple[str, ...]
    rows: tuple[Track, ...]

    def __post_init__(self) -> None:
        if any(len(row.health) != len(self.marks) for row in self.rows):
            raise ValueError("a row has more or fewer days than the strip has marks")

    def words(self, row: Track) -> str:
        """Return what a row shows: `green 7 Dec–28 Dec, amber 4 Jan–18 Jan`."""
        told = (
            f"{run.health or UNTOLD} {span(self.marks[run.start : run.start + run.length])}"
            for run in row.runs
        )
        return ", ".join(told) or "none"

    def pieces(self, most: int) -> Iterator[Strip]:
        """Yield the strip in as many pieces as have at most so many marks each."""
        for start, end in _ranges(len(self.marks), most):
            rows = tuple(Track(row.label, row.health[start:end]) for row in self.rows)
            yield Strip(self.marks[start:end], rows)


@dataclass(frozen=True, slots=True)
class Spark:
    """A count for each of some days or weeks on end.

    Attributes:
        what: what is counted: `changes`.
        marks: the days or weeks, as they are written.
        counts: for each of them how many.
    """

    what: str
    marks: tuple[str, ...]
    counts: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.counts) != len(self.marks):
            raise ValueError("there are more or fewer counts than marks")
        if any(count < 0 for count in self.counts):
            raise ValueError("a count can't be less than none")

    @property
    def most(self) -> int:
        """The greatest count."""
        return max(self.counts, default=0)

    @property
    def words(self) -> str:
        """What it shows: `31 changes, 7 Dec–18 Jan; most 9, 11 Jan; last 4`."""
        total = f"{sum(self.counts)} {self.what}"
        if not self.most:
            return f"{total}, {span(self.marks)}" if self.marks else total
        top = self.marks[self.counts.index(self.most)]
        return f"{total}, {span(self.marks)}; most {self.most}, {top}; last {self.counts[-1]}"

    def pieces(self, most: int) -> Iterator[Spark]:
        """Yield it in as many pieces as have at most so many counts each."""
        for start, end in _ranges(len(self.marks), most):
            yield Spark(self.what, self.marks[start:end], self.counts[start:end])


Chart = Bars | Strip | Spark


def told(chart: Chart) -> list[str]:
    """Return everything a chart shows, in words, a sentence a row."""
    if isinstance(chart, Bars):
        return [f"{row.label}: {row.words}." for row in chart.rows]
    if isinstance(chart, Strip):
        return [f"{row.label}: {chart.words(row)}." for row in chart.rows]
    return [f"{chart.words}."]


def span(marks: Sequence[str]) -> str:
    """Return from when to when: `7 Dec–28 Dec`, `4 Jan`."""
    return marks[0] if len(set(marks)) == 1 else f"{marks[0]}–{marks[-1]}"


def cells(bar: Bar, longest: int, room: int) -> list[int]:
    """Return how many cells each segment takes, where the longest bar has room for so many.

    Where there is room each of them counts for the same number of cells. What is there takes one
    cell at least, so that nothing that counts is out of sight.
    """
    if longest <= room:
        each = min(room // longest, 3) if longest else 0
        return [segment.count * each for segment in bar.segments]
    found = [
        max(1, round(segment.count * room / longest)) if segment.count else 0
        for segment in bar.segments
    ]
    while sum(found) > room:
        found[found.index(max(found))] -= 1
    return found


def _ranges(whole: int, most: int) -> Iterator[tuple[int, int]]:
    """Yield ranges of about the same length, none longer than that."""
    many = -(-whole // most)
    for at in range(many):
        yield whole * at // many, whole * (at + 1) // many
