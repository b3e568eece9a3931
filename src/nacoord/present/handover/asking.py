"""What the record does not say."""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.handover.answer import Handover
from nacoord.desk.handover.asking import Gap
from nacoord.desk.handover.asking import Missing
from nacoord.present.document.model import Block
from nacoord.present.document.model import Bullets
from nacoord.present.document.model import Line
from nacoord.present.document.model import Paragraph
from nacoord.present.document.model import line
from nacoord.present.document.model import records
from nacoord.present.document.model import strong

_WORDS: dict[Missing, str] = {
    "tour end": "When the tour ends",
    "portfolio": "What is in the portfolio",
    "owner": "Who in the office tends them",
    "other owner": "Who tends them: they are in this portfolio and have another owner",
    "next step": "What the next step is",
    "success": "How we will know that they are done",
    "due date": "By when the promise is to be kept",
    "contact": "Leads, other countries, states, cities and tribes with no contact, past or planned",
    "post": "Whom to call at those who lead",
}
_MOST = 12


def asking(answer: Handover) -> Iterator[Block]:
    """Yield the questions, each with the records that leave it open."""
    if not answer.asking:
        yield Paragraph(line("Nothing that this book asks for is missing."))
        return
    yield Bullets(tuple(_question(gap) for gap in answer.asking))


def _question(gap: Gap) -> Line:
    more = len(gap.records) - _MOST
    shown = gap.records if more <= 1 else gap.records[:_MOST]
    rest = f" and {len(gap.records) - len(shown)} more" if len(shown) < len(gap.records) else ""
    return line(strong(f"{_WORDS[gap.missing]}: "), records(shown), rest)
