"""Dates in words, as short as they can be read without mistake."""

from __future__ import annotations

from datetime import date

from nacoord.model.when import When


def long_day(day: date) -> str:
    """Write a day in full: `Wednesday 20 January 2021`."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def today_words(today: date, reference: date | None) -> str:
    """Write today in full, and say where it is a record's own reference date."""
    return long_day(today) + (" (reference date)" if reference == today else "")


def span_words(when: When, today: date) -> str:
    """Write a moment under the heading of its first day: nothing for a single day."""
    if when.exact:
        return ""
    if len(when.text) == len("2021-04"):
        return f"in {when.start:%B %Y}, no day set"
    return short(when, today)


def short_day(day: date, today: date) -> str:
    """Write a day without its year when that is the year of today or the day is near."""
    if day.year == today.year or (abs((day - today).days) < 120 and day > today):
        return f"{day.day} {day:%b}"
    return f"{day.day} {day:%b %Y}"


def short(when: When | None, today: date) -> str:
    """Write a moment: `19 Feb`, `16–19 Feb`, `Apr 2021`; nothing for none."""
    if when is None:
        return ""
    if when.exact:
        return short_day(when.start, today)
    if len(when.text) == len("2021-04"):
        return f"{when.start:%b %Y}"
    if (when.start.year, when.start.month) == (when.end.year, when.end.month):
        return f"{when.start.day}–{short_day(when.end, today)}"
    return f"{short_day(when.start, today)}–{short_day(when.end, today)}"


def distance(days: int | None) -> str:
    """Write how far a day is: `3 d ago`, `today`, `in 9 d`."""
    if days is None:
        return "no date"
    if days == 0:
        return "today"
    return f"in {days} d" if days > 0 else f"{-days} d ago"
