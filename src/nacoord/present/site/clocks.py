"""When things fall due, and where the clocks set by law or treaty stand."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from nacoord.desk.clocks.answer import Clocks
from nacoord.desk.clocks.unstarted import Rule
from nacoord.desk.deadlines import Deadline
from nacoord.model.when import When
from nacoord.present.dates import distance
from nacoord.present.dates import short
from nacoord.present.dates import short_day
from nacoord.present.site.blocks import Block
from nacoord.present.site.blocks import Bullets
from nacoord.present.site.blocks import Table
from nacoord.present.site.blocks import Under
from nacoord.present.site.blocks import joined
from nacoord.present.site.blocks import overdue
from nacoord.present.site.blocks import put
from nacoord.present.site.blocks import soft
from nacoord.present.site.blocks import words
from nacoord.present.site.links import Links


def when(moment: When | None, today: date, *, open: bool = True) -> Markup:
    """Return a day and how far it is; in other type when it has gone by and something is open."""
    if moment is None:
        return soft("no date")
    said = short(moment, today)
    if not open:
        return words(said)
    far = distance((moment.end - today).days)
    if moment.end < today:
        return put("{} {}", said, overdue((today - moment.end).days))
    return put("{} {}", said, soft(far))


def clocks(answer: Clocks, today: date, link: Links) -> list[Block]:
    """Return the deadlines of clocks, and the clocks that have not started."""
    blocks: list[Block] = []
    if answer.deadlines:
        rows = [(*_deadline(each, today), link.id(each.clock)) for each in answer.deadlines]
        blocks.append(Table(("Due", "What", "Where it stands", "Clock"), rows, "clocks"))
    waiting = [
        put("{}: {}", link.title(each.clock), joined(_rules(each.rules), "; "))
        for each in answer.not_started
    ]
    if waiting:
        blocks += [Under("Not started"), Bullets(waiting)]
    return blocks


def _deadline(each: Deadline, today: date) -> tuple[Markup, Markup, Markup]:
    running = each.state in ("overdue", "past", "due", "running", "waiting")
    counted = f"{each.rule} after {each.after}" if each.after else each.rule
    state = {"waiting": "waiting for an earlier step; the latest possible day"}.get(
        each.state, each.state
    )
    on = f"on {short_day(each.on, today)}" if each.on else ""
    decide = f"decision needed by {short_day(each.decide, today)}" if each.decide else ""
    trust = f"confidence {each.confidence}" if each.confidence else ""
    return (
        when(each.due, today, open=running),
        put("{} {}", words(each.what), soft(joined([counted, each.citation], "; "))),
        joined([joined([state, on], " "), decide, each.because, trust], "; "),
    )


def deadlines(found: Sequence[Deadline], today: date, link: Links) -> list[Block]:
    """Return the deadlines of one clock on every issue."""
    rows = [(*_deadline(each, today), link.title(each.issue)) for each in found]
    return [Table(("Due", "What", "Where it stands", "Issue"), rows, "clocks")] if rows else []


def _rules(rules: Sequence[Rule]) -> Iterator[str]:
    yield from (f"{each.what}, {each.rule}" for each in rules)
