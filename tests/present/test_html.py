"""Documents as HTML: one file, well formed, readable by everybody, and deaf to what records say."""

from __future__ import annotations

import re
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from nacoord.present.document import html
from nacoord.present.document.model import Bullets
from nacoord.present.document.model import Column
from nacoord.present.document.model import Heading
from nacoord.present.document.model import Paragraph
from nacoord.present.document.model import Table
from nacoord.present.document.model import line
from nacoord.present.document.model import record
from nacoord.present.document.model import shown
from nacoord.present.document.model import strong
from nacoord.present.document.svg import _FILLS
from tests.support.documents import BARS
from tests.support.documents import HOSTILE
from tests.support.documents import PLAIN
from tests.support.documents import SPARK
from tests.support.documents import STRIP
from tests.support.documents import document_with
from tests.support.documents import everywhere
from tests.support.documents import figure

CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def _read(text: str) -> Any:
    """Read a page as the HTML standard says, refusing what it calls an error."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def _texts(page: Any, tag: str) -> list[str]:
    return [" ".join("".join(each.itertext()).split()) for each in page.iter(tag)]


def _is_that_text(text: str) -> None:
    written = html.render(everywhere(text), PLAIN)
    page = _read(written)
    said = " ".join(shown(text).split())

    assert _texts(page, "title") == [said]
    assert _texts(page, "h1") == [said]
    assert _texts(page, "h2") == [said]
    assert _texts(page, "h3") == [f"{said} {said}".strip()]
    assert _texts(page, "li") == [said, f"{said} after {said}".strip()]
    assert _texts(page, "th") == [*([said] if said else []), "Second", said, said]
    assert _texts(page, "code")[0] == said
    assert not [each for each in page.iter() if not isinstance(each.tag, str)], "a comment"
    _is_harmless(page)
    assert not re.search("[\x00-\x08\x1b\u202e\u2066\u200b]", written)


def _is_harmless(page: Any) -> None:
    tags = {each.tag for each in page.iter()}
    names = {name for each in page.iter() for name in each.attrib}

    assert not tags & {"script", "link", "iframe", "object", "base", "form", "a", "img"}
    assert not {name for name in names if name.startswith("on") or name in ("href", "src")}
    policies = [each.get("content") for each in page.iter("meta") if each.get("http-equiv")]
    assert policies == [CSP]
    for style in page.iter("style"):
        assert "</" not in (style.text or "")
        assert not re.search(r"@import|url\(|expression", style.text or "")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_that_text(text: str) -> None:
    _is_that_text(text)


@settings(max_examples=50)
@given(st.text(alphabet="ab<>&\"'/\\{}%#;:-=!\n\t É漢\u202e\x00]", min_size=1))
def test_any_text_is_that_text(text: str) -> None:
    if text.strip():
        _is_that_text(text)


def test_a_page_has_what_a_reader_and_a_machine_need() -> None:
    table = Table(
        (Column("When", firm=True), Column("What", 3)),
        ((line("19 Feb"), line("It ends ", record("an-issue"))),),
    )
    written = html.render(
        document_with(
            Paragraph(line("First")),
            Heading(1, line("Section")),
            Bullets((line(strong("One")),)),
            Heading(2, line("Part")),
            table,
            figure(BARS),
        ),
        PLAIN,
    )
    page = _read(written)
    body = page.find("body")

    assert page.get("lang") == "en"
    assert [each.tag for each in body] == ["header", "main", "footer"]
    assert body.find("main/section").get("aria-labelledby") == body.find("main/section/h2").get(
        "id"
    )
    assert _texts(body.find("header"), "p") == ["INTERNAL", "Office", "Wednesday 20 January 2021"]
    assert _texts(body.find("footer"), "p") == ["INTERNAL"]
    assert body.find("header/p/time").get("datetime") == "2021-01-20"
    assert _texts(page, "caption") == ["Part"]
    assert [each.get("scope") for each in page.iter("th")] == ["col", "col", "row"]
    assert '<td data-title="What">It ends<br><code>an-issue</code></td>' in written
    assert [each.get("role") for each in page.iter() if each.tag.endswith("svg")] == ["img"]
    assert {each.get("name") for each in page.iter("meta")} >= {"viewport", "color-scheme"}


def test_headings_skip_no_level() -> None:
    page = _read(
        html.render(
            document_with(
                Heading(2, line("A")), Heading(2, line("B")), Heading(1, line("C")),
                Heading(2, line("D")),
            ),
            PLAIN,
        )
    )  # fmt: skip
    found = [(each.tag, each.text) for each in page.iter() if re.fullmatch("h[1-6]", str(each.tag))]

    assert found == [("h1", "Title"), ("h2", "A"), ("h3", "B"), ("h2", "C"), ("h3", "D")]


def test_every_printed_page_has_the_marking_as_text_in_quotes() -> None:
    style = html.render(document_with(banner='CUI//SP-"PRVCY\\ </style>', title='a"b; } x'), PLAIN)

    assert '@top-center { content: "CUI\\2f \\2f SP-\\22 PRVCY\\5c  \\3c \\2f style\\3e "' in style
    assert '@bottom-left { content: "a\\22 b\\3b  \\7d  x, 2021-01-20"' in style
    assert 'counter(page) " of " counter(pages)' in style


def test_each_figure_in_a_page_has_ids_of_its_own() -> None:
    written = html.render(document_with(*map(figure, (BARS, STRIP, SPARK))), PLAIN)
    ids = re.findall(r' id="([^"]*)"', written)

    _is_harmless(_read(written))
    assert len(ids) == len(set(ids))


def _luminance(colour: str) -> float:
    """Return relative luminance: WCAG 2.2."""
    if len(colour) == 4:
        colour = "#" + "".join(2 * each for each in colour[1:])
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_letters_stand_out_in_light_and_dark_and_on_paper() -> None:
    css = html.render(document_with(), PLAIN)
    schemes = [
        dict(re.findall(r"--(\w+): (#\w+)", block))
        for block in re.findall(r":root \{([^}]*)\}", css)
    ]

    assert len(schemes) == 3
    for scheme in schemes:
        for ink in ("ink", "deep", "soft"):
            assert _contrast(scheme[ink], scheme["ground"]) >= 4.5, (ink, scheme)
        assert _contrast(scheme["ink"], scheme["shade"]) >= 4.5
    assert min(_contrast("#1a1a1a", fill) for fill in _FILLS.values()) >= 7
