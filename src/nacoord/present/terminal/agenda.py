"""The days ahead, a heading a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rich.console import Group
from rich.console import RenderableType
from rich.text import Text

from nacoord.desk.agenda import Agenda
from nacoord.desk.agenda import Day
from nacoord.desk.agenda import Item
from nacoord.model.snapshot import Snapshot
from nacoord.present.dates import distance
from nacoord.present.dates import long_day
from nacoord.present.dates import short
from nacoord.present.dates import span_words
from nacoord.present.terminal import look
from nacoord.present.terminal.blocks import apart
from nacoord.present.terminal.blocks import folded
from nacoord.present.terminal.blocks import join
from nacoord.present.terminal.blocks import labelled
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import to_text
from nacoord.present.terminal.look import heading
from nacoord.present.terminal.look import text

_NAMES = {"step": "next step", "commitment": "promise"}


def render(answer: Agenda, snapshot: Snapshot, style: Style) -> str:
    """Return the screen as text."""
    span = f"{long_day(answer.today)} to {long_day(answer.until)}"
    title: RenderableType = folded(join([heading(answer.scope.title), text(span)], " · "))
    if answer.late:
        where = f"nacoord status {answer.scope.id}".strip()
        title = Group(title, join([text(f"{answer.late} late:", look.LATE), text(where)]))
    days = [_day(day, answer.today, style.width) for day in answer.days]
    return to_text(apart([title, *(days or [text("Nothing is dated in these days.")])]), style)


def _day(day: Day, today: date, width: int) -> RenderableType:
    year = "" if day.on.year == today.year else f" {day.on.year}"
    head = heading(f"{day.on:%A} {day.on.day} {day.on:%B}{year}")
    head.append(f" · {distance(day.days)}")
    rows = []
    for item in day.items:
        lines = [_what(item), *_details(item, today)]
        rows.append((text(_name(item), look.DIM), lines, text(item.record, look.ID)))
    return Group(head, labelled(rows, width))


def _name(item: Item) -> str:
    return _NAMES.get(item.kind, item.kind)


def _what(item: Item) -> Text:
    return join([text(item.time, "bold"), text(item.what)])


def _details(item: Item, today: date) -> Iterator[Text]:
    """Yield what is said below an item, each a line."""
    parts = [text(span_words(item.when, today)), *_facts(item, today)]
    line = join(parts, " · ")
    if line.plain:
        yield line
    for other in item.also:
        named = f"also {_name(other)}" + (f": {other.what}" if other.what != item.what else "")
        record = other.record if other.record != item.record else ""
        yield join([text(named), *_facts(other, today), text(record, look.ID)], " · ")


def _facts(item: Item, today: date) -> Iterator[Text]:
    who, to = ", ".join(item.who), ", ".join(item.to)
    if item.kind == "engagement":
        yield text(f"with {who}")
        yield text(item.place)
        yield text(f"prepared by {item.prepared_by}" if item.prepared_by else "")
    elif item.kind == "commitment":
        yield text(f"{item.side}: {who} to {to}")
    elif item.before is not None:
        yield text(f"needed before {short(item.before, today)}")
    elif item.kind == "decision":
        yield text(f"{item.side}: {who} decides" if who else str(item.side))
    elif item.kind in ("step", "action"):
        yield text(f"{item.side}: {who}" if who else str(item.side))
    yield text(f"{item.untold} not told" if item.untold else "", look.LATE)
    yield text(f"{item.uncleared} not cleared" if item.uncleared else "", look.LATE)
    yield text(item.citation)
