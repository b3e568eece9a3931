"""Letters and taskers: their stations, their age, and when one is late."""

from __future__ import annotations

from datetime import date

import pytest

from nacoord.desk.clocks.letters import Letter
from nacoord.desk.clocks.letters import letters
from nacoord.desk.lookup import find_scope
from nacoord.model.snapshot import Snapshot
from tests.support.records import snapshot_of

LETTER = (
    "title: Answer to the committee\nby: [state]\nto: [texas]\nissues: [example]\n"
    "status: {}\ndates:\n{}"
)


def _snapshot(stations: str, status: str = "open") -> Snapshot:
    dates = "".join(f"  {pair}\n" for pair in stations.split(", "))
    evidence = "evidence:\n  - what: Letter\n" if status == "met" else ""
    return snapshot_of({"commitments/letter.yaml": LETTER.format(status, dates) + evidence})


def _letter(stations: str, today: date, status: str = "open") -> Letter:
    snapshot = _snapshot(stations, status)
    (found,) = letters(snapshot, today, find_scope(snapshot, None))
    return found


@pytest.mark.parametrize(
    ("stations", "waits_for"),
    [
        ("on_document: 2021-01-04", "received"),
        ("on_document: 2021-01-04, received: 2021-01-08", "tasked"),
        ("received: 2021-01-08, tasked: 2021-01-11", "answered"),
        ("received: 2021-01-08, interim: 2021-01-12", "answered"),
        ("received: 2021-01-08, answered: 2021-01-15", ""),
    ],
)
def test_a_letter_waits_at_the_station_after_its_last(stations: str, waits_for: str) -> None:
    assert _letter(stations, date(2021, 1, 20)).waits_for == waits_for


def test_a_letter_is_as_old_as_the_working_days_since_it_came_in() -> None:
    found = _letter("on_document: 2021-01-04, received: 2021-01-08", date(2021, 1, 20))

    assert (found.age, found.counted_from) == (7, "received")  # 18 January is a holiday
    assert found.transit == 4
    assert found.limit == date(2021, 2, 9)


def test_one_that_has_not_come_in_counts_from_its_own_day_and_is_not_late() -> None:
    found = _letter("on_document: 2020-11-02", date(2021, 1, 20))

    assert (found.counted_from, found.transit, found.limit) == ("on_document", None, None)
    assert found.age == 52
    assert not found.late


def test_one_that_was_answered_is_as_old_as_it_was_then() -> None:
    found = _letter("received: 2021-01-04, answered: 2021-01-08", date(2021, 3, 1))

    assert (found.age, found.late) == (4, False)


@pytest.mark.parametrize(
    ("stations", "today", "late"),
    [
        ("received: 2021-01-04", date(2021, 2, 3), False),  # the 21st working day
        ("received: 2021-01-04", date(2021, 2, 4), True),
        ("received: 2021-01-04, interim: 2021-02-03", date(2021, 3, 1), False),
        ("received: 2021-01-04, interim: 2021-02-04", date(2021, 3, 1), True),
        ("received: 2021-01-04, answered: 2021-02-03", date(2021, 3, 1), False),
        ("received: 2021-01-04, answered: 2021-02-04", date(2021, 3, 1), True),
        ("tasked: 2021-01-04", date(2021, 2, 4), True),  # it has come in, whenever that was
    ],
)
def test_late_is_no_word_in_21_working_days(stations: str, today: date, late: bool) -> None:
    assert _letter(stations, today).late is late


def test_a_letter_given_up_waits_for_nothing_and_is_not_late() -> None:
    found = _letter("received: 2020-01-06", date(2021, 1, 20), status="withdrawn")

    assert (found.waits_for, found.late) == ("", False)


@pytest.mark.parametrize(
    ("scope", "count"),
    [("mexico", 1), ("canada", 0), ("state", 1), ("texas", 1), ("example", 1), ("quebec", 0)],
)
def test_a_scope_takes_in_the_letters_about_its_issues_and_to_or_by_its_agency(
    scope: str, count: int
) -> None:
    snapshot = _snapshot("received: 2021-01-08")

    assert len(letters(snapshot, date(2021, 1, 20), find_scope(snapshot, scope))) == count


def test_a_promise_without_stations_is_no_letter() -> None:
    snapshot = snapshot_of({})

    assert letters(snapshot, date(2021, 1, 20), find_scope(snapshot, None)) == ()
