"""The figures: how promises stand, and health over the last weeks."""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.brief.answer import Brief
from nacoord.desk.brief.promises import Promised
from nacoord.present.dates import short_day
from nacoord.present.document.model import Block
from nacoord.present.document.model import Column
from nacoord.present.document.model import Paragraph
from nacoord.present.document.model import Table
from nacoord.present.document.model import line
from nacoord.present.document.model import record

# How many issues the strip shows on two pages.
_TRACKS = 12


def promises(answer: Brief) -> Iterator[Block]:
    """Yield how promises stand, theirs and ours."""
    if not answer.promises:
        yield Paragraph(line("None, either way."))
        return
    names = ("kept", "late", "missed", "overdue", "open", "aside")
    titles = ("kept", "kept late", "missed", "past due", "not due", "set aside")
    columns = (Column("Promises", 3), *(Column(title, firm=True) for title in titles))
    rows = tuple(
        (line(label(each)), *(line(str(getattr(each, name) or "·")) for name in names))
        for each in answer.promises
    )
    yield Table(columns, rows)


def label(each: Promised) -> str:
    """Return whose promises they are and to whom."""
    if each.group == "home":
        return "Among ourselves"
    title = "several countries" if each.group == "several" else each.title
    return f"{title[0].upper()}{title[1:]} to us" if each.side == "theirs" else f"We to {title}"


def health(answer: Brief) -> Iterator[Block]:
    """Yield the health of the issues that come first, week by week."""
    strip = answer.strip
    if strip.began is None or strip.began > strip.ends[-2]:
        yield Paragraph(line("No history reaches back into these weeks."))
        return
    ends = (Column(short_day(end, answer.today), firm=True) for end in strip.ends)
    tracks = strip.tracks if answer.full else strip.tracks[:_TRACKS]
    rows = tuple(
        (line(record(track.issue)), *(line(week or "·") for week in track.weeks))
        for track in tracks
    )
    yield Table((Column("Issue", 3), *ends), rows)
