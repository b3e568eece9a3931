"""Charts as SVG that stands in a page of HTML: scales with it, and prints in black and white.

Across, everything is in parts of the width and every letter keeps its size, so that a narrow page
shows all of it. Colours and patterns say no more than the letters beside them; CSS may change the
colours. For who can't see it, `<desc>` says all of it in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from textwrap import wrap

from nacoord.present.document.chart import TONES
from nacoord.present.document.chart import UNTOLD
from nacoord.present.document.chart import Bars
from nacoord.present.document.chart import Chart
from nacoord.present.document.chart import Spark
from nacoord.present.document.chart import Strip
from nacoord.present.document.chart import Tone
from nacoord.present.document.chart import told
from nacoord.present.document.model import shown

_FILLS: dict[Tone, str] = {
    "good": "#d5eadb",
    "warn": "#f3d384",
    "bad": "#e39a93",
    "calm": "#eceef1",
}
# What is drawn on a fill, one for each sort: none, strokes either way, dots, and lines.
_PATTERNS = (
    "",
    '<path d="M0 8L8 0" {}/>',
    '<circle cx="2" cy="2" r="1" fill="#1a1a1a" fill-opacity=".35"/>'
    '<circle cx="6" cy="6" r="1" fill="#1a1a1a" fill-opacity=".35"/>',
    '<path d="M0 0L8 8M0 8L8 0" {}/>',
    '<path d="M0 4H8" {}/>',
    '<path d="M4 0V8" {}/>',
)
_STROKE = 'stroke="#1a1a1a" stroke-opacity=".35" fill="none"'
_HEALTH_PATTERNS = {"green": 0, "amber": 1, "red": 3, None: 2}
# Pixels: a line of letters, the height of a bar, of the columns of counts, and of a gap.
_LINE = 17
_BAR = 18
_COLUMNS = 44
_GAP = 8
# How many characters fit across the narrowest page, and what of them one percent holds.
_CHARACTERS = 44
_PERCENT = _CHARACTERS / 100


def svg(chart: Chart, title: str, alt: str, id: str, width: int | None = None) -> str:
    """Return a chart as an `<svg>` element.

    Args:
        chart: what is drawn.
        title: its name.
        alt: what a reader sees in it.
        id: a prefix for the ids in it, of its own in the page.
        width: how wide it is in pixels, where it does not stand in a page of HTML.
    """
    drawing = _drawn(chart, id)
    # An empty picture is none that can be drawn.
    high = max(1, drawing.height)
    size = f'width="{width or "100%"}" height="{high}"'
    if width:
        # A stroke at the edge is drawn whole.
        size += f' viewBox="-1 -1 {width + 2} {high + 2}" font-family="Libertinus Serif"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" {size} '
        f'aria-labelledby="{id}-title {id}-desc" font-size="13" fill="currentColor">'
        f'<title id="{id}-title">{escape(shown(title))}</title>'
        f'<desc id="{id}-desc">{escape(described(chart, alt))}</desc>'
        f"<defs>{''.join(drawing.patterns)}</defs>{''.join(drawing.parts)}</svg>"
    )


def described(chart: Chart, alt: str) -> str:
    """Return all that a chart shows, for who can't see it."""
    return " ".join([shown(alt), *map(shown, told(chart))]).strip() or "Nothing to show."


def _drawn(chart: Chart, id: str) -> _Drawing:
    if isinstance(chart, Bars):
        return _bars(chart, id)
    return _strip(chart, id) if isinstance(chart, Strip) else _spark(chart, id)


