"""The calendar: days are days, events move when days do, and no text breaks out of its line."""

from __future__ import annotations

import re
from datetime import UTC
from datetime import date
from datetime import datetime
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from nacoord.desk.export import Stamp
from nacoord.desk.export import export
from nacoord.desk.lookup import find_scope
from nacoord.desk.release import release
from nacoord.present.export.ics import render
from tests.support.records import BASE
from tests.support.records import snapshot_of
from tests.support.secrets import SECRET
from tests.support.secrets import TODAY
from tests.support.secrets import everything_in
from tests.support.secrets import exported

ISSUE = BASE["issues/example.yaml"] + (
    "decisions:\n  - {what: Ask for a panel?, who: dhs, due: 2021-02-03}\n"
    "  - {what: Settled?, decided: {on: 2021-01-18, how: 'Yes'}}\n"
    "milestones:\n  - {what: Bridge opens, due: 2021-04}\n  - {what: Bridge opens, due: 2021-05}\n"
    "clocks:\n  - {clock: example-clock}\n  - {clock: rounds, started: 2021-01-05}\n"
    "  - {clock: wait, started: 2021-01-05}\n"
)
TEXTS = {
    "issues/example.yaml": ISSUE,
    "clocks/rounds.yaml": "title: They meet\nrecurrence: {every: 30}\n",
    "clocks/wait.yaml": "title: Wait\nsteps: [{name: It may go, days: 10, at_least: true}]\n",
    "engagements/timed.yaml": (
        "title: Timed call\ntype: call\ndate: 2021-07-02\ntime: '14:30'\nwith: [sre, texas]\nplace: Here\n"
    ),
    "engagements/visit.yaml": (
        "title: A visit\ntype: visit\ndate: 2021-02-08\nuntil: 2021-02-09\ntime: '09:00'\nwith: [sre]\n"
    ),
    "actions/order.yaml": (
        "title: An order\nby: [dhs]\nwhen: 2021-02-19/2021-02-21\nissues: [example]\n"
    ),
    "actions/not.yaml": (
        "title: Not after all\nby: [dhs]\nwhen: 2021-03-05\nissues: [example]\nstatus: withdrawn\n"
    ),
}


def _render(texts: dict[str, str], stamps: dict[str, Stamp] | None = None) -> bytes:
    snapshot = snapshot_of(texts)
    return render(export(release(snapshot, None), find_scope(snapshot, None), TODAY, stamps=stamps))


def _events(data: bytes) -> dict[str, Any]:
    found = icalendar.Calendar.from_ical(data).walk("VEVENT")
    return {str(event["SUMMARY"]): event for event in found}


def test_everything_that_falls_on_a_day_is_there() -> None:
    assert sorted(_events(_render(TEXTS))) == [
        "A visit",
        "Deadline: Example clock · Example issue",
        "Deadline: They meet · Example issue",
        "Example call",
        "Expected: An order",
        "From this day: It may go · Example issue",
        "Milestone: Bridge opens · Example issue",
        "Next step: Call the ministry · Example issue",
        "Not after all (withdrawn)",
        "Promise due: Example promise",
        "Timed call",
        "To decide: Ask for a panel? · Example issue",
        "To decide: Settled? (decided) · Example issue",
    ]


def test_a_day_is_a_day_and_ends_on_the_next() -> None:
    data = _render(TEXTS)
    events = _events(data)
    promise = events["Promise due: Example promise"]

    assert (promise["DTSTART"].dt, promise["DTEND"].dt) == (date(2021, 2, 1), date(2021, 2, 2))
    assert promise["DTSTART"].params["VALUE"] == "DATE"
    assert (promise["TRANSP"], promise["STATUS"]) == ("TRANSPARENT", "CONFIRMED")
    order = events["Expected: An order"]
    assert (order["DTSTART"].dt, order["DTEND"].dt) == (date(2021, 2, 19), date(2021, 2, 22))
    assert b"BEGIN:VTIMEZONE" not in _render({})


def test_a_month_is_due_by_its_last_day_and_says_so() -> None:
    data = _render(TEXTS)
    marks = [
        event
        for event in icalendar.Calendar.from_ical(data).walk("VEVENT")
        if str(event["SUMMARY"]).startswith("Milestone")
    ]

    assert [event["DTSTART"].dt for event in marks] == [date(2021, 4, 30), date(2021, 5, 31)]
    assert "When: 2021-04\n" in marks[0]["DESCRIPTION"]
    assert marks[0]["UID"] != marks[1]["UID"]


def test_an_hour_is_in_the_zone_of_the_office() -> None:
    data = _render(TEXTS)
    call = _events(data)["Timed call"]
    visit = _events(data)["A visit"]

    assert call["DTSTART"].dt.utctimetuple()[:5] == (2021, 7, 2, 18, 30)
    assert call["DTSTART"].params["TZID"] == "America/New_York"
    assert (call["TRANSP"], call["LOCATION"]) == ("OPAQUE", "Here")
    assert "With: Secretaría de Relaciones Exteriores; State of Texas" in call["DESCRIPTION"]
    assert data.count(b"BEGIN:VTIMEZONE") == 1
    # Of several days no hour is that of all.
    assert visit["DTEND"].dt == date(2021, 2, 10)
    assert "Begins at 09:00 (America/New_York)" in visit["DESCRIPTION"]


def test_what_will_not_be_is_cancelled() -> None:
    over = ISSUE.replace("status: active", "status: resolved")
    events = _events(_render({**TEXTS, "issues/example.yaml": over}))

    assert events["Not after all (withdrawn)"]["STATUS"] == "CANCELLED"
    assert events["Next step: Call the ministry · Example issue"]["STATUS"] == "CANCELLED"
    assert events["To decide: Settled? (decided) · Example issue"]["STATUS"] == "CONFIRMED"
    assert events["Deadline: Example clock · Example issue"]["STATUS"] == "CANCELLED"


