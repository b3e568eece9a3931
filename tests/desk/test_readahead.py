"""What to have read before a meeting."""

from __future__ import annotations

from datetime import date

import pytest

from nacoord.desk.facing import about
from nacoord.desk.facing import facing
from nacoord.desk.facing import find_asked
from nacoord.desk.readahead import ReadAhead
from nacoord.desk.readahead import readahead
from nacoord.model.errors import UsageError
from tests.support.records import BASE
from tests.support.records import snapshot_of

TODAY = date(2021, 1, 20)
CALL = "title: Call\ntype: call\ndate: {}\nwith: [{}]\nissues: [{}]\n"
PROMISE = "title: P\nby: [{}]\nto: [{}]\nissues: [example]\nstatus: {}\n"
BODY = "title: B\nlevel: {}\nsphere: both\ncountry: {}\n"


def _ahead(texts: dict[str, str], word: str, today: date = TODAY) -> ReadAhead:
    snapshot = snapshot_of(texts)
    met = facing(snapshot, today, find_asked(snapshot, word))
    return readahead(snapshot, today, met, [])


def test_across_the_table_are_the_foreign_ones_or_else_all_but_the_office() -> None:
    texts = {
        "people/minister.yaml": "title: Minister\nagency: sre\nrole: Minister\n",
        "engagements/mixed.yaml": CALL.format(
            "2021-01-22", "state, minister, example-officer", "example"
        ),
        "engagements/home.yaml": CALL.format("2021-01-22", "dhs, texas", "example"),
        "engagements/inside.yaml": CALL.format("2021-01-22", "example-officer", "example"),
    }

    assert (_ahead(texts, "mixed").them, _ahead(texts, "mixed").others) == (("sre",), ("state",))
    assert _ahead(texts, "home").them == ("dhs", "texas")
    assert _ahead(texts, "inside").them == ()
    with pytest.raises(UsageError, match="office itself"):
        _ahead(texts, "office")
    with pytest.raises(UsageError, match="an issue, not an engagement or agency"):
        _ahead(texts, "new-issue")


def test_of_an_agency_it_is_the_next_engagement_and_today_counts_until_it_was_held() -> None:
    texts = {
        "agencies/bureau.yaml": BODY.format("federal", "US") + "parent: state\n",
        "engagements/today.yaml": CALL.format("2021-01-20", "bureau", "example"),
        "engagements/later.yaml": CALL.format("2021-01-25", "state", "example"),
        "engagements/old.yaml": CALL.format("2021-01-10", "bureau", "example")
        + "outcomes:\n  - what: A promise\n",
    }

    def seen(texts: dict[str, str]) -> tuple[str, str]:
        found = _ahead(texts, "state")
        assert found.meeting
        return found.meeting.engagement, found.last["state"].engagement

    held = {"engagements/today.yaml": texts["engagements/today.yaml"] + "outcomes: [{what: X}]\n"}
    assert seen(texts) == ("today", "old")
    assert seen(texts | held) == ("later", "today")
    assert _ahead(texts, "state").last["state"].outcomes == ("A promise",)
    assert _ahead(texts, "quebec").meeting is None
    assert _ahead(texts, "old").last == {}
    assert _ahead(texts, "later").last["state"].engagement == "old", "today's is still to come"
    assert _ahead(texts | held, "later").last["state"].engagement == "today"


def test_a_meeting_of_several_days_is_on_until_its_last() -> None:
    for until, days in (("2021-01-22", 0), ("2021-01-20", 0), ("2021-01-19", -1)):
        visit = CALL.format("2021-01-18", "sre", "example") + f"until: {until}\n"
        meeting = _ahead({"engagements/visit.yaml": visit}, "visit").meeting
        assert meeting
        assert meeting.days == days


def test_promises_go_both_ways_and_those_kept_since_are_told() -> None:
    kept = "due: 2021-01-15\nevidence:\n  - what: Note\n    on: {}\n"
    texts = {
        "agencies/cila.yaml": BODY.format("foreign", "MX") + "parent: sre\n",
        "engagements/last.yaml": CALL.format("2021-01-10", "sre", "example"),
        "commitments/late.yaml": PROMISE.format("cila", "texas", "open") + "due: 2021-01-15\n",
        "commitments/undated.yaml": PROMISE.format("sre", "state", "open"),
        "commitments/ours.yaml": PROMISE.format("dhs", "sre, texas", "open") + "due: 2021-06-01\n",
        "commitments/between.yaml": PROMISE.format("sre", "quebec", "open"),
        "commitments/home.yaml": PROMISE.format("dhs", "texas", "open") + "due: 2021-01-22\n",
        "commitments/kept.yaml": PROMISE.format("sre", "state", "met") + kept.format("2021-01-12"),
        "commitments/before.yaml": PROMISE.format("sre", "dhs", "met") + kept.format("2021-01-05"),
    }
    found = _ahead(texts, "example-call")

    assert [(each.record, each.days) for each in found.theirs] == [
        ("late", -5),
        ("example-promise", 12),
        ("undated", None),
    ]
    assert [each.record for each in found.ours] == ["ours"]
    assert [(each.record, each.kept, each.proof) for each in found.kept] == [
        ("kept", date(2021, 1, 12), "Note")
    ]
    assert [each.record for each in found.asks] == ["late", "example-promise"]
    assert found.awaited == ()
    assert [each.record for each in _ahead(texts, "dhs").theirs] == ["home", "ours"]


