"""Dates as people type them on a command line, by a small strict grammar.

Nothing is guessed: `03/04/2021` is March to some and April to others, so it is refused.

    2021-03-01                    the day itself (RFC 3339 full-date)
    today  tomorrow  yesterday
    friday  fri                   the first one after today
    +3d  +2w  +1m  +1y  -2w       from today; a month keeps the day or takes the month's last
    in 2 weeks  3 days ago
    eow  eom  eoq  eoy            the last day of this week (Sunday), month, quarter, year
"""

from __future__ import annotations

import re
from datetime import date
from datetime import timedelta

from nacoord.model.errors import UsageError

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Compiled by the first date that is typed: most questions have none.
_OFFSET = r"([+-])(\d{1,4})([dwmy])"
_WORDS = r"(?:in (\d{1,4}) (day|week|month|year)s?|(\d{1,4}) (day|week|month|year)s? ago)"
_ISO = r"\d{4}-\d{2}-\d{2}"
FORMS = "2021-03-01, today, tomorrow, friday, +3d, +2w, +1m, -1w, eow, eom, eoq or eoy"


class BadDateError(UsageError):
    """A typed date is in no form of the grammar, or names no day."""


def can_be_today(day: date) -> bool:
    """Tell whether one can look back and ahead from a day: a calendar has the years 1 to 9999."""
    return 1000 <= day.year < 9000


def read_date(text: str, today: date) -> date:
    """Read a typed date.

    Raises:
        BadDateError: when it is in no form of the grammar, or there is no such day.
    """
    word = " ".join(text.lower().split())
    if re.fullmatch(_ISO, word):
        try:
            return date.fromisoformat(word)
        except ValueError:
            raise BadDateError(
                f'"{text}": there is no such day', hint=f"dates are {FORMS}"
            ) from None
    try:
        found = _relative(word, today)
    except (OverflowError, ValueError):
        raise BadDateError(f'"{text}" is too far away', hint=f"dates are {FORMS}") from None
    if found is None:
        raise BadDateError(f'"{text}" is not a date', hint=_hint(word))
    return found


def _relative(word: str, today: date) -> date | None:
    if word in ("today", "tomorrow", "yesterday"):
        return today + timedelta(days=("yesterday", "today", "tomorrow").index(word) - 1)
    for number, name in enumerate(_DAYS):
        if word in (name, name[:3]):
            return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    if found := re.fullmatch(_OFFSET, word):
        return shift(today, int(found[1] + found[2]), found[3])
    if found := re.fullmatch(_WORDS, word):
        count = int(found[1]) if found[1] else -int(found[3])
        return shift(today, count, (found[2] or found[4])[0])
    return _period_end(word, today)


def _period_end(word: str, today: date) -> date | None:
    if word == "eow":
        return today + timedelta(days=6 - today.weekday())
    months = {"eom": today.month, "eoq": (today.month + 2) // 3 * 3, "eoy": 12}
    if word not in months:
        return None
    return date(today.year, months[word], _last_day(today.year, months[word]))


def shift(start: date, count: int, unit: str) -> date:
    """Move a date by days (`d`), weeks (`w`), months (`m`) or years (`y`).

    A month or year keeps the day of the month, or takes the last day where there is none.

    Raises:
        OverflowError, ValueError: beyond the years 1 to 9999.
    """
    if unit in "dw":
        return start + timedelta(days=count * (7 if unit == "w" else 1))
    months = start.year * 12 + start.month - 1 + count * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(start.day, _last_day(year, month + 1)))


def _last_day(year: int, month: int) -> int:
    from calendar import monthrange

    return monthrange(year, month)[1]


def _hint(word: str) -> str:
    if re.fullmatch(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}", word):
        return "the day and the month can be mistaken: write YYYY-MM-DD, for example 2021-03-04"
    return f"dates are {FORMS}"
