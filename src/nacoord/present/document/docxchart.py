"""Charts for Word: tables of shaded cells with words in them, which anybody can edit."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any
from typing import NamedTuple

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.ns import qn
from docx.shared import Emu
from docx.table import _Cell

from nacoord.present.document.chart import TONES
from nacoord.present.document.chart import UNTOLD
from nacoord.present.document.chart import Bars
from nacoord.present.document.chart import Chart
from nacoord.present.document.chart import Spark
from nacoord.present.document.chart import Strip
from nacoord.present.document.chart import Tone
from nacoord.present.document.chart import cells
from nacoord.present.document.docxstyles import CELL_STYLE
from nacoord.present.document.docxstyles import GAP_STYLE
from nacoord.present.document.model import shown

# Behind dark letters, and told from each other in grey.
_FILLS: dict[Tone, str] = {"good": "D5EADB", "warn": "F3D384", "bad": "E39A93", "calm": "ECEEF1"}
# Word has 63 columns at most; names and words take two.
_UNITS = 48
_ACROSS = 12
# Shares of the width of the page, of 100: names, what is drawn, words.
_BAR_SHARES = (26, 44, 30)
_STRIP_SHARES = (30, 70, 0)
# How many characters the whole width of what is drawn holds.
_CHARACTERS = 56
# White lines keep shades apart, and a cell as narrow as a figure still shows it.
_LINES = f"""\
<w:tblBorders {nsdecls("w")}>
  <w:insideH w:val="single" w:sz="12" w:space="0" w:color="FFFFFF"/>
  <w:insideV w:val="single" w:sz="6" w:space="0" w:color="FFFFFF"/>
</w:tblBorders>"""
_MARGINS = f"""\
<w:tblCellMar {nsdecls("w")}>
  <w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>
</w:tblCellMar>"""


_MIDDLE = WD_ALIGN_PARAGRAPH.CENTER
_RIGHT = WD_ALIGN_PARAGRAPH.RIGHT


class Cell(NamedTuple):
    """A cell: what it says, its shade, over how many columns it goes, where its text stands."""

    text: str
    fill: str = ""
    across: int = 1
    at: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT


def add_chart(made: Any, chart: Chart, alt: str, width: int) -> None:
    """Add a chart to the end of a document that has room for that width, in EMU."""
    if isinstance(chart, Bars):
        _add(made, _bars(chart), [*_spread(_BAR_SHARES, _units(chart), width)], alt)
        _legend(made, chart.names.items())
    elif isinstance(chart, Strip):
        for piece in chart.pieces(_UNITS):
            shares = [*_spread(_STRIP_SHARES, len(piece.marks), width)][:-1]
            _add(made, _strip(piece), shares, alt)
        _legend(made, ((health or UNTOLD, tone) for health, tone in TONES.items()))
    else:
        for each in chart.pieces(_ACROSS):
            many = len(each.marks)
            _add(made, _spark(each, chart.most), [width // many] * many, alt)
        made.add_paragraph(shown(chart.words), style=CELL_STYLE)
        made.add_paragraph(style=GAP_STYLE)


def _units(chart: Bars) -> int:
    return max(1, min(_UNITS, chart.longest))


def _bars(chart: Bars) -> Iterator[list[Cell]]:
    units = _units(chart)
    for row in chart.rows:
        sizes = cells(row, max(1, chart.longest), units)
        line = [Cell(row.label)]
        for segment, size in zip(row.segments, sizes, strict=True):
            if size:
                line.append(Cell(str(segment.count), _FILLS[segment.tone], size, _MIDDLE))
        left = units - sum(each.across for each in line[1:])
        yield [*line, *([Cell("", across=left)] if left else []), Cell(row.words)]


def _strip(chart: Strip) -> Iterator[list[Cell]]:
    many = len(chart.marks)
    yield [Cell(""), *_ends(chart.marks)]
    for row in chart.rows:
        line = [Cell(row.label)]
        for run in row.runs:
            word = run.health or UNTOLD
            room = run.length * _CHARACTERS // many
            text = word if len(word) < room else word[0].upper()
            line.append(Cell(text, _FILLS[TONES[run.health]], run.length, _MIDDLE))
        yield line


def _ends(marks: tuple[str, ...]) -> list[Cell]:
    """Return the cells over a strip: its first day on the left, its last on the right."""
    many = len(marks)
    if many < 2:
        return [Cell(mark) for mark in marks]
    return [Cell(marks[0], across=many - many // 2), Cell(marks[-1], "", many // 2, _RIGHT)]


def _spark(chart: Spark, most: int) -> Iterator[list[Cell]]:
    yield [Cell(mark, at=_MIDDLE) for mark in chart.marks]
    yield [Cell(str(count), _grey(count, most), at=_MIDDLE) for count in chart.counts]


def _grey(count: int, most: int) -> str:
    """Return a shade the darker, the greater the count; letters on it stay readable."""
    level = 0xFF - (0x60 * count // most if most else 0)
    return f"{level:02X}" * 3


def _spread(shares: tuple[int, int, int], many: int, width: int) -> Iterator[int]:
    """Yield the widths of the columns: one for names, those of what is drawn, one for words."""
    yield width * shares[0] // 100
    yield from [width * shares[1] // 100 // many] * many
    yield width * shares[2] // 100


def _add(made: Any, rows: Iterable[list[Cell]], widths: list[int], alt: str) -> None:
    table = made.add_table(rows=0, cols=len(widths))
    table.autofit = False
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = Emu(wide)
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    for made_of in (_LINES, properties.find(qn("w:tblLayout")), _MARGINS):
        if made_of is not None:
            element = parse_xml(made_of) if isinstance(made_of, str) else made_of
            look.addprevious(element)
    description = OxmlElement("w:tblDescription")
    description.set(qn("w:val"), shown(alt))
    properties.append(description)
    for row in rows:
        _add_row(table, row, widths)
    made.add_paragraph(style=GAP_STYLE)


def _add_row(table: Any, row: list[Cell], widths: list[int]) -> None:
    added = table._tbl.add_tr()
    added.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    at = 0
    for cell in row:
        made = added._add_tc()
        made.width = Emu(sum(widths[at : at + cell.across]))
        at += cell.across
        properties = made.get_or_add_tcPr()
        if cell.across > 1:
            made.grid_span = cell.across
        if cell.fill:
            properties.append(_shade(cell.fill))
        _say(table, made, cell)


def _say(table: Any, made: Any, cell: Cell) -> None:
    paragraph = _Cell(made, table).paragraphs[0]
    paragraph.style = CELL_STYLE
    paragraph.paragraph_format.keep_with_next = True
    paragraph.alignment = cell.at
    paragraph.add_run(shown(cell.text))


def _legend(made: Any, names: Iterable[tuple[str, Tone]]) -> None:
    paragraph = made.add_paragraph(style=CELL_STYLE)
    for name, tone in names:
        run = paragraph.add_run(f" {shown(name)} ")
        run._r.get_or_add_rPr().append(_shade(_FILLS[tone]))
        paragraph.add_run("  ")
    made.add_paragraph(style=GAP_STYLE)


def _shade(fill: str) -> Any:
    """Return a shade: ISO/IEC 29500-1, 17.3.5."""
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
        shade.set(qn(f"w:{name}"), value)
    return shade
