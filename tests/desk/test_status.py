"""The morning's answer."""

from __future__ import annotations

from datetime import date

from nacoord.desk.lookup import find_scope
from nacoord.desk.status.answer import Status
from nacoord.desk.status.answer import status
from nacoord.model.change import Change
from tests.support.records import snapshot_of

TODAY = date(2021, 1, 20)
ISSUE = (
    "title: Border limits\nrelationships: [mexico]\ntheme: water\npriority: P2\nstatus: active\n"
    "health: red\nhealth_reason: Talks broke off\nleads:\n  foreign: state\n  domestic: dhs\n"
)


def _status(texts: dict[str, str], word: str | None = None, today: date = TODAY) -> Status:
    snapshot = snapshot_of(texts)
    return status(snapshot, today, find_scope(snapshot, word))


def _pressing(found: Status) -> list[tuple[str, str, str, int | None]]:
    return [(item.urgency, item.side, item.record, item.days) for item in found.pressing]


def test_only_live_issues_are_shown_in_the_offices_order_of_themes() -> None:
    found = _status({"issues/limits.yaml": ISSUE})

    assert [line.issue for line in found.lines] == ["example", "limits"]
    assert found.health == {"green": 1, "red": 1}


def test_an_open_decision_presses_and_a_taken_one_does_not() -> None:
    asked = (
        ISSUE
        + "decisions:\n  - what: Renew?\n    who: dhs\n    due: 2021-01-25\n"
        + "  - what: Ease?\n    decided:\n      on: 2021-01-19\n      how: By order\n"
        + "  - what: Far away?\n    due: 2021-06-01\n  - what: Undated?\n"
    )
    found = _status({"issues/limits.yaml": asked})

    assert _pressing(found) == [("decide", "ours", "limits", 5), ("decide", "ours", "limits", None)]


def test_what_is_late_is_ours_or_theirs_by_who_promised() -> None:
    promise = "title: P\nby: [{by}]\nto: [{to}]\nissues: [example]\nstatus: open\ndue: 2021-01-15\n"
    texts = {
        "commitments/theirs.yaml": promise.format(by="sre", to="state"),
        "commitments/ours.yaml": promise.format(by="texas", to="sre"),
        "commitments/kept.yaml": promise.format(by="sre", to="state").replace(
            "status: open", "status: met\nevidence:\n  - what: Note"
        ),
    }

    assert _pressing(_status(texts)) == [
        ("late", "ours", "ours", -5),
        ("late", "theirs", "theirs", -5),
    ]


def test_a_month_is_late_only_after_its_last_day() -> None:
    promise = "title: P\nby: [sre]\nto: [state]\nissues: [example]\nstatus: open\ndue: 2021-01\n"
    texts = {"commitments/january.yaml": promise}

    def late(today: date) -> list[int | None]:
        found = _status(texts, today=today).pressing
        return [item.days for item in found if item.record == "january"]

    assert late(date(2021, 1, 31)) == []
    assert late(date(2021, 2, 1)) == [-1]


def test_a_late_next_step_presses_and_is_marked_in_its_line() -> None:
    found = _status({}, today=date(2021, 1, 26))

    assert _pressing(found) == [("late", "ours", "example", -1)]
    assert found.lines[0].overdue


CLOCK = "title: Renewal\nfixed:\n  - due: 2021-02-05\n    what: Limits end\n    lead_days: 3\n"


def test_a_clock_with_a_lead_asks_for_its_decision_that_many_days_before() -> None:
    texts = {
        "clocks/renewal.yaml": CLOCK,
        "issues/limits.yaml": ISSUE + "clocks:\n  - clock: renewal\n",
    }

    assert _pressing(_status(texts)) == [("decide", "ours", "limits", 13)]
    assert _pressing(_status(texts, today=date(2021, 1, 18))) == []


def test_a_clock_is_not_asked_twice_when_the_issue_asks_itself() -> None:
    asked = (
        ISSUE + "decisions:\n  - what: Renew?\n    due: 2021-02-03\nclocks:\n  - clock: renewal\n"
    )
    found = _status({"clocks/renewal.yaml": CLOCK, "issues/limits.yaml": asked})

    assert [item.what for item in found.pressing] == ["Renew?"]


def test_states_stand_beside_federal_agencies() -> None:
    dhs = (
        "title: Homeland Security\nlevel: federal\nsphere: domestic\ncountry: US\n"
        "positions:\n  - issue: example\n    stance: Wants to wait\n"
    )
    found = _status({"agencies/dhs.yaml": dhs})

    assert [voice.agency for voice in found.raised[0].states] == ["texas"]
    assert [voice.agency for voice in found.raised[0].federal] == ["dhs"]


def test_what_comes_is_in_order_of_days_and_within_the_horizon() -> None:
    action = "title: Notice\nby: [dhs]\nwhen: {}\nissues: [example]\nstatus: {}\n"
    texts = {
        "actions/soon.yaml": action.format("2021-01-30/2021-02-15", "expected"),
        "actions/later.yaml": action.format("2021-02-04", "expected"),
        "actions/past.yaml": action.format("2021-01-21", "happened"),
    }
    found = _status(texts)

    assert [item.record for item in found.coming] == ["example-call", "soon", "example-promise"]
    assert found.until == date(2021, 2, 3)


def test_a_scope_leaves_out_what_does_not_concern_it() -> None:
    found = _status({"issues/limits.yaml": ISSUE}, "water")

    assert [line.issue for line in found.lines] == ["limits"]
    assert found.coming == ()


def test_changes_are_those_of_the_scope_whichever_record_they_touch() -> None:
    snapshot = snapshot_of({})
    changes = [
        Change("a" * 40, TODAY, "A", "example-promise: due moved", ("example-promise",)),
        Change("b" * 40, TODAY, "B", "new-issue: begun", ("new-issue",)),
    ]

    mexico = status(snapshot, TODAY, find_scope(snapshot, "mexico"), changes)
    everything = status(snapshot, TODAY, find_scope(snapshot, None), changes)

    assert [change.who for change in mexico.changed] == ["A"]
    assert [change.who for change in everything.changed] == ["A", "B"]


def test_an_event_kept_in_several_ways_is_told_once() -> None:
    texts = {
        "actions/pause.yaml": "title: Pause\nby: [dhs]\nwhen: 2021-01-27\nissues: [example]\n",
        "commitments/pause-promised.yaml": (
            "title: Pause\nby: [dhs]\nto: [sre]\nissues: [example]\nstatus: open\ndue: 2021-01-27\n"
        ),
        "commitments/other-issue.yaml": (
            "title: Other\nby: [dhs]\nto: [sre]\nissues: [new-issue]\nstatus: open\ndue: 2021-01-27\n"
        ),
    }
    found = [item.record for item in _status(texts).coming if str(item.when) == "2021-01-27"]

    assert found == ["other-issue", "pause"]


def test_two_things_by_different_bodies_on_one_day_are_two() -> None:
    texts = {
        "actions/order.yaml": "title: Order\nby: [dhs]\nwhen: 2021-01-26\nissues: [example]\n",
        "commitments/line.yaml": (
            "title: Line\nby: [state]\nto: [texas]\nissues: [example]\nstatus: open\ndue: 2021-01-26\n"
        ),
    }
    found = [item.record for item in _status(texts).coming if str(item.when) == "2021-01-26"]

    assert found == ["line", "order"]
