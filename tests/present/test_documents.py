"""Documents in every format: what a record holds is text there, and nothing else."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from datetime import date
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from nacoord.model.errors import NacoordError
from nacoord.model.errors import UsageError
from nacoord.present.document import columns
from nacoord.present.document import markdown
from nacoord.present.document import terminal
from nacoord.present.document.docx import render as render_docx
from nacoord.present.document.model import Bullets
from nacoord.present.document.model import Column
from nacoord.present.document.model import Document
from nacoord.present.document.model import Heading
from nacoord.present.document.model import Note
from nacoord.present.document.model import Paragraph
from nacoord.present.document.model import Table
from nacoord.present.document.model import line
from nacoord.present.document.model import plain
from nacoord.present.document.model import record
from nacoord.present.document.model import shown
from nacoord.present.document.model import strong
from nacoord.present.document.table import FORMATS
from nacoord.present.document.table import format_of
from nacoord.present.document.table import renderer_of
from nacoord.present.terminal.console import Style
from tests.support.documents import HOSTILE
from tests.support.documents import PLAIN
from tests.support.documents import document_with
from tests.support.documents import everywhere

# Markdown


def _tokens(text: str) -> list[Any]:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


def _said(token: Any) -> str:
    return "".join(child.content for child in token.children or ())


KNOWN = {
    "text", "text_special", "code_inline", "strong_open", "strong_close", "inline",
    "heading_open", "heading_close", "paragraph_open", "paragraph_close", "bullet_list_open",
    "bullet_list_close", "list_item_open", "list_item_close", "blockquote_open",
    "blockquote_close", "table_open", "table_close", "thead_open", "thead_close", "tbody_open",
    "tbody_close", "tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close",
}  # fmt: skip


def _reads_as_text(text: str) -> None:
    written = markdown.render(everywhere(text), PLAIN)
    tokens = _tokens(written)
    kinds = {token.type for token in tokens}
    kinds |= {child.type for token in tokens for child in token.children or ()}
    inline = [_said(token) for token in tokens if token.type == "inline"]
    said = shown(text).strip()

    assert kinds <= KNOWN, kinds - KNOWN
    assert [token.type for token in tokens].count("heading_open") == 3
    assert [token.type for token in tokens].count("list_item_open") == 2
    assert [token.type for token in tokens].count("tr_open") == 3
    assert [token.type for token in tokens].count("td_open") == 4
    expected = ["INTERNAL", said, said, "Wednesday 20 January 2021", said, f"{said} {said}"]
    expected += [said, said, f"{said} after {said}", said, "Second", said, "x", said, "x", said]
    folded = [" ".join(part.split()) for part in [*expected, "INTERNAL"] if part.strip()]
    assert [" ".join(part.split()) for part in inline if part.strip()] == folded
    assert "\r" not in written
    assert written.endswith("\n")
    assert not written.endswith("\n\n")


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_of_hostile_text_is_that_text(text: str) -> None:
    _reads_as_text(text)


@given(st.text(alphabet="ab1 \\`*_[]()<>|~&#;:/@.!+-=\n\t\"'{}^$wÉ\u202e\x00", min_size=1))
def test_markdown_of_any_text_is_that_text(text: str) -> None:
    if not text.strip():
        return
    _reads_as_text(text)


def test_markdown_makes_no_links_of_bare_addresses() -> None:
    """A reader such as GitHub's makes links of these; a backslash inside takes that away."""
    assert (
        markdown.escape("http://x.org www.x.org a@x.org") == "http\\://x.org www\\.x.org a\\@x.org"
    )


def test_markdown_is_not_wrapped() -> None:
    long = "word " * 100
    written = markdown.render(document_with(Paragraph(line(long))), PLAIN)

    assert long.strip() in written.splitlines()


def test_markdown_reads_well_where_nothing_is_hostile() -> None:
    written = markdown.render(
        document_with(
            Heading(1, line("Section")),
            Paragraph(line("US$300 million, a-b; ", strong("Next:"), " call ", record("sre"))),
            Bullets((line("One"), line("Two"))),
            Table((Column("When"), Column("What")), ((line("19 Feb"), line("It ends")),)),
            Note(line("An aside")),
        ),
        PLAIN,
    )

    assert written == (
        "**INTERNAL**\n\n# Title\n\nOffice\n\nWednesday 20 January 2021\n\n## Section\n\n"
        "US$300 million, a-b; **Next:** call `sre`\n\n- One\n- Two\n\n"
        "| When | What |\n| --- | --- |\n| 19 Feb | It ends |\n\n> An aside\n\n**INTERNAL**\n"
    )


