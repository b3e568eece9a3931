"""The page of the calendar: the months ahead as tables, and the days one by one."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from nacoord.desk.agenda import Item
from nacoord.desk.site.answer import Site
from nacoord.present.dates import distance
from nacoord.present.dates import short
from nacoord.present.dates import span_words
from nacoord.present.site.blocks import joined
from nacoord.present.site.blocks import late
from nacoord.present.site.blocks import put
from nacoord.present.site.blocks import soft
from nacoord.present.site.blocks import words
from nacoord.present.site.links import Links

# A week begins on Sunday, as it does in the three countries.
WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_NAMES = {"step": "next step", "commitment": "promise", "engagement": "contact"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a month.

    Attributes:
        number: the day of the month; 0 for a day of another.
        anchor: what the day's list is called; empty when nothing stands on it.
        count: how many things do.
        said: the day in words.
        state: today, outside of the weeks told, or nothing.
    """

    number: int = 0
    anchor: str = ""
    count: int = 0
    said: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its name, and its weeks."""

    title: str
    weeks: list[list[Cell]]


@dataclass(frozen=True, slots=True)
class DayShown:
    """A day with what stands on it: a label, what, and details each."""

    anchor: str
    title: str
    far: str
    items: list[tuple[str, Markup, list[Markup]]]


def months(site: Site) -> list[Month]:
    """Return the months that the weeks ahead touch."""
    counts = {day.on: len(day.items) for day in site.agenda.days}
    first, last = site.agenda.today, site.agenda.until
    weeks = calendar.Calendar(firstweekday=6)
    found = []
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        rows = [
            [_cell(site, on, counts) if on.month == month else Cell() for on in week]
            for week in weeks.monthdatescalendar(year, month)
        ]
        found.append(Month(f"{date(year, month, 1):%B %Y}", rows))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def _cell(site: Site, on: date, counts: dict[date, int]) -> Cell:
    outside = not site.agenda.today <= on <= site.agenda.until
    state = "outside" if outside else "today" if on == site.agenda.today else ""
    count = counts.get(on, 0)
    return Cell(on.day, _anchor(on) if count else "", count, f"{on.day} {on:%B}", state)


def _anchor(on: date) -> str:
    return f"d{on.isoformat()}"


def days(site: Site, link: Links) -> list[DayShown]:
    """Return the days on which something stands."""
    found = []
    for day in site.agenda.days:
        year = "" if day.on.year == site.today.year else f" {day.on.year}"
        items = [
            (_NAMES.get(item.kind, item.kind), _what(item, link), list(_details(item, site, link)))
            for item in day.items
        ]
        title = f"{day.on:%A} {day.on.day} {day.on:%B}{year}"
        found.append(DayShown(_anchor(day.on), title, distance(day.days), items))
    return found


def _what(item: Item, link: Links) -> Markup:
    return joined([item.time, link.said(item.record, item.what)], " ")


def _details(item: Item, site: Site, link: Links) -> Iterator[Markup]:
    line = joined([span_words(item.when, site.today), *_facts(item, site, link)], " · ")
    if line:
        yield line
    for other in item.also:
        name = _NAMES.get(other.kind, other.kind)
        same = other.what == item.what and other.record == item.record
        what = link.said(other.record, other.what)
        said = put("also {}", name) if same else put("also {}: {}", name, what)
        yield joined([said, *_facts(other, site, link)], " · ")


def _facts(item: Item, site: Site, link: Links) -> Iterator[Markup]:
    who, to = link.ids(item.who), link.ids(item.to)
    if item.kind == "engagement":
        yield put("with {}", who)
        yield words(item.place)
        if item.prepared_by:
            yield put("prepared by {}", link.id(item.prepared_by))
    elif item.kind == "commitment":
        yield put("{}: {} to {}", item.side or "", who, to)
    elif item.before is not None:
        yield words(f"needed before {short(item.before, site.today)}")
    elif item.kind == "decision" and who:
        yield put("{}: {} decides", item.side or "", who)
    elif item.kind in ("decision", "step", "action"):
        yield put("{}: {}", item.side or "", who) if who else words(item.side or "")
    if item.untold:
        yield late(f"{item.untold} not told")
    if item.uncleared:
        yield late(f"{item.uncleared} not cleared")
    yield soft(item.citation)
