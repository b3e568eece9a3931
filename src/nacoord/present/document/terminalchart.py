"""Charts in a terminal: blocks of differing shade or height, and the same in words beside them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from rich.cells import cell_len
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from nacoord.present.document.chart import TONES
from nacoord.present.document.chart import UNTOLD
from nacoord.present.document.chart import Bar
from nacoord.present.document.chart import Bars
from nacoord.present.document.chart import Chart
from nacoord.present.document.chart import Health
from nacoord.present.document.chart import Spark
from nacoord.present.document.chart import Strip
from nacoord.present.document.chart import Tone
from nacoord.present.document.chart import cells
from nacoord.present.document.chart import span
from nacoord.present.document.model import shown
from nacoord.present.terminal import look
from nacoord.present.terminal.console import Style

_COLOURS: dict[Tone, str] = {
    "good": look.GOOD,
    "warn": look.HEALTH["amber"],
    "bad": look.BAD,
    "calm": "",
}
# One for each sort of segment, told apart by shade and form.
_SHADES = {True: "█▓░▚▒▞", False: "#=.%+o"}
# The worse, the higher.
_HEIGHTS: dict[bool, dict[Health | None, str]] = {
    True: {"green": "▁", "amber": "▄", "red": "█", None: "·"},
    False: {"green": "_", "amber": "=", "red": "#", None: "."},
}
_LEVELS = {True: "▁▂▃▄▅▆▇█", False: ".:-=+*#%"}
_INDENT = 2
_GAP = 2
# So many cells a bar needs to say anything; with less room its words get a line of their own.
_LEAST = 12
_WIDEST = 48
# How many cells a day or a week takes where there is room, and what the word after it needs.
_STRETCH = 3
_WORD = len(UNTOLD)


def drawn(chart: Chart, style: Style) -> Iterator[RenderableType]:
    """Yield the lines of a chart, none wider than the screen."""
    if isinstance(chart, Bars):
        yield from _bars(chart, style)
    elif isinstance(chart, Strip):
        yield from chain.from_iterable(_pieces(chart, style))
    else:
        yield from _spark(chart, style)


def _bars(chart: Bars, style: Style) -> Iterator[RenderableType]:
    glyphs = dict(zip(chart.names, _SHADES[style.unicode], strict=False))
    label = max((cell_len(shown(row.label)) for row in chart.rows), default=0)
    words = max((cell_len(shown(row.words)) for row in chart.rows), default=0)
    room = style.width - label - words - 2 * _GAP
    alone = style.width - _INDENT
    beside = room >= _LEAST and (room >= chart.longest or alone < chart.longest)
    sizes = [
        cells(row, chart.longest, min(_WIDEST, room if beside else alone)) for row in chart.rows
    ]
    longest = max(map(sum, sizes), default=0)
    for row, found in zip(chart.rows, sizes, strict=True):
        bar, said = _bar(row, found, glyphs), _line(row.words)
        if beside:
            yield _padded(_line(row.label), label) + _padded(bar, longest) + said
        else:
            yield _line(row.label)
            yield from (_indented(each) for each in (bar, said) if each.plain)
    entries = [(glyphs[name], name, _COLOURS[tone]) for name, tone in chart.names.items()]
    yield from _legend(entries, style.width)


def _bar(row: Bar, sizes: list[int], glyphs: dict[str, str]) -> Text:
    bar = Text()
    for segment, size in zip(row.segments, sizes, strict=True):
        bar.append(glyphs[segment.name] * size, _COLOURS[segment.tone])
    return bar


def _pieces(chart: Strip, style: Style) -> Iterator[Iterator[RenderableType]]:
    """Yield a strip that fits; one with too many days in pieces, one under the other."""
    label = max((cell_len(shown(row.label)) for row in chart.rows), default=0)
    room = style.width - label - 2 * _GAP - _WORD
    beside = room >= min(len(chart.marks), 2 * _LEAST)
    room = room if beside else style.width - _INDENT - _GAP - _WORD
    for piece in chart.pieces(room):
        each = min(_STRETCH, room // len(piece.marks))
        yield _strip(piece, style, label if beside else None, each)
    heights = _HEIGHTS[style.unicode]
    entries = [(heights[each], each or UNTOLD, _tone(each)) for each in heights]
    yield _legend(entries, style.width)


def _strip(chart: Strip, style: Style, label: int | None, each: int) -> Iterator[RenderableType]:
    """Yield the days or weeks from first to last, and the health on the last in words."""
    heights = _HEIGHTS[style.unicode]
    when = _dim(span(chart.marks))
    yield _indented(when) if label is None else _padded(Text(""), label) + when
    for row in chart.rows:
        strip = Text()
        for run in row.runs:
            strip.append(heights[run.health] * run.length * each, _tone(run.health))
        strip.append("  ")
        strip.append(row.health[-1] or UNTOLD, _tone(row.health[-1]))
        if label is None:
            yield _line(row.label)
            yield _indented(strip)
        else:
            yield _padded(_line(row.label), label) + strip


def _spark(chart: Spark, style: Style) -> Iterator[RenderableType]:
    levels = _LEVELS[style.unicode]
    for piece in chart.pieces(style.width):
        yield Text("".join(_level(count, chart.most, levels) for count in piece.counts))
    yield _line(chart.words)


def _level(count: int, most: int, levels: str) -> str:
    """Return the block for a count; none is the lowest, and is told from one."""
    if not count:
        return levels[0]
    return levels[-(-count * (len(levels) - 1) // most)]


def _tone(health: Health | None) -> str:
    return _COLOURS[TONES[health]]


def _legend(entries: list[tuple[str, str, str]], width: int) -> Iterator[Text]:
    """Yield what each mark stands for; a mark and its name are on one line."""
    legend = Text()
    for glyph, name, colour in entries:
        entry = Text.assemble((glyph, colour), " ", (shown(name), look.DIM))
        if legend.plain and legend.cell_len + _GAP + entry.cell_len > width:
            yield legend
            legend = Text()
        legend += Text(" " * _GAP if legend.plain else "") + entry
    legend.overflow = "fold"
    yield legend


def _line(text: str) -> Text:
    return Text(shown(text), overflow="fold")


def _dim(text: str) -> Text:
    return Text(shown(text), look.DIM)


def _padded(text: Text, width: int) -> Text:
    return text + Text(" " * (width - text.cell_len + _GAP))


def _indented(text: Text) -> RenderableType:
    return Padding(text, (0, 0, 0, _INDENT))
