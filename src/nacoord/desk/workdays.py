"""Working days of the United States, Mexico and Canada.

Holidays come from the `holidays` library, which takes longer to load than a morning's screen: those
of some decades are written down (`nacoord.desk.holidaytable`). An office adds the days it knows of
in `calendars.closed` of nacoord.yaml.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from datetime import date
from datetime import timedelta
from functools import lru_cache

from nacoord.desk.holidaytable import DAYS

# Canadian federal holidays need both categories; the library's default leaves out some.
_CATEGORIES = {"US": ("public",), "CA": ("public", "government"), "MX": ("public",)}


@lru_cache(maxsize=512)
def _holidays(country: str, year: int) -> frozenset[date]:
    if country not in _CATEGORIES:
        return frozenset()
    written = DAYS[country].get(year)
    if written is None:
        return of_library(country, year)
    return frozenset(date(year, int(day[:2]), int(day[2:])) for day in written.split())


def of_library(country: str, year: int) -> frozenset[date]:
    """Return a country's holidays as the library has them, for years that are not written down."""
    from holidays import country_holidays

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
    weeks, rest = divmod((last - first).days, 7)
    count = 5 * weeks + sum(
        (first + timedelta(days=offset)).weekday() < 5 for offset in range(1, rest + 1)
    )
    off = {
        day
        for country in countries
        for year in range(first.year, last.year + 1)
        for day in (*_holidays(country, year), *closed.get(country, ()))
    }
    count -= sum(first < day <= last and day.weekday() < 5 for day in off)
    return count if start <= end else -count
