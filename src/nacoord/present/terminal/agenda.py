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
from nacoord.present.terminal import look
from nacoord.present.terminal.blocks import NARROW
from nacoord.present.terminal.blocks import join
from nacoord.present.terminal.blocks import stacked
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import to_text
from nacoord.present.terminal.look import heading
from nacoord.present.terminal.look import text

_NAMES = {"step": "next step", "commitment": "promise"}
_KIND = max(map(len, (*_NAMES.values(), "engagement")))


def render(answer: Agenda, snapshot: Snapshot, style: Style) -> str:
    """Return the screen as text."""
    span = f"{long_day(answer.today)} to {long_day(answer.until)}"
    title = join([heading(answer.scope.title), text(span)], " · ")
    title.overflow = "fold"
    blocks: list[RenderableType] = [title]
    if answer.late:
        where = f"nacoord status {answer.scope.id}".strip()
        blocks.append(join([text(f"{answer.late} late:", look.LATE), text(where)]))
    if not answer.days:
        blocks += [Text(""), text("Nothing is dated in these days.")]
    for day in answer.days:
        blocks += [Text(""), _day(day, answer.today, style.width)]
    return to_text(Group(*blocks), style)


def _day(day: Day, today: date, width: int) -> RenderableType:
    year = "" if day.on.year == today.year else f" {day.on.year}"
    head = heading(f"{day.on:%A} {day.on.day} {day.on:%B}{year}")
    head.append(f" · {distance(day.days)}")
    if width < NARROW:
        rows = []
        for item in day.items:
            details = [*_details(item, today), text(item.record, look.ID)]
            rows.append((join([text(_name(item), look.DIM), _what(item)]), details))
        return Group(head, stacked(rows))
    from rich.table import Table

    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(no_wrap=True, min_width=_KIND)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(no_wrap=True, justify="right")
    for item in day.items:
        lines = [_what(item), *_details(item, today)]
        table.add_row(text(_name(item), look.DIM), Group(*lines), text(item.record, look.ID))
    return Group(head, table)


def _name(item: Item) -> str:
    return _NAMES.get(item.kind, item.kind)


def _what(item: Item) -> Text:
    return join([text(item.time, "bold"), text(item.what)])


def _details(item: Item, today: date) -> Iterator[Text]:
    """Yield what is said below an item, each a line."""
    parts = [text(_span(item, today)), *_facts(item, today)]
    line = join(parts, " · ")
    if line.plain:
        yield line
    for other in item.also:
        named = f"also {_name(other)}" + (f": {other.what}" if other.what != item.what else "")
        record = other.record if other.record != item.record else ""
        yield join([text(named), *_facts(other, today), text(record, look.ID)], " · ")


def _span(item: Item, today: date) -> str:
    if item.when.exact:
        return ""
    if len(item.when.text) == len("2021-04"):
        return f"in {item.when.start:%B %Y}, no day set"
    return short(item.when, today)


def _facts(item: Item, today: date) -> Iterator[Text]:
    who, to = ", ".join(item.who), ", ".join(item.to)
    if item.kind == "engagement":
        yield text(f"with {who}")
        yield text(f"at {item.place}" if item.place else "")
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
