"""Working days of three countries, against real days and against the library's own counting."""

from __future__ import annotations

from datetime import date
from datetime import timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from nacoord.desk.workdays import add_workdays
from nacoord.desk.workdays import is_workday
from nacoord.desk.workdays import of_library
from nacoord.desk.workdays import workdays_between
from tests.conftest import ROOT

# Every weekday off in 2021, as OPM, the Ley Federal del Trabajo (art. 74) and, for the federal
# public service, the Interpretation Act (s. 35) and Canada's calendar have it.
OFF = {
    "US": (
        "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"
        # Inauguration Day, 20 January, is a day off around Washington only.
    ),
    "MX": "01-01 02-01 03-15 09-16 11-15",
    "CA": "01-01 04-02 04-05 05-24 07-01 09-06 09-30 10-11 11-11 12-27 12-28",
}
TABLE = ROOT / "src/nacoord/desk/holidaytable.py"
# Years that records of an office speak of; the library answers for all others.
WRITTEN = range(1990, 2061)
NONE_CLOSED: dict[str, tuple[date, ...]] = {}
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize("country", OFF)
def test_the_weekdays_off_in_2021_are_these_and_no_others(country: str) -> None:
    days = [date(2021, 1, 1) + timedelta(days=number) for number in range(365)]
    found = [
        f"{day:%m-%d}"
        for day in days
        if day.weekday() < 5 and not is_workday(day, (country,), NONE_CLOSED)
    ]

    assert found == OFF[country].split()


@pytest.mark.parametrize(
    ("day", "country", "off"),
    [
        (date(2020, 7, 3), "US", True),  # Independence Day on a Saturday, observed before
        (date(2020, 6, 19), "US", False),  # Juneteenth became a holiday in 2021
        (date(2020, 12, 24), "US", False),  # closed by order: an office's own calendars.closed
        (date(2020, 5, 1), "MX", True),  # Labor Day; on a Saturday in 2021, and not moved
        (date(2021, 4, 30), "MX", False),
        (date(2020, 9, 30), "CA", False),  # Truth and Reconciliation from 2021
        (date(2020, 12, 28), "CA", True),  # Boxing Day, observed
        (date(2023, 10, 2), "CA", True),  # Truth and Reconciliation, observed
    ],
)
def test_days_off_in_other_years(day: date, country: str, off: bool) -> None:
    assert is_workday(day, (country,), NONE_CLOSED) is not off


def test_a_day_the_office_is_closed_counts_as_a_holiday() -> None:
    inauguration = date(2021, 1, 20)

    assert is_workday(inauguration, ("US",), {})
    assert not is_workday(inauguration, ("US",), {"US": (inauguration,)})


def test_foia_counts_twenty_working_days_without_presidents_day() -> None:
    """5 U.S.C. 552(a)(6): received 20 January 2021, day one 21 January, due 18 February."""
    assert add_workdays(date(2021, 1, 20), 20, ("US",), NONE_CLOSED) == date(2021, 2, 18)


@settings(deadline=None)
@given(DAYS, st.integers(1, 60), st.sets(st.sampled_from(["US", "MX"]), min_size=1))
def test_working_days_are_counted_as_the_library_counts_them(
    start: date, count: int, countries: set[str]
) -> None:
    calendar = sum((holidays.country_holidays(name) for name in sorted(countries)), start=0)

    assert add_workdays(start, count, countries, NONE_CLOSED) == calendar.get_nth_working_day(
        start, count
    )


@settings(deadline=None)
@given(DAYS, st.integers(0, 60), st.sets(st.sampled_from(["US", "MX", "CA"])))
def test_counting_back_what_was_counted_forward_gives_the_same_number(
    start: date, count: int, countries: set[str]
) -> None:
    end = add_workdays(start, count, countries, NONE_CLOSED)

    assert workdays_between(start, end, countries, NONE_CLOSED) == count
    assert workdays_between(end, start, countries, NONE_CLOSED) == -count


def test_the_calendar_has_an_end() -> None:
    assert add_workdays(date(9999, 12, 30), 20, ("US",), NONE_CLOSED) == date.max


def _table() -> str:
    """Return the module that has the library's holidays written down."""
    lines = [
        '"""Holidays of the United States, Mexico and Canada, written down from the `holidays` library.',
        "",
        "Written by `make golden`; don't edit. Month and day of each, by country and year.",
        '"""',
        "",
        "DAYS: dict[str, dict[int, str]] = {",
    ]
    for country in ("US", "MX", "CA"):
        lines.append(f'    "{country}": {{')
        for year in WRITTEN:
            days = " ".join(f"{day:%m%d}" for day in sorted(of_library(country, year)))
            lines.append(f'        {year}: "{days}",')
        lines.append("    },")
    return "\n".join([*lines, "}", ""])


def test_what_is_written_down_is_what_the_library_says(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--golden"):
        TABLE.write_text(_table(), encoding="utf-8")

    assert TABLE.read_text(encoding="utf-8") == _table(), (
        "it differs; if that is meant: make golden"
    )


@pytest.mark.parametrize("year", [1989, 2061])
def test_other_years_are_the_librarys(year: int) -> None:
    assert not is_workday(date(year, 7, 4), ("US",), NONE_CLOSED)


@settings(deadline=None)
@given(DAYS, DAYS, st.sets(st.sampled_from(["US", "MX", "CA"])), st.lists(DAYS, max_size=5))
def test_working_days_between_are_counted_as_day_by_day(
    start: date, end: date, countries: set[str], closed: list[date]
) -> None:
    first, last = sorted((start, end))
    off = {"US": tuple(closed)}
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    counted = sum(is_workday(day, countries, off) for day in days)

    assert workdays_between(start, end, countries, off) == (counted if start <= end else -counted)
