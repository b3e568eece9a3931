"""Days, and moments known less exactly: a month, or a window of days.

Dates are plain calendar dates in the office's own time zone; nothing is shifted to UTC.
In a record a moment is one scalar, in the forms of ISO 8601: `2021-02-21` (a day),
`2021-04` (a month) or `2021-02-19/2021-02-21` (both ends are in the window).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from typing import Any

from nacoord.model.declare import BadValueError
from nacoord.model.declare import Scalar

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_DAY_FORM = "write a day as YYYY-MM-DD, for example 2021-03-01"
_WHEN_FORM = f"{_DAY_FORM}; a month as 2021-03; a window as 2021-03-01/2021-03-05"


def _bad(value: object, why: str, hint: str) -> BadValueError:
    return BadValueError("bad-date", f'"{value}" is not a date: {why}', hint)


def parse_day(value: Any) -> date:
    """Read a calendar date (RFC 3339 full-date).

    Raises:
        BadValueError: `bad-date`, when it is in another form or does not exist.
    """
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise _bad(value, "not in the form YYYY-MM-DD", _DAY_FORM)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise _bad(value, "there is no such day", _DAY_FORM) from None


@dataclass(frozen=True, slots=True)
class When:
    """A moment from `start` to `end`, both days included; one day when they are equal."""

    start: date
    end: date
    text: str

    def __str__(self) -> str:
        return self.text

    @property
    def exact(self) -> bool:
        """True when it names a single day."""
        return self.start == self.end

    def days_from(self, today: date) -> int:
        """Return the days until it begins, 0 while it lasts, below 0 since it ended."""
        if self.start > today:
            return (self.start - today).days
        return min(0, (self.end - today).days)


def day(value: date) -> When:
    """Return the moment that is one day."""
    return When(value, value, value.isoformat())


def span(first: date, last: date | None) -> When:
    """Return the moment from one day to another; the first day alone without a last."""
    if last is None or last == first:
        return day(first)
    return When(first, last, f"{first}/{last}")


def parse_when(value: Any) -> When:
    """Read a day, a month or a window of days (ISO 8601 calendar date, month, interval).

    Raises:
        BadValueError: `bad-date`, when it is none of them or its ends are reversed.
    """
    if isinstance(value, When):
        return value
    if isinstance(value, date):
        return day(value)
    if not isinstance(value, str):
        raise _bad(value, "not in a form of ISO 8601", _WHEN_FORM)
    if found := _MONTH.fullmatch(value):
        year, month = int(found[1]), int(found[2])
        if not (1 <= month <= 12 and year):
            raise _bad(value, "there is no such month", _WHEN_FORM)
        from calendar import monthrange

        last = monthrange(year, month)[1]
        return When(date(year, month, 1), date(year, month, last), value)
    first, slash, last_text = value.partition("/")
    if not slash:
        if not _DAY.fullmatch(value):
            raise _bad(value, "not in a form of ISO 8601", _WHEN_FORM)
        return day(parse_day(value))
    start, end = parse_day(first), parse_day(last_text)
    if end < start:
        raise _bad(value, "the window ends before it starts", _WHEN_FORM)
    return When(start, end, value)


def _when(text: str) -> When:
    """Return the moment of a text that is known to be one; a day, as most are, without looking twice."""
    return day(date.fromisoformat(text)) if len(text) == len("2021-03-01") else parse_when(text)


Day = Annotated[date, Scalar(parse_day, date.fromisoformat, {"type": "string", "format": "date"})]
Moment = Annotated[
    When,
    Scalar(
        parse_when,
        _when,
        {
            "type": "string",
            "pattern": r"^\d{4}-\d{2}(-\d{2}(/\d{4}-\d{2}-\d{2})?)?$",
            "description": "A day, a month (2021-03) or a window (2021-03-01/2021-03-05).",
        },
    ),
]
