"""Charts, in every format: what they show is in words too, and nothing hangs on a colour."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree as ET

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from nacoord.present.document import docx as word
from nacoord.present.document import markdown
from nacoord.present.document import terminal
from nacoord.present.document.chart import Bar
from nacoord.present.document.chart import Bars
from nacoord.present.document.chart import Segment
from nacoord.present.document.chart import Spark
from nacoord.present.document.chart import Strip
from nacoord.present.document.chart import Track
from nacoord.present.document.chart import cells
from nacoord.present.document.chart import told
from nacoord.present.document.model import Figure
from nacoord.present.document.model import line
from nacoord.present.document.model import shown
from nacoord.present.document.svg import svg
from nacoord.present.terminal.console import Style
from tests.support.documents import BARS
from tests.support.documents import HOSTILE
from tests.support.documents import PLAIN
from tests.support.documents import SPARK
from tests.support.documents import STRIP
from tests.support.documents import document_with
from tests.support.documents import figure

ALL = document_with(*map(figure, (BARS, STRIP, SPARK)))
SVG = "{http://www.w3.org/2000/svg}"


def _lines(chart: Bars | Strip | Spark, style: Style) -> list[str]:
    written = terminal.render(document_with(figure(chart)), style).splitlines()
    return written[written.index("By week") + 1 : -2]


def test_a_chart_says_all_it_shows() -> None:
    assert [*told(BARS), *told(STRIP), *told(SPARK)] == [
        "SRE to us: 3 kept, 1 late, 4 open, 2 overdue.",
        "Ours to Québec: none.",
        "Tohono O'odham Nation to us: 1 late, 23 open.",
        "Land border limits: green 7 Dec–21 Dec, amber 28 Dec–4 Jan, red 11 Jan–18 Jan.",
        "New issue: no record 7 Dec–4 Jan, green 11 Jan, amber 18 Jan.",
        "19 changes, 7 Dec–18 Jan; most 9, 11 Jan; last 4.",
    ]


def test_a_chart_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="more or fewer days"):
        Strip(("4 Jan",), (Track("x", ()),))
    with pytest.raises(ValueError, match="more or fewer counts"):
        Spark("x", ("4 Jan",), ())
    with pytest.raises(ValueError, match="6 sorts apart, not 7"):
        Bars((Bar("x", tuple(Segment(str(at), 1) for at in range(7))),))
    for wrong in (lambda: Segment("x", -1), lambda: Spark("x", ("4 Jan",), (-1,))):
        with pytest.raises(ValueError, match=r"can't"):
            wrong()


@given(st.lists(st.integers(0, 500), max_size=6), st.integers(1, 900), st.integers(6, 120))
def test_a_bar_has_its_room_and_hides_nothing(counts: list[int], other: int, room: int) -> None:
    bar = Bar("x", tuple(Segment(str(at), count) for at, count in enumerate(counts)))
    found = cells(bar, max(other, bar.total), room)

    assert sum(found) <= room
    assert [size > 0 for size in found] == [count > 0 for count in counts]


# A terminal


def test_bars_in_a_terminal_stand_beside_their_words_or_over_them() -> None:
    assert _lines(BARS, Style(100, color=False)) == [
        "SRE to us                    ███▓░░░░▚▚                3 kept, 1 late, 4 open, 2 overdue",
        "Ours to Québec                                         none",
        "Tohono O'odham Nation to us  ▓░░░░░░░░░░░░░░░░░░░░░░░  1 late, 23 open",
        "█ kept  ▓ late  ░ open  ▚ overdue",
    ]
    assert _lines(BARS, Style(40, color=False)) == [
        "SRE to us",
        "  ███▓░░░░▚▚",
        "  3 kept, 1 late, 4 open, 2 overdue",
        "Ours to Québec",
        "  none",
        "Tohono O'odham Nation to us",
        "  ▓░░░░░░░░░░░░░░░░░░░░░░░",
        "  1 late, 23 open",
        "█ kept  ▓ late  ░ open  ▚ overdue",
    ]


def test_a_strip_and_a_count_in_a_terminal() -> None:
    assert _lines(STRIP, Style(60, color=False)) == [
        "                    7 Dec–18 Jan",
        "Land border limits  ▁▁▁▁▁▁▁▁▁▄▄▄▄▄▄██████  red",
        "New issue           ···············▁▁▁▄▄▄  amber",
        "▁ green  ▄ amber  █ red  · no record",
    ]
    assert _lines(SPARK, Style(60, color=False)) == [
        "▁▂▁▄▃█▅",
        "19 changes, 7 Dec–18 Jan; most 9, 11 Jan; last 4",
    ]


def test_many_days_take_several_lines() -> None:
    days = tuple(f"{day} Jan" for day in range(1, 32)) + tuple(f"{day} Feb" for day in range(1, 30))
    strip = Strip(days, (Track("Long", ("green",) * 30 + ("red",) * 30),))
    found = _lines(strip, Style(40, color=False))

    assert [text.strip() for text in found if "–" in text] == [
        "1 Jan–20 Jan", "21 Jan–9 Feb", "10 Feb–29 Feb"
    ]  # fmt: skip
    assert sum(text.count("▁") for text in found[:-1]) == 30
    assert sum(text.count("█") for text in found[:-1]) == 30


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_a_terminal_without_unicode_gets_ascii_and_every_line_fits(width: int) -> None:
    written = terminal.render(ALL, Style(width, color=False, unicode=False))
    ours = written.replace("é", "e")

    assert ours.isascii()
    assert "# kept" in written
    assert "_ green" in written
    for unicode in (True, False):
        lines = terminal.render(ALL, Style(width, color=False, unicode=unicode)).splitlines()
        assert max(map(len, lines)) <= width


def test_colours_only_repeat_what_blocks_say() -> None:
    coloured = terminal.render(ALL, Style(80, color=True))

    assert "\x1b[32m" in coloured
    bare = [each.rstrip() for each in re.sub(r"\x1b\[[0-9;]*m", "", coloured).splitlines()]
    assert bare == terminal.render(ALL, PLAIN).splitlines()


# Markdown and Word


def test_markdown_has_tables() -> None:
    written = markdown.render(ALL, PLAIN)

    assert "By week\n\n|  | kept | late | open | overdue |\n" in written
    assert "| SRE to us | 3 | 1 | 4 | 2 |\n| Ours to Québec | 0 | 0 | 0 | 0 |\n" in written
    assert "| New issue | no record 7 Dec–4 Jan, green 11 Jan, amber 18 Jan |" in written
    assert "| changes | 0 | 1 | 0 | 3 | 2 | 9 | 4 |" in written


def test_word_has_shaded_cells_with_words_in_them() -> None:
    read = docx.Document(io.BytesIO(word.render(ALL, PLAIN)))
    bars, strip, spark = read.tables
    rows = [[cell.text for cell in dict.fromkeys(row.cells)] for row in bars.rows]
    said = [paragraph.text for paragraph in read.paragraphs]

    assert rows[0] == ["SRE to us", "3", "1", "4", "2", "", "3 kept, 1 late, 4 open, 2 overdue"]
    assert rows[1] == ["Ours to Québec", "", "none"]
    assert [cell.text for cell in dict.fromkeys(strip.rows[1].cells)] == [
        "Land border limits", "green", "amber", "red"
    ]  # fmt: skip
    assert [cell.text for cell in spark.rows[1].cells] == ["0", "1", "0", "3", "2", "9", "4"]
    assert " kept    late    open    overdue   " in said
    assert 'w:fill="E39A93"' in bars._tbl.xml
    assert 'w:val="What is seen in it."' in bars._tbl.xml
    for table in read.tables:
        widths = [int(each.get(f"{{{each.nsmap['w']}}}w")) for each in table._tbl.tblGrid]
        assert sum(widths) <= 6.9 * 1440 + len(widths)


# SVG


def _drawn(chart: Bars | Strip | Spark) -> ET.Element:
    return ET.fromstring(svg(chart, "By week", "What is seen in it.", "f1"))


def test_svg_says_in_words_what_it_shows() -> None:
    for chart in (BARS, STRIP, SPARK):
        root = _drawn(chart)
        named = root.get("aria-labelledby", "").split()

        assert root.get("role") == "img"
        assert [each.get("id") for each in root[:2]] == named
        assert root.findtext(f"{SVG}title") == "By week"
        assert root.findtext(f"{SVG}desc") == " ".join(["What is seen in it.", *told(chart)])


def test_svg_draws_to_scale_with_a_pattern_for_each_sort() -> None:
    root = _drawn(BARS)
    texts = [each.text for each in root.iter(f"{SVG}text")]
    boxes = [each for each in root.iter(f"{SVG}rect") if each.get("stroke")]
    patterns = [ET.tostring(each, "unicode") for each in root.iter(f"{SVG}pattern")]

    assert [box.get("width") for box in boxes[:4]] == ["12.500%", "4.167%", "16.667%", "8.333%"]
    assert [box.get("x") for box in boxes[:4]] == ["0.000%", "12.500%", "16.667%", "33.333%"]
    assert texts[:6] == ["SRE to us", "3", "1", "4", "2", "3 kept, 1 late, 4 open, 2 overdue"]
    assert texts[-4:] == ["kept", "late", "open", "overdue"]
    without_colours = {re.sub(r'#[0-9a-f]{6}|id="[^"]*"', "", each) for each in patterns}
    assert len(without_colours) == 4, "patterns differ in black and white"


def _hostile(text: str) -> tuple[Bars, Strip, Spark]:
    return (
        Bars((Bar(text, (Segment(text, 1), Segment("x", 2))),)),
        Strip((text, "x"), (Track(text, ("green", "red")),)),
        Spark(text, (text, "x"), (1, 2)),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_in_a_terminal_and_in_markdown(text: str) -> None:
    whole = document_with(*(Figure(line(text), text, chart) for chart in _hostile(text)))
    tokens = MarkdownIt("commonmark").enable(["table"]).parse(markdown.render(whole, PLAIN))
    kinds = {each.type for token in tokens for each in (token, *(token.children or ()))}

    assert not {kind for kind in kinds if re.match("html|link|image|em_|code_block|fence|hr", kind)}
    assert [token.type for token in tokens].count("table_open") == 3
    for width in (40, 80):
        written = terminal.render(whole, Style(width, color=False))
        assert not re.search("[\x00-\x08\x1b\u202e\u2066\u200b]", written)
        assert max(map(len, written.splitlines())) <= width


@pytest.mark.parametrize("text", HOSTILE)
def test_svg_of_hostile_text_is_that_text(text: str) -> None:
    for chart in _hostile(text):
        root = ET.fromstring(svg(chart, text, text, "f1"))
        assert root.findtext(f"{SVG}title") == shown(text)
        kinds = {each.tag.removeprefix(SVG) for each in root.iter()}
        assert kinds <= {
            "svg",
            "title",
            "desc",
            "defs",
            "pattern",
            "rect",
            "path",
            "circle",
            "text",
        }