# Word


def _read_docx(document: Document) -> Any:
    return docx.Document(io.BytesIO(render_docx(document, PLAIN)))


@pytest.mark.parametrize("text", HOSTILE)
def test_docx_of_hostile_text_is_that_text(text: str) -> None:
    read = _read_docx(everywhere(text))
    said = shown(text)
    paragraphs = [(each.style.name, each.text) for each in read.paragraphs]

    assert paragraphs[:3] == [
        ("Title", said),
        ("Subtitle", said),
        ("Subtitle", "Wednesday 20 January 2021"),
    ]
    assert ("Heading 1", said) in paragraphs
    assert ("Heading 2", f"{said} {said}") in paragraphs
    assert ("List Bullet", said) in paragraphs
    assert ("Quote", said) in paragraphs
    assert [cell.text for cell in read.tables[0].rows[1].cells] == [said, "x"]
    assert not re.search("[\x00-\x08\x1b\u202e]", "".join(text for _, text in paragraphs))


@given(st.text(max_size=40))
def test_docx_holds_any_text(text: str) -> None:
    read = _read_docx(document_with(Paragraph(line("x", text))))

    assert read.paragraphs[3].text == f"x{shown(text)}"


def test_docx_has_marking_page_number_and_title_on_every_page() -> None:
    section = _read_docx(document_with(Paragraph(line("Text")))).sections[0]
    footer = section.footer._element.xml

    assert section.header.paragraphs[0].text == "INTERNAL"
    assert [each.text for each in section.footer.paragraphs][1] == "INTERNAL"
    assert section.footer.paragraphs[0].text.startswith("Title, 2021-01-20\tPage ")
    assert 'w:instr="PAGE"' in footer
    assert 'w:instr="NUMPAGES"' in footer


def test_docx_tells_of_no_machine_person_or_hour() -> None:
    document = document_with(Paragraph(line("Text")))
    data = render_docx(document, PLAIN)
    facts = docx.Document(io.BytesIO(data)).core_properties
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        names, times = parts.namelist(), {each.date_time for each in parts.infolist()}
        whole = b"".join(parts.read(name) for name in names).lower()

    assert (facts.title, facts.subject, facts.category) == ("Title", "Office", "INTERNAL")
    assert (facts.author, facts.last_modified_by) == ("Test Office", "Test Office")
    assert (facts.comments, facts.keywords) == ("", "")
    assert facts.created == facts.modified
    assert facts.created.date() == date(2021, 1, 20)
    assert times == {(1980, 1, 1, 0, 0, 0)}
    assert not [name for name in names if "thumbnail" in name or "app.xml" in name]
    assert b"python-docx" not in whole
    assert data == render_docx(document, PLAIN)


def test_docx_tables_repeat_their_head_and_fill_the_page() -> None:
    table = Table(
        (Column("When", firm=True), Column("What", 4), Column("Who", 2)),
        (
            (
                line("16–19 Feb"),
                line("A long title " * 9, record("a-record")),
                line("dhs, sre " * 9),
            ),
        ),
    )
    read = _read_docx(document_with(table)).tables[0]
    widths = [cell.width.inches for cell in read.rows[0].cells]
    head, row = read.rows[0]._tr.xml, read.rows[1]._tr.xml

    assert read.style.name == "Office Table"
    assert "w:tblHeader" in head
    assert "w:tblHeader" not in row
    assert "w:cantSplit" in row
    assert abs(sum(widths) - 6.9) < 0.01
    assert 0.6 < widths[0] < 1.2, "a date is not broken, and takes no more than it needs"
    assert widths[1] > widths[2] > widths[0]
    assert read.rows[1].cells[1].text.endswith("\na-record"), "an id has a line of its own"


