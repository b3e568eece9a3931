"""Documents as PDF, looked into with poppler's and qpdf's tools where they are installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from nacoord.present.document import pdf
from nacoord.present.document.model import Block
from nacoord.present.document.model import Column
from nacoord.present.document.model import Heading
from nacoord.present.document.model import Paragraph
from nacoord.present.document.model import Table
from nacoord.present.document.model import line
from nacoord.present.document.model import shown
from tests.support.documents import BARS
from tests.support.documents import HOSTILE
from tests.support.documents import PLAIN
from tests.support.documents import SPARK
from tests.support.documents import STRIP
from tests.support.documents import document_with
from tests.support.documents import everywhere
from tests.support.documents import figure

tools = pytest.mark.skipif(
    not (shutil.which("pdftotext") and shutil.which("qpdf")),
    reason="needs pdftotext and qpdf: apt-get install poppler-utils qpdf",
)
LONG = Table(
    (Column("When", firm=True), Column("What", 3)),
    tuple((line(f"{day} Feb"), line("It ends, by México and Québec")) for day in range(1, 100)),
)


def _told(data: bytes, place: Path, *command: str, quiet: bool = True) -> str:
    """Return what a tool says of a PDF; a quiet one has nothing to warn of."""
    file = place / "x.pdf"
    file.write_bytes(data)
    words = [str(file) if word == "FILE" else word for word in command]
    done = subprocess.run(words, capture_output=True, text=True, check=False)

    assert done.stderr == "" or not quiet
    return done.stdout


def _written(*blocks: Block) -> bytes:
    return pdf.render(document_with(*blocks), PLAIN)


def test_a_pdf_is_the_same_bytes_and_tells_of_no_time_or_machine() -> None:
    whole = everywhere("Łódź")
    data = pdf.render(whole, PLAIN)

    assert data.startswith(b"%PDF-1.7")
    assert data == pdf.render(whole, PLAIN)
    assert {date[:8] for date in re.findall(rb"\(D:(\d+)", data)} == {b"20210120"}
    for place in (str(Path.home()), str(Path(__file__).parent), "/tmp"):
        assert place.encode() not in data


@tools
def test_a_pdf_says_what_it_is(tmp_path: Path) -> None:
    data = _written(Paragraph(line("Text")))
    info = _told(data, tmp_path, "pdfinfo", "FILE")
    facts = {
        key: value.strip() for key, _, value in (each.partition(":") for each in info.splitlines())
    }
    parts = _told(data, tmp_path, "qpdf", "--json", "FILE")

    assert (facts["Title"], facts["Author"]) == ("Title", "Test Office")
    assert (facts["Subject"], facts["Keywords"]) == ("Office", "INTERNAL")
    assert (facts["Tagged"], facts["Page size"]) == ("yes", "612 x 792 pts (letter)")
    assert '"/Lang": "u:en"' in parts
    assert '"/DisplayDocTitle": true' in parts
    assert "No syntax or stream encoding errors" in _told(data, tmp_path, "qpdf", "--check", "FILE")
    assert "<pdfuaid:part>1<" in _told(data, tmp_path, "pdfinfo", "-meta", "FILE")


@tools
def test_every_page_has_marking_number_and_the_head_of_its_table(tmp_path: Path) -> None:
    data = _written(Heading(1, line("Section")), LONG)
    pages = _told(data, tmp_path, "pdftotext", "-layout", "FILE", "-").split("\f")[:-1]

    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        lines = [" ".join(each.split()) for each in page.splitlines() if each.strip()]
        assert (lines[0], lines[-1]) == ("INTERNAL", "INTERNAL")
        assert f"Page {number} of {len(pages)}" in lines[-2]
        assert "When What" in lines
    assert "México and Québec" in pages[0]


@tools
def test_the_structure_is_told_to_who_cannot_see_it(tmp_path: Path) -> None:
    data = _written(
        Heading(2, line("First")), Heading(1, line("Section")), Heading(2, line("Part")),
        LONG, *map(figure, (BARS, STRIP, SPARK)),
    )  # fmt: skip
    told = _told(data, tmp_path, "pdfinfo", "-struct-text", "FILE", quiet=False)
    parts = _told(data, tmp_path, "qpdf", "--json", "FILE")

    assert [each.strip()[:2] for each in told.splitlines() if re.match(r"\s*H\d", each)] == [
        "H1", "H1", "H2"
    ]  # fmt: skip
    assert len(re.findall(r"\bTH\b", told)) == 2
    assert len(re.findall(r"\bTD\b", told)) == 2 * 99
    assert told.count("Figure") == 3
    alts = re.findall(r'"/Alt": "u:([^"]*)"', parts)
    assert any(alt.startswith("What is seen in it. SRE to us: 3 kept, 1 late") for alt in alts)
    assert len(alts) == 3


@tools
def test_fonts_are_in_the_file_and_our_own(tmp_path: Path) -> None:
    told = _told(_written(figure(BARS)), tmp_path, "pdffonts", "FILE").splitlines()[2:]

    assert told
    for each in told:
        assert "LibertinusSerif" in each
        assert each.split()[-5:-2] == ["yes", "yes", "yes"], "embedded, a subset, with its text"


@tools
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_that_text(text: str, tmp_path: Path) -> None:
    told = _told(pdf.render(everywhere(text), PLAIN), tmp_path, "pdftotext", "FILE", "-")
    # What no font has is told by its escape; which that is hangs on the machine's fonts.
    words = re.sub(r"[^ -~À-ÿ]", "", "".join(shown(text).split()))
    said = re.sub(r"[^ -~À-ÿ]|\\u[0-9a-f]{4}", "", "".join(told.split()))

    assert said.count(re.sub(r"\\u[0-9a-f]{4}", "", words)) >= 5


@tools
def test_letters_without_a_font_are_told_by_their_escapes(tmp_path: Path) -> None:
    told = _told(
        _written(Paragraph(line("a\U0010fffdb, 9\ufe0f\u20e3 and \U000f0000"))),
        tmp_path,
        "pdftotext", "FILE", "-",
    )  # fmt: skip

    assert "a\\U0010fffdb, 9" in told
    assert "\\U000f0000" in told
