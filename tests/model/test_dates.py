"""Dates as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nacoord.model.dates import BadDateError
from nacoord.model.dates import read_date

WEDNESDAY = date(2021, 1, 20)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-03-01", date(2021, 3, 1)),
        ("today", WEDNESDAY),
        ("Tomorrow", date(2021, 1, 21)),
        ("yesterday", date(2021, 1, 19)),
        ("thursday", date(2021, 1, 21)),
        ("FRI", date(2021, 1, 22)),
        ("tuesday", date(2021, 1, 26)),
        ("wednesday", date(2021, 1, 27)),
        ("+3d", date(2021, 1, 23)),
        ("+2w", date(2021, 2, 3)),
        ("-1w", date(2021, 1, 13)),
        ("+1m", date(2021, 2, 20)),
        ("-1m", date(2020, 12, 20)),
        ("+1y", date(2022, 1, 20)),
        ("in 2 weeks", date(2021, 2, 3)),
        ("in  1 month", date(2021, 2, 20)),
        ("3 days ago", date(2021, 1, 17)),
        ("eow", date(2021, 1, 24)),
        ("eom", date(2021, 1, 31)),
        ("eoq", date(2021, 3, 31)),
        ("eoy", date(2021, 12, 31)),
    ],
)
def test_forms(text: str, expected: date) -> None:
    assert read_date(text, WEDNESDAY) == expected


@pytest.mark.parametrize(
    ("today", "text", "expected"),
    [
        (date(2021, 1, 31), "+1m", date(2021, 2, 28)),
        (date(2020, 1, 31), "+1m", date(2020, 2, 29)),
        (date(2020, 2, 29), "+1y", date(2021, 2, 28)),
        (date(2021, 12, 31), "+2m", date(2022, 2, 28)),
        (date(2021, 3, 31), "-1m", date(2021, 2, 28)),
        (date(2021, 1, 24), "eow", date(2021, 1, 24)),
    ],
)
def test_ends_of_months_and_leap_days(today: date, text: str, expected: date) -> None:
    assert read_date(text, today) == expected


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("03/04/2021", "YYYY-MM-DD"),
        ("3.4.21", "YYYY-MM-DD"),
        ("2021-02-30", "dates are"),
        ("2021-2-3", "dates are"),
        ("20210301", "dates are"),
        ("next friday", "dates are"),
        ("+9999y", "dates are"),
        ("-9999y", "dates are"),
        ("", "dates are"),
        ("soon", "dates are"),
    ],
)
def test_nothing_is_guessed(text: str, hint: str) -> None:
    with pytest.raises(BadDateError) as found:
        read_date(text, WEDNESDAY)
    assert hint in found.value.hint


@given(st.dates(), st.dates())
def test_iso_is_read_as_it_stands_whatever_today_is(day: date, today: date) -> None:
    assert read_date(day.isoformat(), today) == day


@given(st.text(max_size=12), st.dates())
def test_any_text_is_a_date_or_a_refusal(text: str, today: date) -> None:
    try:
        read_date(text, today)
    except BadDateError as error:
        assert error.hint  # noqa: PT017
