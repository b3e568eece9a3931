"""What falls on a day, as a calendar (iCalendar, RFC 5545).

Days are days: no hour and no zone is made up for them, and an end is the day after the last. A UID stays
what it was when a day moves, and SEQUENCE counts the changes of the records, so that a calendar which
knows an event moves it. Whole days take nobody's time (TRANSP).
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL
from uuid import uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar import Event
from icalendar import Timezone

from nacoord.desk.export import Export
from nacoord.desk.occasions import Occasion
from nacoord.desk.occasions import occasions
from nacoord.model.marking import level
from nacoord.present.export.about import banner
from nacoord.present.export.about import title
from nacoord.present.plain import clean

# What a calendar that is shared shows of an event to others (RFC 5545, section 3.8.1.3), by level.
_CLASSES = ("PUBLIC", "PRIVATE", "CONFIDENTIAL", "CONFIDENTIAL")
_BEFORE = {
    "contact": "",
    "action": "",
    "promise": "Promise due: ",
    "step": "Next step: ",
    "decision": "To decide: ",
    "milestone": "Milestone: ",
    "deadline": "Deadline: ",
}


def render(export: Export) -> bytes:
    """Return the occasions of an export as a calendar."""
    found = occasions(export.snapshot, export.today)
    calendar = Calendar()
    calendar.add("prodid", "-//nacoord//nacoord//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    name = clean(f"{title(export)} ({banner(export)})")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    said = f"Marked {banner(export)}. True for {export.today}."
    calendar.add("x-wr-caldesc", f"{said} {export.omitted.said}." if export.omitted.said else said)
    zone = ZoneInfo(export.snapshot.office.time_zone)
    if timed := [each for each in found if _is_timed(each)]:
        calendar.add_component(_zone(export, timed))
    for each in found:
        calendar.add_component(_event(export, each, zone))
    data: bytes = calendar.to_ical()
    return data


def _is_timed(each: Occasion) -> bool:
    return bool(each.time) and each.when.exact


def _zone(export: Export, timed: Sequence[Occasion]) -> Any:
    """Return what the office's time zone is in the years of the events that have an hour."""
    days = [each.when.start for each in timed]
    first, last = min(days), max(days)
    return Timezone.from_tzid(
        export.snapshot.office.time_zone,
        first_date=date(first.year, 1, 1),
        last_date=date(last.year + 1, 1, 1),
    )


def _event(export: Export, each: Occasion, zone: ZoneInfo) -> Event:
    event = Event()
    event.add("uid", uid(export, each))
    at, count = _stamp(export, each)
    event.add("dtstamp", at)
    event.add("last-modified", at)
    event.add("sequence", count)
    event.add("summary", clean(_summary(export, each)))
    if _is_timed(each):
        hour, minute = map(int, each.time.split(":"))
        start = each.when.start
        event.add(
            "dtstart", datetime(start.year, start.month, start.day, hour, minute, tzinfo=zone)
        )
        event.add("transp", "OPAQUE")
    else:
        event.add("dtstart", each.when.start)
        event.add("dtend", _after(each.when.end))
        event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if each.off else "CONFIRMED")
    event.add("class", _CLASSES[level(each.marking)])
    event.add("categories", [each.sort])
    if each.place:
        event.add("location", clean(each.place))
    event.add("description", clean("\n".join(_lines(export, each))))
    return event


def uid(export: Export, each: Occasion) -> str:
    """Return what a calendar knows an event by: the same whatever its day, its words or its id become.

    Of a record that was renamed it is the first id that counts.
    """
    record = export.snapshot.records[each.record]
    first = record.formerly[0] if record.formerly else record.id
    return f"{uuid5(NAMESPACE_URL, f'nacoord:{export.snapshot.office.name}/{first}/{each.key}')}@nacoord"


def _stamp(export: Export, each: Occasion) -> tuple[datetime, int]:
    """Return when the records behind an event last changed, and how often they have."""
    known = [export.stamps[id] for id in each.of if id in export.stamps]
    if not known:
        return datetime.combine(export.today, datetime.min.time(), UTC), 0
    return max(stamp.at for stamp in known), sum(stamp.count for stamp in known)


def _summary(export: Export, each: Occasion) -> str:
    state = f" ({each.state})" if each.state else ""
    before = _BEFORE[each.sort]
    if each.opens:
        before = "From this day: "
    elif each.sort == "action" and not each.state:
        before = "Expected: "
    of = f" · {export.snapshot.name(each.issue)}" if each.issue else ""
    return " ".join(f"{before}{each.what}{state}{of}".split())


def _lines(export: Export, each: Occasion) -> Iterator[str]:
    snapshot = export.snapshot
    record = snapshot.records[each.record]
    if record.summary:
        yield " ".join(record.summary.split())
    if each.who:
        says = {"contact": "With", "action": "By", "promise": "By"}.get(each.sort, "Who")
        yield f"{says}: {'; '.join(snapshot.name(id) for id in each.who)}"
    if each.moment != each.when.text:
        yield f"When: {each.moment.replace('/', ' to ')}"
    if each.time and not _is_timed(each):
        yield f"Begins at {each.time} ({snapshot.office.time_zone})"
    if each.citation:
        yield f"Set by: {each.citation}"
    yield f"Record: {each.record}"
    yield f"Marking: {each.marking.upper()}"


def _after(last: date) -> date:
    """Return the day after; an end that is no day any more is the last that there is."""
    return last if last == date.max else last + timedelta(days=1)
