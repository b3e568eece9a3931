"""The last days in words."""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.handover.answer import Handover
from nacoord.desk.lately import Event
from nacoord.desk.lately import EventKind
from nacoord.present.dates import long_day
from nacoord.present.dates import short_day
from nacoord.present.document.model import Block
from nacoord.present.document.model import Bullets
from nacoord.present.document.model import Heading
from nacoord.present.document.model import Line
from nacoord.present.document.model import Note
from nacoord.present.document.model import Paragraph
from nacoord.present.document.model import Run
from nacoord.present.document.model import line
from nacoord.present.document.model import record
from nacoord.present.document.model import records
from nacoord.present.document.model import strong

# What stands before who did it, or with whom it was done.
_WHO: dict[EventKind, str] = {
    "note": "by",
    "met": "with",
    "decided": "by",
    "promised": "by",
    "kept": "by",
    "happened": "by",
    "told": "to",
}
_REASON = 160


def lately(answer: Handover) -> Iterator[Block]:
    """Yield what happened, issue by issue, the newest first."""
    if not answer.lately:
        yield Paragraph(line("Nothing is on record for these days."))
    titles = {held.issue: held.title for held in answer.portfolio}
    titles |= {each.issue: each.title for each in answer.resting}
    for each in answer.lately:
        if each.issue:
            yield Heading(2, line(record(each.issue), f": {titles.get(each.issue, '')}"))
        else:
            yield Heading(2, line(answer.title))
        yield Bullets(tuple(_event(answer, each.issue, event) for event in each.events))
        if each.more:
            since = f"nacoord log {each.issue or answer.id} --since {answer.since}"
            yield Note(line(f"And {each.more} more of these days: {since}"))
    if answer.later:
        one = answer.later == 1
        yield Note(
            line(
                f"{answer.later} commit{'' if one else 's'} made after {long_day(answer.today)} "
                f"{'is' if one else 'are'} left out: on that day nobody knew of "
                f"{'it' if one else 'them'}."
            )
        )


def _event(answer: Handover, issue: str, event: Event) -> Line:
    parts: list[str | Run | Line] = [strong(short_day(event.on, answer.today)), ", "]
    clock = line(" ", records(event.who)) if event.kind == "clock" else ()
    parts += [event.kind, clock, f": {event.what}"]
    who = _who(event)
    if who:
        parts += [" (", who, ")"]
    if event.record != issue:
        parts += [" ", record(event.record)]
    if event.also:
        parts += ["; also ", records(event.also)]
    if event.commit:
        parts.append(f" [{event.commit[:7]}]")
    return line(*parts)


def _who(event: Event) -> Line:
    if event.kind == "changed":
        why = event.why
        return line(why if len(why) <= _REASON else f"{why[: _REASON - 1].rstrip()}…")
    known = event.kind in _WHO and event.who
    return line(f"{_WHO[event.kind]} ", records(event.who)) if known else ()
