"""The figures: how promises stand, and health over the last weeks."""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.brief.answer import Brief
from nacoord.desk.brief.promises import Promised
from nacoord.present.brief.cut import cut
from nacoord.present.dates import short_day
from nacoord.present.document.chart import Bar
from nacoord.present.document.chart import Bars
from nacoord.present.document.chart import Segment
from nacoord.present.document.chart import Strip
from nacoord.present.document.chart import Tone
from nacoord.present.document.chart import Track
from nacoord.present.document.model import Block
from nacoord.present.document.model import Figure
from nacoord.present.document.model import Paragraph
from nacoord.present.document.model import line

# How many issues the strip shows on two pages.
_TRACKS = 8
# The sorts of promise: the name of the count, what to call it, and its tone.
_SORTS: tuple[tuple[str, str, Tone], ...] = (
    ("kept", "kept", "good"),
    ("late", "kept late", "warn"),
    ("missed", "missed", "bad"),
    ("overdue", "past due", "bad"),
    ("open", "not due", "calm"),
    ("aside", "set aside", "calm"),
)


def promises(answer: Brief) -> Iterator[Block]:
    """Yield how promises stand, theirs and ours."""
    if not answer.promises:
        yield Paragraph(line("No promise either way."))
        return
    bars = Bars(tuple(_bar(each) for each in answer.promises))
    count = sum(bar.total for bar in bars.rows)
    late = sum(each.overdue for each in answer.promises)
    alt = f"Of {count} promises {late or 'none'} {'is' if late <= 1 else 'are'} past due."
    yield Figure(line("Promises, by whose they are"), alt, bars)


def _bar(each: Promised) -> Bar:
    title = "several countries" if each.group == "several" else each.title
    if each.group == "home":
        label = "Among ourselves"
    elif each.side == "theirs":
        label = f"{title[0].upper()}{title[1:]} to us"
    else:
        label = f"We to {title}"
    segments = (Segment(name, getattr(each, field), tone) for field, name, tone in _SORTS)
    return Bar(label, tuple(segments))


def health(answer: Brief) -> Iterator[Block]:
    """Yield the health of the issues week by week; on two pages, of those that changed."""
    strip = answer.strip
    began = strip.began
    if began is None:
        yield Paragraph(line("No history tells how health stood in the weeks before."))
        return
    known = [end for end in strip.ends if end >= began]
    if len(known) < 2:
        day = short_day(began, answer.today)
        yield Paragraph(line(f"History begins on {day}: no week before this one has its health."))
        return
    since = short_day(known[0], answer.today)
    moved = [each for each in strip.tracks if len({week for week in each.weeks if week}) > 1]
    shown, note = cut(answer, strip.tracks if answer.full else moved, _TRACKS, "that changed")
    if not shown:
        yield Paragraph(
            line(f"At the end of each week since {since} every issue's health was what it is now.")
        )
        return
    marks = tuple(short_day(end, answer.today) for end in strip.ends)
    rows = tuple(Track(track.issue, track.weeks) for track in shown)
    many = len(strip.tracks)
    alt = f"Of {many} issues {len(moved) or 'none'} had another health at the end of a week since {since}."
    what = "" if answer.full else ", where it changed"
    yield Figure(line(f"Health at the end of each week{what}"), alt, Strip(marks, rows))
    yield from note