def test_docx_fonts_are_named_for_every_script() -> None:
    styles = _read_docx(document_with()).styles

    for name in ("Normal", "Title", "Heading 1", "Heading 2", "List Bullet"):
        fonts = styles[name].element.rPr.rFonts
        assert {value for key, value in fonts.attrib.items() if "Theme" not in key} == {"Arial"}
        assert not [key for key in fonts.attrib if "heme" in key]


# A terminal


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("text", HOSTILE)
def test_terminal_of_hostile_text_is_that_text(text: str, width: int) -> None:
    written = terminal.render(everywhere(text), Style(width, color=False))

    assert not re.search("[\x00-\x08\x1b\u202e\u2066\u200b]", written)
    assert max(map(len, written.splitlines())) <= width
    words = "".join(shown(text).split())
    assert "".join(written.split()).count(words) >= 5


def test_terminal_breaks_ids_after_hyphens_and_lets_them_begin_a_line() -> None:
    table = Table(
        (Column("Who", 1), Column("What", 1)),
        (
            (
                line(record("columbia-chief-negotiator-of-the-treaty"), ", ", record("sre")),
                line(
                    "Visit to San Diego and Imperial Beach ", record("san-diego-visit-in-february")
                ),
            ),
        ),
    )
    written = terminal.render(document_with(table), Style(56, color=False)).splitlines()
    rows = written[written.index("Wednesday 20 January 2021") + 2 : -2]

    assert rows == [
        "Who                          What",
        "columbia-chief-negotiator-   Visit to San Diego and",
        "of-the-treaty, sre           Imperial Beach",
        "                             san-diego-visit-in-february",
    ]


def test_terminal_stacks_rows_that_have_no_room() -> None:
    table = Table(
        (Column("When", firm=True), Column("What"), Column("Who")),
        ((line("19 Feb"), line("It ends after a long time"), line("dhs, sre, texas")),),
    )
    written = terminal.render(document_with(table), Style(40, color=False))

    assert "19 Feb\n  what: It ends after a long time\n  who: dhs, sre, texas\n" in written


def test_colour_only_repeats_what_words_say() -> None:
    document = everywhere("Text")
    coloured = terminal.render(document, Style(80, color=True))

    assert "\x1b[" in coloured
    bare = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert [each.rstrip() for each in bare.splitlines()] == terminal.render(
        document, PLAIN
    ).splitlines()


# The model, widths and formats


def test_a_row_has_a_cell_for_each_column() -> None:
    with pytest.raises(ValueError, match="more or fewer cells"):
        Table((Column("One"),), ((line("a"), line("b")),))


def test_a_line_says_its_words_without_their_kinds() -> None:
    assert plain(line("  a ", strong("b\n"), " ", record("c"), "")) == "a b c"


@given(
    st.lists(
        st.tuples(st.text("abc -", max_size=60), st.integers(1, 5), st.booleans()),
        min_size=1,
        max_size=6,
    ),
    st.integers(20, 140),
)
def test_columns_never_take_more_than_there_is(
    given_: list[tuple[str, int, bool]], room: int
) -> None:
    titles = [Column("T", share, firm) for _, share, firm in given_]
    found = columns.widths(titles, [["T", text] for text, _, _ in given_], room)

    if found is not None:
        assert sum(found) <= room
        assert all(wide >= 1 for wide in found)
        for (text, _, firm), wide in zip(given_, found, strict=True):
            assert not firm or wide >= len(text)


def test_a_format_is_told_by_suffix() -> None:
    assert format_of("Book.DOCX").name == "docx"
    assert format_of("a/b.md").name == "markdown"
    assert format_of("x.txt").name == "terminal"
    assert format_of("x.HTM").name == "html"
    assert format_of("x.pdf").name == "pdf"
    with pytest.raises(UsageError) as caught:
        format_of("x.odt")
    assert caught.value.hint == (
        "let it end in .txt, .md, .html, .docx or .pdf, or add: --format markdown"
    )


@pytest.mark.parametrize(
    ("format", "library", "extra"),
    [("docx", "docx", "brief"), ("html", "jinja2", "brief"), ("pdf", "typst", "pdf")],
)
def test_a_missing_library_is_said_with_what_to_install(
    format: str, library: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith(FORMATS[format].module)]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)

    with pytest.raises(NacoordError) as caught:
        renderer_of(FORMATS[format])
    assert caught.value.hint == f"pip install 'nacoord[{extra}]'"