class _Drawing:
    """What is drawn so far, from the top down."""

    def __init__(self, id: str) -> None:
        self.id = id
        self.height = 0
        self.parts: list[str] = []
        self.patterns: list[str] = []

    def pattern(self, number: int, tone: Tone) -> str:
        """Add a pattern; return how a shape is filled with it."""
        name = f"{self.id}-{len(self.patterns)}"
        drawn = _PATTERNS[number].format(_STROKE)
        self.patterns.append(
            f'<pattern id="{name}" width="8" height="8" patternUnits="userSpaceOnUse">'
            f'<rect class="{tone}" width="8" height="8" fill="{_FILLS[tone]}"/>{drawn}</pattern>'
        )
        return f"url(#{name})"

    def words(self, text: str, look: str = "") -> None:
        """Add lines of words."""
        for part in wrap(shown(text), _CHARACTERS, break_long_words=True):
            self.height += _LINE
            self.text(0, self.height - 4, part, look)

    def text(self, x: float, y: float, text: str, look: str = "") -> None:
        """Add letters there: x in percent, y in pixels."""
        self.parts.append(f'<text x="{x:g}%" y="{y:g}"{look}>{escape(shown(text))}</text>')

    def box(self, x: float, width: float, text: str, fill: str) -> None:
        """Add a part of a bar: x and width in percent. What has no room in it is left out."""
        self.parts.append(
            f'<rect x="{x:.3f}%" y="{self.height}" width="{width:.3f}%" height="{_BAR}" '
            f'fill="{fill}" stroke="#1a1a1a" stroke-width=".75"/>'
        )
        if text and len(text) + 0.6 <= width * _PERCENT:
            middle = ' text-anchor="middle" font-size="12" font-weight="600" fill="#1a1a1a"'
            self.text(round(x + width / 2, 3), self.height + 13, text, middle)

    def legend(self, entries: list[tuple[str, str]]) -> None:
        """Add what each fill stands for, two on a line."""
        for at, (name, fill) in enumerate(entries):
            if at % 2 == 0:
                self.height += _LINE
            x, y = 50 * (at % 2), self.height - 13
            self.parts.append(
                f'<rect x="{x}%" y="{y}" width="5%" height="11" fill="{fill}" '
                f'stroke="#1a1a1a" stroke-width=".75"/>'
            )
            self.text(x + 6.5, y + 10, name, ' font-size="12"')


def _bars(chart: Bars, id: str) -> _Drawing:
    drawing = _Drawing(id)
    fills = {name: drawing.pattern(at, tone) for at, (name, tone) in enumerate(chart.names.items())}
    for row in chart.rows:
        drawing.words(row.label, ' font-weight="600"')
        x = 0.0
        for segment in row.segments:
            if segment.count:
                wide = 100 * segment.count / chart.longest
                drawing.box(x, wide, str(segment.count), fills[segment.name])
                x += wide
        drawing.height += _BAR if row.total else 0
        drawing.words(row.words, ' font-size="12"')
        drawing.height += _GAP
    drawing.legend(list(fills.items()))
    return drawing


def _strip(chart: Strip, id: str) -> _Drawing:
    drawing = _Drawing(id)
    fills = {
        health: drawing.pattern(number, TONES[health])  # type: ignore[index]
        for health, number in _HEALTH_PATTERNS.items()
    }
    many = max(1, len(chart.marks))
    _ends(drawing, chart.marks)
    for row in chart.rows:
        drawing.words(row.label, ' font-weight="600"')
        for run in row.runs:
            x, wide = 100 * run.start / many, 100 * run.length / many
            word = run.health or UNTOLD
            text = word if len(word) + 0.6 <= wide * _PERCENT else word[0].upper()
            drawing.box(x, wide, text, fills[run.health])
        drawing.height += _BAR + _GAP
    drawing.legend([(health or UNTOLD, fill) for health, fill in fills.items()])
    return drawing


def _spark(chart: Spark, id: str) -> _Drawing:
    drawing = _Drawing(id)
    many = max(1, len(chart.marks))
    drawing.height = _COLUMNS
    for at, count in enumerate(chart.counts):
        high = max(1, round(_COLUMNS * count / chart.most)) if chart.most else 1
        drawing.parts.append(
            f'<rect x="{100 * at / many:.3f}%" y="{_COLUMNS - high}" width="{80 / many:.3f}%" '
            f'height="{high}" fill="currentColor"/>'
        )
    _ends(drawing, chart.marks)
    drawing.words(chart.words, ' font-size="12"')
    return drawing


def _ends(drawing: _Drawing, marks: tuple[str, ...]) -> None:
    """Write the first day on the left and the last on the right."""
    drawing.height += _LINE
    for x, text, anchor in _corners(marks):
        drawing.text(x, drawing.height - 4, text, f' font-size="12" text-anchor="{anchor}"')


def _corners(marks: tuple[str, ...]) -> Iterator[tuple[int, str, str]]:
    if marks:
        yield 0, marks[0], "start"
    if len(marks) > 1:
        yield 100, marks[-1], "end"
