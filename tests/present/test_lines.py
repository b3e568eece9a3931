"""Lines and grids are as rich lays them out, whether it did or not."""

from __future__ import annotations

from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Group
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import console_for
from nacoord.present.terminal.console import to_plain
from nacoord.present.terminal.console import to_text
from nacoord.present.terminal.grid import Grid
from nacoord.present.terminal.grid import widths
from nacoord.present.terminal.lines import simple
from nacoord.present.terminal.lines import wrapped

_WORDS = st.text("abé –…漢\u0301", max_size=40) | st.sampled_from(
    ["a word or two", "bcd " * 12, " leading", "x" * 30, "two  blanks  between " * 3]
)
_STYLES = st.sampled_from(["", "bold", "cyan", "dim", "bold red"])


@st.composite
def _texts(draw: st.DrawFn) -> Text:
    found = Text(draw(_WORDS), style=draw(_STYLES))
    if draw(st.booleans()):
        start = draw(st.integers(0, len(found)))
        found.stylize(draw(_STYLES), start, draw(st.integers(start, len(found))))
    found.overflow = draw(st.sampled_from([None, "fold", "ellipsis"]))
    return found


def _by_rich(part: RenderableType, style: Style) -> str:
    console = console_for(style)
    console.print(Group(part))
    assert isinstance(console.file, StringIO)
    return "".join(f"{line.rstrip()}\n" for line in console.file.getvalue().split("\n")[:-1])


@given(st.lists(_texts(), max_size=4), st.integers(20, 60), st.booleans(), st.integers(0, 4))
def test_texts_are_as_rich_lays_them_out(
    texts: list[Text], width: int, color: bool, indent: int
) -> None:
    whole = Group(
        *texts, Group(*(Padding(text, (0, 0, 0, indent)) for text in texts)), Text("the end")
    )

    assert to_text(whole, Style(width, color)) == _by_rich(whole, Style(width, color))


@given(
    st.lists(st.lists(_texts(), min_size=3, max_size=3), max_size=4),
    st.lists(st.lists(_texts(), min_size=3, max_size=3), max_size=2),
    st.sampled_from([None, 0, 1, 2]),
    st.integers(1, 2),
    st.integers(20, 160),
    st.booleans(),
    st.booleans(),
)
def test_a_grid_is_as_rich_lays_it_out(
    rows: list[list[Text]],
    like: list[list[Text]],
    flexible: int | None,
    gap: int,
    width: int,
    color: bool,
    firm: bool,
) -> None:
    for cell in (cell for row in rows for cell in row):
        cell.overflow = None
    grid = Grid(rows, flexible=flexible, gap=gap, like=widths(like) if firm else (), firm=firm)

    assert to_text(grid, Style(width, color)) == _by_rich(grid, Style(width, color))


def test_rows_of_several_lengths_are_as_rich_lays_them_out() -> None:
    grid = Grid([[Text("a"), Text("b")], [Text("long " * 9)]], flexible=0, gap=2)

    assert to_text(grid, Style(30, False)) == _by_rich(grid, Style(30, False))


@given(st.lists(st.tuples(st.integers(0, 4), _WORDS), max_size=4), st.integers(20, 60))
def test_plain_lines_are_as_texts(lines: list[tuple[int, str]], width: int) -> None:
    style = Style(width, False)
    texts = [Padding(Text(line, overflow="fold"), (0, 0, 0, indent)) for indent, line in lines]

    assert to_plain(lines, style) == to_text(Group(*texts), style)


def test_what_no_terminal_can_show_is_written_in_ascii() -> None:
    assert to_plain([(1, "a … b")], Style(20, False, unicode=False)) == " a . b\n"


def test_a_character_that_is_taken_for_one_cell_has_one() -> None:
    for char in map(chr, range(0x3000)):
        if simple(char):
            assert Text(char).cell_len == 1
            assert char == " " or not char.isspace()


@pytest.mark.parametrize("text", ["x" * 21, "a " + "x" * 21, " leading and so on and on"])
def test_what_is_hard_to_wrap_is_left_to_rich(text: str) -> None:
    assert wrapped(text, 20) is None
