"""Documents for tests: small ones, ones that say a text everywhere, and texts that mean harm."""

from __future__ import annotations

from datetime import date
from typing import Any

from nacoord.present.document.chart import Bar
from nacoord.present.document.chart import Bars
from nacoord.present.document.chart import Segment
from nacoord.present.document.chart import Spark
from nacoord.present.document.chart import Strip
from nacoord.present.document.chart import Track
from nacoord.present.document.model import Block
from nacoord.present.document.model import Bullets
from nacoord.present.document.model import Column
from nacoord.present.document.model import Document
from nacoord.present.document.model import Figure
from nacoord.present.document.model import Heading
from nacoord.present.document.model import Note
from nacoord.present.document.model import Paragraph
from nacoord.present.document.model import Table
from nacoord.present.document.model import line
from nacoord.present.document.model import record
from nacoord.present.document.model import strong
from nacoord.present.terminal.console import Style

PLAIN = Style(80, color=False, terminal=False)
HOSTILE = [
    "<script>alert('x')</script> &amp; &#60;b&#62;",
    "[bold red]rich[/] \x1b[31mred\x1b[0m \x00\x07",
    "**bold** _em_ ~~gone~~ `code` ``x`` \\* \\",
    "[link](http://example.org) ![image](x) <http://example.org> [a]: b",
    "http://example.org and www.example.org and a@example.org",
    "| a | b |\n| --- | --- |\n| c | d |",
    "# Not a heading #",
    "- not a list\n- at all",
    "1. one\n2) two",
    "> quoted\n\n    code\n```\nfence\n```",
    "---",
    "===",
    "\u202eright to left\u202c \u2066isolated\u2069 \u200b\ufeff\u2028 \ufffe\uffff",
    "</style></title><!-- --> ]]> <svg onload=x> \" onx='y'",
    "{{ 7 * 7 }} {% if %} {# no #} #set page(width: 1pt) $x$ @ref // no",
    "Québec, Secretaría, Nuño, Mérida, Ꭰ, 漢字",
]


def document_with(*blocks: Block, **said: Any) -> Document:
    whole = {
        "title": "Title",
        "subtitle": "Office",
        "banner": "INTERNAL",
        "date_line": "Wednesday 20 January 2021",
        "on": date(2021, 1, 20),
        "author": "Test Office",
        "blocks": blocks,
    }
    return Document(**{**whole, **said})


def everywhere(text: str) -> Document:
    return document_with(
        Heading(1, line(text)),
        Heading(2, line(record(text), " ", text)),
        Paragraph(line(text)),
        Bullets((line(text), line(strong(text), " after ", record(text)))),
        Table((Column(text, 2), Column("Second", firm=True)), ((line(text), line("x")),) * 2),
        Note(line(text)),
        title=text,
        subtitle=text,
        author=text,
    )


def _segments(kept: int, late: int, open: int, overdue: int) -> tuple[Segment, ...]:
    return (
        Segment("kept", kept, "good"),
        Segment("late", late, "warn"),
        Segment("open", open, "calm"),
        Segment("overdue", overdue, "bad"),
    )


BARS = Bars(
    (
        Bar("SRE to us", _segments(3, 1, 4, 2)),
        Bar("Ours to Québec", _segments(0, 0, 0, 0)),
        Bar("Tohono O'odham Nation to us", _segments(0, 1, 23, 0)),
    )
)
WEEKS = ("7 Dec", "14 Dec", "21 Dec", "28 Dec", "4 Jan", "11 Jan", "18 Jan")
STRIP = Strip(
    WEEKS,
    (
        Track("Land border limits", ("green", "green", "green", "amber", "amber", "red", "red")),
        Track("New issue", (None, None, None, None, None, "green", "amber")),
    ),
)
SPARK = Spark("changes", WEEKS, (0, 1, 0, 3, 2, 9, 4))


def figure(chart: Bars | Strip | Spark) -> Figure:
    """Return a figure of a chart."""
    return Figure(line("By week"), "What is seen in it.", chart)
