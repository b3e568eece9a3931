"""An office's own templates: Word's and pages of HTML. What is wrong is said, and nothing leaks."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import docx
import html5lib
import pytest
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from nacoord.model.errors import NacoordError
from nacoord.model.errors import UsageError
from nacoord.present.document import docx as word
from nacoord.present.document import html
from nacoord.present.document.docxtemplate import NEEDED
from nacoord.present.document.model import Column
from nacoord.present.document.model import Document
from nacoord.present.document.model import Heading
from nacoord.present.document.model import Paragraph
from nacoord.present.document.model import Table
from nacoord.present.document.model import line
from nacoord.present.document.template import Template
from nacoord.present.document.template import TemplateError
from nacoord.present.document.template import for_format
from tests.conftest import ROOT
from tests.support.documents import BARS
from tests.support.documents import HOSTILE
from tests.support.documents import PLAIN
from tests.support.documents import document_with
from tests.support.documents import everywhere
from tests.support.documents import figure

TEXT = document_with(Heading(1, line("Section")), Paragraph(line("Text")))


def test_a_format_takes_its_own_templates() -> None:
    for_format("docx", ".docx", "Office.DOCX")
    with pytest.raises(UsageError, match="pdf takes no template"):
        for_format("pdf", "", "x.html")
    with pytest.raises(UsageError, match=r"x\.html is no template for docx"):
        for_format("docx", ".docx", "x.html")


# HTML


def _page(source: str | bytes, document: Document = TEXT) -> str:
    data = source if isinstance(source, bytes) else source.encode()
    return html.render(document, PLAIN, Template("office.html", data))


def test_a_page_is_given_the_documents_values() -> None:
    page = _page(
        "<title>{{ title }}</title><p>{{ banner }}</p>{{ subtitle }}|{{ date_line }}|{{ on }}|{{ author }}\n"
        "{% for section in sections %}{{ section.heading or '' }};{% endfor %}\n{{ body }}"
    )

    assert page.startswith("<title>Title</title><p>INTERNAL</p>Office|Wednesday 20 January 2021|")
    assert '|2021-01-20|Test Office\n;Section;<section aria-labelledby="s1">\n' in page
    assert '<h2 id="s1">Section</h2>\n<p>Text</p>' in page


def test_a_page_can_stand_on_ours() -> None:
    page = _page(
        '{% extends "nacoord.html" %}{% block style %}h1 { color: red; }{% endblock %}'
        "{% block footer %}{{ super() }}<p>Room 3</p>{% endblock %}"
    )

    assert "h1 { color: red; }</style>" in page
    assert "<p>Room 3</p>" in page
    assert page.count('<p class="banner">INTERNAL</p>') == 2


MARK = '<p style="text-align: center; font-weight: bold">INTERNAL</p>'


@pytest.mark.parametrize(
    "source",
    [
        "<html><body class='a>b'>{{ body }}</body></html>",
        "<html><title>INTERNAL</title><body><!-- INTERNAL -->INTERNAL affairs</body></html>",
        "<html><body><script><p>INTERNAL</p></script><template><p>INTERNAL</p></template></body></html>",
        "{{ body }}",
    ],
)
def test_the_marking_is_put_in_where_a_page_has_none(source: str) -> None:
    page = _page(source)

    assert page.count(MARK) == 2
    if "<body" in source:
        assert re.search(r"<body[^<]*>\n<p style", page)
        assert re.search(r"</p>\n</body>", page)
    assert MARK not in _page(f"{source}<p> <b>{{{{ banner }}}}</b></p>")


BAD_PAGES = [
    ("a\n{{ titel }}", "office.html:2: 'titel' is undefined"),
    ("\n\n{% if %}", "office.html:3: Expected an expression"),
    ("{% include '/etc/passwd' %}", 'office.html:1: there is no template "/etc/passwd" for it'),
    ("{{ title.__class__.__mro__ }}", "office.html:1: access to attribute '__class__'"),
    ("{{ ''['__class__'] }}", "office.html:1: access to attribute '__class__'"),
    ("{{ title|safe }}", "office.html:1: No filter named 'safe'"),
    ("\n{{ 1/0 }}", "office.html:2: division by zero"),
    ("{% for n in range(10**9) %}{% endfor %}", "office.html:1: Range too big"),
    ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "office.html:1: maximum recursion"),
    ("{% do sections.append(1) %}", "office.html:1: Encountered unknown tag 'do'"),
    ("{{ sections.append(1) }}", "office.html:1: access to attribute 'append'"),
    (b"\xff\xfe", "office.html is not a text in UTF-8"),
]


@pytest.mark.parametrize(("source", "message"), BAD_PAGES, ids=str)
def test_what_is_wrong_in_a_page_is_said_with_its_line(source: str | bytes, message: str) -> None:
    with pytest.raises(TemplateError) as caught:
        _page(source)
    assert caught.value.message.startswith(message)
    assert caught.value.exit_code == 1


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(TemplateError) as caught:
        _page("{{ titel }}")
    assert caught.value.hint.startswith("it is given: title, subtitle, banner, date_line,")


def test_the_templates_of_the_docs_work() -> None:
    text = (ROOT / "docs/templates.md").read_text()
    examples = re.findall(r"```html\n(.*?)```", text, re.DOTALL)

    assert len(examples) == 2
    for example in examples:
        page = html5lib.HTMLParser(strict=True).parse(_page(example))
        assert "Text" in "".join(page.itertext())
    named = re.search(r"It must have these styles[^:]*: (.*?)\.", text, re.DOTALL)
    assert named is not None
    assert tuple(" ".join(named[1].split()).split(", ")) == NEEDED


@pytest.mark.parametrize("text", HOSTILE)
def test_a_record_has_no_say_in_a_page(text: str) -> None:
    page = _page("<h1>{{ title }}</h1>{{ body }}", everywhere(text))

    assert not re.search(r"<(script|svg onload|b>)", page)
    assert "49" not in page


# Word

ATTACHED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"


def _template(change: Any = None) -> bytes:
    made = docx.Document()
    section = made.sections[0]
    section.header.paragraphs[0].text = "The Office"
    section.footer.paragraphs[0].text = "Room 3"
    made.styles["Heading 1"].font.name = "Georgia"
    made.add_paragraph("What it said before")
    if change:
        change(made)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def _filled(data: bytes, document: Document = TEXT) -> tuple[Any, bytes]:
    written = word.render(document, PLAIN, Template("office.docx", data))
    return docx.Document(io.BytesIO(written)), written


def _said(furniture: Any) -> list[str]:
    return [paragraph.text for paragraph in furniture.paragraphs]


def test_word_has_the_offices_styles_header_and_footer_and_the_marking() -> None:
    table = Table((Column("When"),), ((line("19 Feb"),),))
    read, data = _filled(
        _template(), document_with(Heading(1, line("Section")), table, figure(BARS))
    )
    section = read.sections[0]

    assert read.styles["Heading 1"].font.name == "Georgia"
    assert [each.text for each in read.paragraphs][:4] == [
        "Title", "Office", "Wednesday 20 January 2021", "Section"
    ]  # fmt: skip
    assert _said(section.header) == ["INTERNAL", "The Office"]
    assert _said(section.footer) == ["Room 3", "INTERNAL"]
    assert read.tables[0].style.name == "Office Table"
    assert len(read.tables) == 2
    assert (
        data
        == _filled(_template(), document_with(Heading(1, line("Section")), table, figure(BARS)))[1]
    )


def test_a_marking_that_stands_there_is_not_put_in_twice() -> None:
    def change(made: Any) -> None:
        made.sections[0].header.paragraphs[0].text = "INTERNAL"

    section = _filled(_template(change))[0].sections[0]

    assert _said(section.header) == ["INTERNAL"]
    assert _said(section.footer) == ["Room 3", "INTERNAL"]


def test_the_marking_is_on_first_and_even_pages_too() -> None:
    def change(made: Any) -> None:
        made.sections[0].different_first_page_header_footer = True
        made.sections[0].first_page_header.paragraphs[0].text = "First"
        made.settings.odd_and_even_pages_header_footer = True

    section = _filled(_template(change))[0].sections[0]

    assert _said(section.first_page_header) == ["INTERNAL", "First"]
    assert _said(section.first_page_footer)[-1] == "INTERNAL"
    assert _said(section.even_page_header) == ["INTERNAL"]
    assert _said(section.even_page_footer)[-1] == "INTERNAL"


def test_a_header_that_a_later_section_inherits_is_kept() -> None:
    def change(made: Any) -> None:
        made.add_section(WD_SECTION.NEW_PAGE)
        made.add_paragraph("More")

    section = _filled(_template(change))[0].sections[0]

    assert _said(section.header) == ["INTERNAL", "The Office"]


def test_nothing_of_the_template_leaves_but_its_look() -> None:
    def change(made: Any) -> None:
        facts = made.core_properties
        facts.author = facts.last_modified_by = facts.comments = "J. Doe"
        facts.identifier = facts.version = "J. Doe"
        settings = made.settings.element
        attached = OxmlElement("w:attachedTemplate")
        part = made.part.part_related_by(RT.SETTINGS)
        id = part.relate_to("file:///C:/Users/jdoe/x.dotx", ATTACHED, is_external=True)
        attached.set(qn("r:id"), id)
        settings.insert(0, attached)
        made.add_comment(made.paragraphs[0].runs, text="Private", author="J. Doe", initials="JD")

    _, data = _filled(_template(change))
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        names = parts.namelist()
        times = {part.date_time for part in parts.infolist()}
        whole = b"".join(parts.read(name) for name in names)

    for word_ in (b"Doe", b"jdoe", b"Private", b"said before", b"python-docx"):
        assert word_ not in whole
    assert not [name for name in names if "comments" in name or "app.xml" in name]
    assert times == {(1980, 1, 1, 0, 0, 0)}


def test_headings_as_libreoffice_names_them_are_found() -> None:
    def change(made: Any) -> None:
        for style in made.styles.element.findall(qn("w:style")):
            name = style.find(qn("w:name"))
            if name.get(qn("w:val")) == "heading 1":
                name.set(qn("w:val"), "Heading 1")

    assert _filled(_template(change))[0].paragraphs[3].style.name == "Heading 1"


def _without(*names: str) -> Any:
    def change(made: Any) -> None:
        for name in names:
            made.styles[name].delete()

    return change


def _other_sort(made: Any) -> None:
    made.styles.add_style("Record Id", WD_STYLE_TYPE.PARAGRAPH)


def _tracked(made: Any) -> None:
    inserted = OxmlElement("w:ins")
    inserted.set(qn("w:author"), "J. Doe")
    made.sections[0].header.paragraphs[0]._p.append(inserted)


BAD_FILES = [
    (_template(_without("Quote")), 'office.docx has no style "Quote"'),
    (_template(_without("Title", "Subtitle")), 'office.docx has no styles "Title", "Subtitle"'),
    (_template(_tracked), "office.docx has comments or tracked changes in its header"),
    (_template(_other_sort), 'office.docx: its style "Record Id" is of another sort'),
    (b"", "office.docx is no Word document"),
    (b"PK\x05\x06" + bytes(18), "office.docx is no Word document"),
    (_template()[:-400], "office.docx is no Word document"),
]


@pytest.mark.parametrize(("data", "message"), BAD_FILES, ids=[str(at) for at in range(7)])
def test_what_is_wrong_in_a_word_file_is_said(data: bytes, message: str) -> None:
    with pytest.raises(TemplateError) as caught:
        _filled(data)
    assert caught.value.message.startswith(message)


def test_a_word_file_that_would_unpack_to_too_much_is_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", bytes(110_000_000))
    with pytest.raises(NacoordError, match="unpacks to more than 100 MB"):
        _filled(held.getvalue())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_in_a_template_too(text: str) -> None:
    read, _ = _filled(_template(), everywhere(text))

    assert not re.search("[\x00-\x08\x1b\u202e]", "".join(each.text for each in read.paragraphs))