MOVES = [
    ("commitments/example-promise.yaml", "due: 2021-02-01", "due: 2021-05", "Promise due: Example"),
    ("engagements/example-call.yaml", "date: 2021-01-22", "date: 2021-03-22", "Example call"),
    ("issues/example.yaml", "due: 2021-01-25", "due: 2021-03-25", "Next step: Call"),
    ("issues/example.yaml", "due: 2021-02-03", "due: 2021-03-03", "To decide: Ask"),
    ("clocks/example-clock.yaml", "due: 2021-03-01", "due: 2021-06-01", "Deadline: Example"),
    ("clocks/wait.yaml", "days: 10", "days: 20", "From this day"),
    ("actions/order.yaml", "2021-02-19/2021-02-21", "2021-06-01", "Expected: An order"),
]


@pytest.mark.parametrize(("file", "before", "after", "summary"), MOVES, ids=lambda each: each[:20])
def test_an_event_keeps_its_uid_when_its_day_moves(
    file: str, before: str, after: str, summary: str
) -> None:
    def one(texts: dict[str, str]) -> Any:
        events = _events(_render(texts)).items()
        return next(event for name, event in events if name.startswith(summary))

    text = {**BASE, **TEXTS}[file]
    assert before in text
    old, new = one(TEXTS), one({**TEXTS, file: text.replace(before, after)})

    assert old["UID"] == new["UID"]
    assert old["DTSTART"].dt != new["DTSTART"].dt


def test_an_event_keeps_its_uid_when_its_record_is_renamed() -> None:
    text = BASE["commitments/example-promise.yaml"]
    old = _events(_render({}))["Promise due: Example promise"]
    renamed = {
        "commitments/other-name.yaml": f"{text}formerly: [example-promise, between]\n",
        "commitments/example-promise.yaml": text.replace("Example promise", "Another"),
    }
    new = _events(_render(renamed))["Promise due: Example promise"]

    assert old["UID"] == new["UID"]


def test_no_two_events_have_the_same_uid() -> None:
    events = icalendar.Calendar.from_ical(_render(TEXTS)).walk("VEVENT")

    assert len({event["UID"] for event in events}) == len(events) == 14


def test_updates_replace_by_how_often_the_records_changed() -> None:
    first, second = datetime(2021, 1, 10, 12, tzinfo=UTC), datetime(2021, 1, 12, 12, tzinfo=UTC)
    stamps = {"example": Stamp(first, 3), "example-clock": Stamp(second, 2)}
    events = _events(_render(TEXTS, stamps))
    deadline = events["Deadline: Example clock · Example issue"]
    step = events["Next step: Call the ministry · Example issue"]
    unknown = events["Example call"]

    assert (deadline["SEQUENCE"], deadline["LAST-MODIFIED"].dt) == (5, second)
    assert (step["SEQUENCE"], step["DTSTAMP"].dt) == (3, first)
    assert (unknown["SEQUENCE"], unknown["DTSTAMP"].dt) == (0, datetime(2021, 1, 20, tzinfo=UTC))


def test_the_marking_is_in_the_name_of_the_calendar_and_of_each_event() -> None:
    texts = {
        "commitments/example-promise.yaml": (
            BASE["commitments/example-promise.yaml"] + "marking: public\n"
        ),
        "clocks/example-clock.yaml": BASE["clocks/example-clock.yaml"] + "marking: cui//PRVCY\n",
        "issues/example.yaml": ISSUE,
    }
    data = _render({**TEXTS, **texts})
    events = _events(data)

    assert icalendar.Calendar.from_ical(data)["X-WR-CALNAME"] == "Test Office (CUI//PRVCY)"
    assert events["Promise due: Example promise"]["CLASS"] == "PUBLIC"
    assert events["Example call"]["CLASS"] == "PRIVATE"
    deadline = events["Deadline: Example clock · Example issue"]
    assert deadline["CLASS"] == "CONFIDENTIAL"
    assert "Marking: CUI//PRVCY" in deadline["DESCRIPTION"]


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="\r\n;:,\\\"'= ABEGIN:VTODO\x0b\x0c\x1c\x85\u2028\x00\x1bé😀", max_size=90))
def test_no_text_begins_a_line_of_its_own(text: str) -> None:
    import json

    if not text.strip() or "\x00" in text:
        return
    said = json.dumps(f"x{text}\r\nATTENDEE:mailto:x@y\r\nEND:VEVENT", ensure_ascii=False)
    call = f"title: {said}\ntype: call\ndate: 2021-01-22\nwith: [sre]\nplace: {said}\nsummary: {said}\n"
    data = _render(
        {"engagements/example-call.yaml": call.replace("\x85", "").replace("\u2028", "")}
    )
    lines = data.replace(b"\r\n ", b"").split(b"\r\n")

    assert len(_events(data)) == len(_events(_render({})))
    begun = [line for line in lines if line.startswith(b"BEGIN:")]
    assert set(begun) == {b"BEGIN:VCALENDAR", b"BEGIN:VEVENT"}
    assert not [line for line in lines if line.startswith((b"ATTENDEE", b" "))]
    assert [line for line in lines if line.startswith(b"END:")][-1] == b"END:VCALENDAR"
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert not re.search(b"[\x00-\x09\x0b\x0c\x0e-\x1f]", data)


def test_nothing_above_the_ceiling_leaves() -> None:
    assert SECRET in everything_in(render(exported(None)[1]))
    assert SECRET not in everything_in(render(exported("public")[1]))