def test_asks_are_promises_due_steps_and_decisions_of_theirs() -> None:
    texts = {
        "people/minister.yaml": "title: Minister\nagency: sre\nrole: Minister\n",
        "issues/example.yaml": BASE["issues/example.yaml"].replace("who: state", "who: minister")
        + "decisions:\n  - what: Open?\n    who: sre\n    due: 2021-01-21\n"
        + "  - what: Taken\n    who: sre\n    decided: {on: 2021-01-10, how: So}\n",
        "commitments/ours.yaml": PROMISE.format("dhs", "sre", "open") + "due: 2021-01-29\n",
    }
    found = _ahead(texts, "sre")

    assert [(each.kind, each.what) for each in found.asks] == [
        ("decision", "Open?"),
        ("step", "Call the ministry"),
        ("commitment", "Example promise"),
    ]
    assert [each.record for each in found.awaited] == ["ours"]


def test_issues_at_hand_show_where_those_present_stand() -> None:
    texts = {
        "engagements/call.yaml": CALL.format("2021-01-22", "texas, sre", "example"),
        "issues/wide.yaml": BASE["issues/example.yaml"],
    }
    found = _ahead(texts, "call")

    assert [each.issue for each in found.issues] == ["example"]
    assert found.further == ("wide",)
    assert (found.issues[0].next_step, found.issues[0].who) == ("Call the ministry", "state")
    assert [(each.agency, each.stance) for each in found.issues[0].positions] == [
        ("texas", "Wants it settled")
    ]
    assert [each.issue for each in _ahead(texts, "texas").issues] == ["example"]
    assert [each.issue for each in _ahead(texts, "dhs").issues] == ["example", "wide"]


def test_sensitive_is_what_is_red_collides_is_unheard_objected_to_or_closed() -> None:
    red = BASE["issues/example.yaml"].replace(
        "health: green", "health: red\nhealth_reason: Talks broke off"
    )
    action = "title: A raid\nby: [dhs]\nwhen: 2021-02-01\nissues: [example]\n"
    texts = {
        "issues/example.yaml": red
        + "links:\n  - to: water\n    kind: undermines\n    because: Same ministry\n"
        + "field_markings:\n  health_reason: cui//PRVCY\n",
        "issues/water.yaml": BASE["issues/example.yaml"] + "marking: deliberative\n",
        "issues/far.yaml": BASE["issues/example.yaml"]
        + "links:\n  - to: water\n    kind: undermines\n",
        "actions/told.yaml": action + "tell: [{who: sre}]\ntold: [{who: sre, on: 2021-01-19}]\n",
        "actions/untold.yaml": action + "tell: [{who: sre, by: 2021-01-19}]\n",
        "actions/nobody.yaml": action,
        "actions/argued.yaml": action
        + "tell: [{who: sre}]\ntold: [{who: sre, on: 2021-01-19}]\n"
        + "clearances:\n  - who: sre\n    status: objected\n    comment: Too soon\n",
        "engagements/call.yaml": CALL.format("2021-01-22", "sre", "example"),
    }
    found = _ahead(texts, "call")

    assert [(each.care, each.record, each.what) for each in found.sensitive] == [
        ("red", "example", "Talks broke off"),
        ("undermines", "example", "Same ministry"),
        ("unlisted", "nobody", "A raid"),
        ("untold", "untold", "A raid"),
        ("objected", "argued", "Too soon"),
    ]
    assert found.sensitive[3].late
    assert [(each.record, each.marking, each.fields) for each in found.marked] == [
        ("example", "", {"health_reason": "cui//PRVCY"}),
        ("water", "deliberative", {}),
    ]


def test_changes_are_told_from_the_oldest_of_their_last_contacts_and_about_their_matters() -> None:
    texts = {
        "engagements/one.yaml": CALL.format("2020-12-01", "sre", "example") + "until: 2020-12-03\n",
        "engagements/two.yaml": CALL.format("2021-01-05", "quebec", "new-issue"),
        "engagements/all.yaml": CALL.format("2021-01-22", "sre, quebec", "example"),
        "commitments/ours.yaml": PROMISE.format("dhs", "quebec", "open"),
        "issues/wide.yaml": BASE["issues/example.yaml"].replace("texas", "quebec"),
    }
    snapshot = snapshot_of(texts)
    met = facing(snapshot, TODAY, find_asked(snapshot, "all"))
    of_quebec = facing(snapshot, TODAY, find_asked(snapshot, "quebec"))

    assert met.since == date(2020, 12, 3)
    assert of_quebec.since == date(2021, 1, 5)
    assert {"example", "ours", "example-promise", "all", "sre"} <= about(snapshot, met)
    assert "wide" not in about(snapshot, met)
    assert "wide" in about(snapshot, of_quebec)
    assert facing(snapshot, TODAY, find_asked(snapshot, "texas")).since is None
