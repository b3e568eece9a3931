"""The days around: what changed, what comes, what may surprise."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from itertools import groupby

from nacoord.desk.brief.answer import Brief
from nacoord.desk.lately import Event
from nacoord.desk.lately import Lately
from nacoord.desk.status.coming import Coming
from nacoord.model.folding import fold
from nacoord.present.brief.cut import cut
from nacoord.present.dates import distance
from nacoord.present.dates import long_day
from nacoord.present.dates import short
from nacoord.present.dates import short_day
from nacoord.present.document.model import Block
from nacoord.present.document.model import Bullets
from nacoord.present.document.model import Column
from nacoord.present.document.model import Line
from nacoord.present.document.model import Note
from nacoord.present.document.model import Paragraph
from nacoord.present.document.model import Run
from nacoord.present.document.model import Table
from nacoord.present.document.model import joined
from nacoord.present.document.model import line
from nacoord.present.document.model import record
from nacoord.present.document.model import records
from nacoord.present.document.model import strong

# How many of each the two pages have room for.
_ISSUES = 8
_EVENTS = 3
_COMING = 10
_FINDINGS = 4
_WHO = 3
# How a change begins that names its record.
_NAMED = ("new ", "removed ")


def changed(answer: Brief) -> Iterator[Block]:
    """Yield what happened, an item an issue, in the order in which it did."""
    if answer.changed:
        shown, note = cut(answer, answer.changed, _ISSUES, "issues changed")
        yield Bullets(tuple(_issue(answer, each) for each in shown))
        yield from note
    else:
        yield Paragraph(line("Nothing on record."))
    if answer.later:
        one = answer.later == 1
        yield Note(
            line(
                f"{answer.later} commit{'' if one else 's'} made after {long_day(answer.today)} "
                f"{'is' if one else 'are'} not told of: on that day nobody knew of "
                f"{'it' if one else 'them'}."
            )
        )


def _issue(answer: Brief, each: Lately) -> Line:
    whole = each.events if answer.full else _once(each.events)
    events = whole if answer.full else whole[:_EVENTS]
    told = [
        line(
            strong(short_day(on, answer.today)),
            " ",
            joined((_event(each.issue, event) for event in of_day), "; "),
        )
        for on, of_day in groupby(reversed(events), key=lambda event: event.on)
    ]
    more = len(whole) - len(events) + each.more
    if more:
        told.append(line(f"and {more} more"))
    name = record(each.issue) if each.issue else Run(answer.title or "The record")
    return line(name, ": ", joined(told, "; "), ".")


def _once(events: Sequence[Event]) -> list[Event]:
    """Return events without those whose words stand in another's of the same day.

    Two records can change in the same words; then each is told.
    """
    said = [fold(event.what) for event in events]

    def covers(other: int, at: int) -> bool:
        one, two = events[other], events[at]
        if other == at or one.on != two.on or said[at] not in said[other]:
            return False
        if one.record != two.record and "changed" in (one.kind, two.kind):
            return False
        return said[at] != said[other] or other < at

    return [
        event
        for at, event in enumerate(events)
        if not any(covers(other, at) for other in range(len(events)))
    ]


def _event(issue: str, event: Event) -> Line:
    if event.kind == "clock":
        return line("clock ", records(event.who), f" {event.what}")
    who = records(event.who[:_WHO]) if event.kind in ("met", "told") else ()
    if event.kind == "told":
        return line(who, f" told: {event.what}")
    why = f" ({event.why})" if event.why else ""
    with_whom = line(", with ", who) if who else ()
    # A change of another record would read as the issue's own, unless it says whose it is.
    unsaid = event.kind == "changed" and not event.what.startswith(_NAMED)
    whose = line(record(event.record), " ") if unsaid and event.record != issue else ()
    return line(whose, f"{event.what}{why}", with_whom)


def coming(answer: Brief) -> Iterator[Block]:
    """Yield what is dated in the days ahead; what has been going on for long stands last."""
    if not answer.coming:
        yield Paragraph(line("Nothing dated is on record."))
        return
    begun = [each for each in answer.coming if each.when.start < answer.today]
    ahead = [each for each in answer.coming if each.when.start >= answer.today]
    shown, note = cut(answer, [*ahead, *begun], _COMING, "dated things")
    columns = (Column("When", firm=True), Column("What", 4), Column("Who", 2), Column("Record", 2))
    yield Table(columns, tuple(_coming(answer, shown)))
    yield from note


def _coming(answer: Brief, shown: Sequence[Coming]) -> Iterator[tuple[Line, ...]]:
    for each in shown:
        who = records(each.who[:_WHO])
        more = len(each.who) - _WHO
        yield (
            line(short(each.when, answer.today)),
            line(each.what),
            line(who, f" +{more}") if more > 0 else line(who),
            line(record(each.record)),
        )


def radar(answer: Brief) -> Iterator[Block]:
    """Yield what is about to surprise somebody, the weightiest and nearest first."""
    if not answer.radar:
        yield Paragraph(line("Nothing on the radar."))
        return
    # On two pages of several findings on one record the weightiest stands for all.
    first = {each.about: each for each in reversed(answer.radar)}
    ranked = [each for each in answer.radar if answer.full or first[each.about] is each]
    shown = ranked if answer.full else ranked[:_FINDINGS]
    items = []
    for each in shown:
        days = (each.day - answer.today).days if each.day else None
        when = distance(days) if each.day else "no day"
        items.append(line(strong(when), f": {each.what}"))
    yield Bullets(tuple(items))
    if len(shown) < len(answer.radar):
        yield Note(line(f"And {len(answer.radar) - len(shown)} more: nacoord radar."))
