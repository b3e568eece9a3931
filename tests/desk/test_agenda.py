"""The days ahead, day by day."""

from __future__ import annotations

from datetime import date

from nacoord.desk.agenda import Agenda
from nacoord.desk.agenda import Item
from nacoord.desk.agenda import agenda
from nacoord.desk.lookup import find_scope
from tests.support.records import BASE
from tests.support.records import snapshot_of

TODAY = date(2021, 1, 20)
UNTIL = date(2021, 2, 3)
ACTION = "title: A raid\nby: [dhs]\nwhen: {}\nissues: [example]\n"
PROMISE = "title: {}\nby: [{}]\nto: [{}]\nissues: [example]\nstatus: open\ndue: {}\n"
CALL = "title: Call\ntype: call\ndate: {}\nwith: [{}]\n"


def _agenda(
    texts: dict[str, str], word: str | None = "mexico", until: date = UNTIL, today: date = TODAY
) -> Agenda:
    snapshot = snapshot_of(texts)
    return agenda(snapshot, today, find_scope(snapshot, word), until)


def _days(found: Agenda) -> dict[str, list[tuple[str, str]]]:
    return {
        day.on.isoformat(): [(item.kind, item.record) for item in day.items] for day in found.days
    }


def _item(found: Agenda, record: str) -> Item:
    return next(item for day in found.days for item in day.items if item.record == record)


def test_each_day_holds_what_has_an_hour_what_is_to_be_done_and_what_happens() -> None:
    asked = (
        "decisions:\n  - what: Renew?\n    who: dhs\n    due: 2021-01-25\n  - what: Undated?\n"
        "milestones:\n  - what: A mark\n    due: 2021-01-25\n  - what: Reached\n"
        "    due: 2021-01-25\n    done: 2021-01-19\nclocks:\n  - clock: rule\n"
    )
    texts = {
        "issues/example.yaml": BASE["issues/example.yaml"] + asked,
        "clocks/rule.yaml": (
            "title: Rule\nfixed:\n  - what: Rule ends\n    due: 2021-02-02\n"
            "    citation: 19 U.S.C. 1318\n    lead_days: 3\n"
        ),
        "engagements/early.yaml": CALL.format("2021-01-25", "texas")
        + 'issues: [example]\ntime: "09:30"\nplace: Austin\nprepared_by: example-officer\n',
        "engagements/undated.yaml": CALL.format("2021-01-25", "texas") + "issues: [example]\n",
        "actions/raid.yaml": ACTION.format("2021-01-25") + "tell: [{who: sre}, {who: texas}]\n"
        "told: [{who: sre, on: 2021-01-19}]\n",
        "commitments/theirs.yaml": PROMISE.format("Theirs", "sre", "state", "2021-01-25"),
        "commitments/ours.yaml": PROMISE.format("Ours", "texas", "sre", "2021-01-25"),
    }
    found = _agenda(texts)

    assert _days(found) == {
        "2021-01-22": [("engagement", "example-call")],
        "2021-01-25": [
            ("engagement", "early"),
            ("engagement", "undated"),
            ("decision", "example"),
            ("step", "example"),
            ("action", "raid"),
            ("commitment", "ours"),
            ("commitment", "theirs"),
        ],
        "2021-01-30": [("decision", "example")],
        "2021-02-01": [("commitment", "example-promise")],
        "2021-02-02": [("clock", "example")],
    }
    early = _item(found, "early")
    assert (early.time, early.place, early.prepared_by) == ("09:30", "Austin", "example-officer")
    assert _item(found, "raid").untold == 1
    assert [each.what for each in _item(found, "raid").also] == ["A mark"]
    assert (_item(found, "theirs").side, _item(found, "ours").side) == ("theirs", "ours")
    assert _item(found, "ours").to == ("sre",)
    assert found.days[-1].items[0].citation == "19 U.S.C. 1318"
    assert str(found.days[2].items[0].before) == "2021-02-02"
    assert [day.days for day in found.days] == [2, 5, 10, 12, 13]


def test_a_window_stands_under_its_first_day_or_under_today_once_begun() -> None:
    texts = {
        "actions/begun.yaml": ACTION.format("2021-01-04/2021-01-29"),
        "actions/month.yaml": ACTION.format("2021-02"),
        "actions/over.yaml": ACTION.format("2021-01-04/2021-01-19"),
        "actions/later.yaml": ACTION.format("2021-02-04"),
        "engagements/visit.yaml": CALL.format("2021-01-19", "sre")
        + "until: 2021-01-21\nissues: [example]\n",
    }
    days = _days(_agenda(texts))

    assert days["2021-01-20"] == [("engagement", "visit"), ("action", "begun")]
    assert ("action", "month") in days["2021-02-01"]
    assert not [id for items in days.values() for _, id in items if id in ("over", "later")]


def test_only_the_same_days_and_doers_make_one_event() -> None:
    texts = {
        "actions/raid.yaml": ACTION.format("2021-01-26"),
        "commitments/kept.yaml": PROMISE.format("Raid", "dhs", "sre", "2021-01-26"),
        "commitments/other.yaml": PROMISE.format("A line", "office", "texas", "2021-01-26"),
        "actions/window.yaml": ACTION.format("2021-01-27/2021-01-28"),
        "commitments/end.yaml": PROMISE.format("Notice", "dhs", "sre", "2021-01-28"),
    }
    days = _days(_agenda(texts))

    assert days["2021-01-26"] == [("action", "raid"), ("commitment", "other")]
    assert days["2021-01-27"] == [("action", "window")]
    assert days["2021-01-28"] == [("commitment", "end")]


def test_what_is_late_is_counted_as_status_shows_it() -> None:
    texts = {"commitments/late.yaml": PROMISE.format("P", "sre", "state", "2021-01-15")}

    assert _agenda(texts).late == 1
    assert _agenda(texts, today=date(2021, 1, 26)).late == 2, "the next step too"
    assert _agenda(texts, "canada").late == 0
    assert _agenda({}, "canada").days == ()


def test_an_agency_or_person_has_what_it_attends_prepares_and_is_to_do() -> None:
    texts = {
        "agencies/bureau.yaml": "title: B\nlevel: federal\nsphere: foreign\nparent: quebec\n",
        "people/envoy.yaml": "title: Envoy\nagency: bureau\nrole: Envoy\n",
        "people/writer.yaml": "title: Writer\nagency: office\nrole: Writer\n",
        "engagements/call.yaml": CALL.format("2021-01-22", "envoy") + "prepared_by: writer\n",
        "issues/other.yaml": BASE["issues/example.yaml"].replace("who: state", "who: envoy"),
    }
    theirs = {"2021-01-22": [("engagement", "call")], "2021-01-25": [("step", "other")]}

    assert _days(_agenda(texts, "quebec")) == theirs
    assert _days(_agenda(texts, "envoy")) == theirs
    assert _days(_agenda(texts, "writer")) == {"2021-01-22": [("engagement", "call")]}
