"""Working days of the United States, Mexico and Canada.

Holidays come from the `holidays` library; an office adds the days it knows of in
`calendars.closed` of nacoord.yaml.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from datetime import date
from datetime import timedelta
from functools import lru_cache

# Canadian federal holidays need both categories; the library's default leaves out some.
_CATEGORIES = {"US": ("public",), "CA": ("public", "government"), "MX": ("public",)}


@lru_cache(maxsize=64)
def _holidays(country: str, year: int) -> frozenset[date]:
    from holidays import country_holidays

    if country not in _CATEGORIES:
        return frozenset()
    found = country_holidays(country, years=year, categories=_CATEGORIES[country])
    days = {day for day in found if day.year == year}
    if country == "CA":
        # A holiday by the Interpretation Act (R.S.C. 1985, c. I-21, s. 35), not in the library.
        days |= {friday + timedelta(days=3) for friday in found.get_named("Good Friday")}
    return frozenset(days)


def is_workday(
    day: date, countries: Collection[str], closed: Mapping[str, Collection[date]]
) -> bool:
    """Tell whether offices are open: no weekend, no holiday in any of the countries."""
    if day.weekday() >= 5:
        return False
    return not any(
        day in _holidays(country, day.year) or day in closed.get(country, ())
        for country in countries
    )


def add_workdays(
    start: date, count: int, countries: Collection[str], closed: Mapping[str, Collection[date]]
) -> date:
    """Return the day that many working days after a date, the first day not counted.

    Beyond the calendar it is the calendar's last day.
    """
    day = start
    while count > 0 and day < date.max:
        day += timedelta(days=1)
        count -= is_workday(day, countries, closed)
    return day


def workdays_between(
    start: date, end: date, countries: Collection[str], closed: Mapping[str, Collection[date]]
) -> int:
    """Count the working days after a date up to another; negative when that one is before it."""
    first, last = sorted((start, end))
    count = sum(
        is_workday(first + timedelta(days=offset), countries, closed)
        for offset in range(1, (last - first).days + 1)
    )
    return count if start <= end else -count
