"""For a meeting: with whom and when, the last contact, promises both ways, what to ask."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from datetime import date

from nacoord.desk.brief.answer import Brief
from nacoord.desk.owed import Ask
from nacoord.desk.owed import Promise
from nacoord.desk.readahead import Meeting
from nacoord.desk.readahead import ReadAhead
from nacoord.present.brief.cut import cut
from nacoord.present.dates import distance
from nacoord.present.dates import long_day
from nacoord.present.dates import short
from nacoord.present.document.model import Block
from nacoord.present.document.model import Bullets
from nacoord.present.document.model import Heading
from nacoord.present.document.model import Line
from nacoord.present.document.model import Paragraph
from nacoord.present.document.model import line
from nacoord.present.document.model import record
from nacoord.present.document.model import records
from nacoord.present.document.model import strong

# How many of each list the two pages have room for.
_LISTED = 5


def meeting(brief: Brief, answer: ReadAhead) -> Iterator[Block]:
    """Yield what to have read before one meets them."""
    yield Heading(1, line("The meeting"))
    yield Paragraph(_when(answer))
    yield Bullets(tuple(_contacts(answer)))
    for title, promises in (("They promised", answer.theirs), ("We promised", answer.ours)):
        yield from _listed(brief, title, [_promise(each, answer.today) for each in promises])
    for title, asks in (("To ask of them", answer.asks), ("They wait for", answer.awaited)):
        yield from _listed(brief, title, [_ask(each, answer.today) for each in asks])


def _listed(brief: Brief, title: str, items: Sequence[Line]) -> Iterator[Block]:
    if items:
        shown, note = cut(brief, items, _LISTED, "of these")
        yield Heading(2, line(title))
        yield Bullets(tuple(shown))
        yield from note


def _when(answer: ReadAhead) -> Line:
    met = answer.meeting
    if met is None:
        return line("No engagement with them is planned.")
    when = long_day(met.when.start)
    parts = [f"{when}{f', {met.time}' if met.time else ''}, {distance(met.days)}", met.place]
    said = "; ".join(part for part in parts if part)
    by = line("; prepared by ", record(met.prepared_by)) if met.prepared_by else ()
    whom = line("; with ", records(met.attendees)) if met.attendees else ()
    return line(strong(met.title), " ", record(met.engagement), f": {said}", whom, by, ".")


def _contacts(answer: ReadAhead) -> Iterator[Line]:
    for id in answer.them:
        last = answer.last.get(id)
        yield line(record(id), ": ", _last(last, answer.today) if last else "no contact on record")


def _last(last: Meeting, today: date) -> Line:
    came = "; ".join(last.outcomes) or "what came of it is not recorded"
    return line(
        f"last {short(last.when, today)}, {last.title} ", record(last.engagement), f": {came}"
    )


def _promise(each: Promise, today: date) -> Line:
    return line(f"{each.what} ", record(each.record), *_due(each, today))


def _ask(each: Ask, today: date) -> Line:
    kind = {"step": "next step", "commitment": "promise"}.get(each.kind, each.kind)
    return line(f"{kind}: {each.what} ", record(each.record), *_due(each, today))


def _due(each: Promise | Ask, today: date) -> Iterator[str | Line]:
    if each.due is None:
        yield ", no day set"
        return
    due = f"due {short(each.due, today)}"
    late = each.days is not None and each.days < 0
    yield line(", ", strong(f"{due}, {distance(each.days)}") if late else due)
