"""Charts as tables, for a format that draws none."""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.present.document.chart import Bars
from nacoord.present.document.chart import Chart
from nacoord.present.document.chart import Strip
from nacoord.present.document.model import Column
from nacoord.present.document.model import Table
from nacoord.present.document.model import line

# More columns of counts than this are hard to read across a page.
_ACROSS = 12


def tables(chart: Chart) -> Iterator[Table]:
    """Yield everything that a chart shows."""
    if isinstance(chart, Bars):
        yield _bars(chart)
    elif isinstance(chart, Strip):
        rows = tuple((line(row.label), line(chart.words(row))) for row in chart.rows)
        yield Table((Column("", 1), Column("Health", 2)), rows)
    else:
        for piece in chart.pieces(_ACROSS):
            columns = (Column("", firm=True), *(Column(mark) for mark in piece.marks))
            counts = (line(str(count)) for count in piece.counts)
            yield Table(columns, ((line(piece.what), *counts),))


def _bars(chart: Bars) -> Table:
    rows = []
    for row in chart.rows:
        counts = dict.fromkeys(chart.names, 0)
        for segment in row.segments:
            counts[segment.name] += segment.count
        rows.append((line(row.label), *(line(str(count)) for count in counts.values())))
    columns = (Column("", 3), *(Column(name) for name in chart.names))
    return Table(columns, tuple(rows))
