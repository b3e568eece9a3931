"""The book for a successor, section by section."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nacoord.desk.chronicle import Entry
from nacoord.desk.chronicle import told
from nacoord.desk.handover.answer import Handover
from nacoord.desk.handover.answer import handover
from nacoord.desk.handover.holder import NoHandoverError
from nacoord.desk.handover.holder import find_holder
from nacoord.desk.lately import PER_ISSUE
from nacoord.desk.lookup import UnknownError
from tests.support.records import BASE
from tests.support.records import snapshot_of

TODAY = date(2021, 1, 20)
OFFICER = "example-officer"
PROMISE = "title: {}\nby: [{}]\nto: [{}]\nissues: [{}]\nstatus: open\n"


def _book(word: str, texts: dict[str, str] | None = None, entries: Any = ()) -> Handover:
    snapshot = snapshot_of(texts or {})
    return handover(snapshot, TODAY, find_holder(snapshot, word), entries)


def _entry(on: date, pairs: dict[str, tuple[Any, Any]], **said: Any) -> Entry:
    records = told({path: ((old,), new) for path, (old, new) in pairs.items()}, {})
    return Entry("c" * 40, on, "B. Staffer", "Subject", said.get("why", ""), "set", False, records)


def test_a_person_hands_over_post_tour_and_portfolio() -> None:
    person = (
        "title: Officer\nagency: office\nrole: Director\nhome_agency: dhs\n"
        "tour: {start: 2020-02-01, end: 2021-01-31}\nportfolio: [new-issue, dhs]\n"
    )
    issue = BASE["issues/example.yaml"].replace("health: green", "health: red\nhealth_reason: Why")
    issue += "decisions:\n  - what: Which?\n    due: 2021-01-10\n  - what: Done\n    decided: {on: 2021-01-01, how: Yes}\n"
    found = _book(
        OFFICER,
        {f"people/{OFFICER}.yaml": person, "issues/example.yaml": issue + "success: It ends\n"},
    )

    assert found.kind == "person"
    assert found.post is not None
    assert (found.post.days_left, found.post.home_agency, found.post.agencies) == (
        11,
        "dhs",
        ("dhs",),
    )
    assert [held.issue for held in found.portfolio] == ["example"], "owned, though not in portfolio"
    assert [(each.issue, each.status) for each in found.resting] == [("new-issue", "proposed")]
    held = found.portfolio[0]
    assert (held.health, held.health_reason, held.success) == ("red", "Why", "It ends")
    assert [(each.what, each.overdue) for each in held.decisions] == [("Which?", True)]
    assert held.next_step is not None
    assert not held.next_step.overdue
    assert [(share.agency, share.role) for share in held.parties] == [
        ("state", "leads abroad"),
        ("dhs", "leads at home"),
        ("texas", "supports"),
        ("sre", "is informed"),
    ]


def test_promises_are_those_on_the_issues_and_those_of_the_agency_overdue_first() -> None:
    found = _book(
        OFFICER,
        {
            "commitments/late.yaml": PROMISE.format("Late", "dhs", "sre", "example")
            + "due: 2021-01-10\n",
            "commitments/open-end.yaml": PROMISE.format("Open", "texas", "state", "example"),
            "commitments/ours.yaml": PROMISE.format("Ours", "office", "texas", "new-issue"),
            "commitments/to-us.yaml": PROMISE.format("To us", "sre", "office", "new-issue"),
            "commitments/other.yaml": PROMISE.format("Other", "sre", "state", "new-issue"),
            "commitments/kept.yaml": PROMISE.format("Kept", "sre", "state", "example").replace(
                "open", "withdrawn"
            ),
        },
    )
    shown = [(each.commitment, each.relation, each.side, each.days) for each in found.promises]

    assert shown == [
        ("late", "on the issues", "ours", -10),
        ("example-promise", "on the issues", "theirs", 12),
        ("open-end", "on the issues", "ours", None),
        ("ours", "owed by", "ours", None),
        ("to-us", "owed to", "theirs", None),
    ]


def test_actions_say_who_is_untold_and_who_has_not_cleared() -> None:
    action = (
        "title: Rule\nby: [dhs]\nwhen: 2021-02-01\nissues: [example]\n"
        "tell:\n  - {who: sre, by: 2021-01-19}\n  - {who: texas, by: 2021-01-25}\n  - {who: state}\n"
        "told:\n  - {who: state, on: 2021-01-18}\n"
        "clearances:\n  - {who: state, status: pending}\n"
    )
    expected = _book(OFFICER, {"actions/rule.yaml": action}).expected[0]

    assert [(each.who, each.late) for each in expected.untold] == [("sre", True), ("texas", False)]
    assert (expected.told, expected.uncleared) == (1, ("state",))
    assert _book("sre", {"actions/rule.yaml": action}).expected, "it must be told of it"
    assert not _book("quebec", {"actions/rule.yaml": action}).expected


def test_people_have_a_post_to_call_and_contacts_around_the_day() -> None:
    texts = {
        "people/minister.yaml": "title: Minister\nagency: sre\nrole: Minister\n",
        "engagements/met.yaml": "title: Met\ntype: call\ndate: 2020-12-01\nwith: [minister]\n",
    }
    known = {each.agency: each for each in _book(OFFICER, texts).people}

    assert set(known) == {"state", "dhs", "texas", "sre"}
    sre = known["sre"]
    assert [post.person for post in sre.posts] == ["minister"]
    assert sre.last is not None
    assert sre.next is not None
    assert (sre.last.engagement, sre.next.engagement) == ("met", "example-call")
    assert (sre.circle, sre.country, sre.leads) == ("foreign", "MX", False)
    assert (known["texas"].circle, known["state"].circle) == ("states", "federal")
    assert known["state"].leads
    assert not known["dhs"].known


def test_the_days_ahead_reach_sixty_days() -> None:
    call = "title: Call\ntype: call\ndate: {}\nwith: [sre]\nissues: [example]\n"
    texts = {
        "engagements/last.yaml": call.format("2021-03-21"),
        "engagements/beyond.yaml": call.format("2021-03-22"),
    }

    assert [each.record for each in _book(OFFICER, texts).coming] == [
        "example-call",
        "example-promise",
        "last",
    ]


def test_the_last_days_are_told_from_the_record_itself() -> None:
    issue = BASE["issues/example.yaml"] + (
        "notes:\n  - {on: 2021-01-05, by: A. Director, text: A word}\n"
        "  - {on: 2020-10-21, text: Too old}\n"
        "milestones:\n  - {what: First, done: 2021-01-06}\n"
        "decisions:\n  - what: Go?\n    who: state\n    decided: {on: 2021-01-07, how: Yes}\n"
        "clocks:\n  - {clock: example-clock, started: 2021-01-04}\n"
    )
    texts = {
        "issues/example.yaml": issue,
        "engagements/met.yaml": (
            "title: Meeting\ntype: call\ndate: 2021-01-08\nwith: [sre]\nissues: [new-issue, example]\n"
            "outcomes:\n  - what: Agreed\n"
        ),
        "engagements/now.yaml": (
            "title: Now\ntype: call\ndate: 2021-01-20\nwith: [sre]\nissues: [example]\n"
        ),
        "commitments/kept.yaml": PROMISE.format("Kept", "sre", "state", "example").replace(
            "status: open", "status: met\nevidence:\n  - {what: Letter, on: 2021-01-09}"
        ),
        "actions/done.yaml": (
            "title: Done\nby: [dhs]\nwhen: 2021-01-10\nstatus: happened\nissues: [example]\n"
            "told:\n  - {who: sre, on: 2021-01-03}\n"
        ),
    }
    (lately,) = _book(OFFICER, texts).lately
    shown = [(event.on.day, event.kind, event.what, event.who) for event in lately.events]

    assert lately.issue == "example"
    assert shown == [
        (10, "happened", "Done", ("dhs",)),
        (9, "kept", "Kept: Letter", ("sre",)),
        (8, "met", "Meeting: Agreed", ("sre",)),
        (7, "decided", "Go? Yes", ("state",)),
        (6, "reached", "First", ()),
        (5, "note", "A word", ("A. Director",)),
        (4, "clock", "started", ("example-clock",)),
        (3, "told", "Done", ("sre",)),
    ], "not what begins today, and nothing older than ninety days"


def test_the_last_days_are_told_from_history_too_and_nothing_twice() -> None:
    old = {"title": "Example issue", "health": "green", "notes": []}
    note = {"on": "2021-01-05", "text": "A word"}
    entries = [
        _entry(
            date(2021, 1, 19),
            {"issues/example.yaml": (old, {**old, "health": "amber", "notes": [note]})},
            why="They called",
        ),
        _entry(date(2021, 1, 18), {"issues/new-issue.yaml": (None, {"title": "New issue"})}),
        _entry(
            date(2021, 1, 17),
            {
                "agencies/texas.yaml": (
                    {"title": "State of Texas", "positions": []},
                    {
                        "title": "Texas",
                        "positions": [{"issue": "example", "stance": "Wants it settled"}],
                    },
                )
            },
        ),
        _entry(date(2021, 1, 16), {"agencies/quebec.yaml": ({"title": "A"}, {"title": "B"})}),
    ]
    texts = {"issues/example.yaml": BASE["issues/example.yaml"] + f"notes: [{note}]\n"}
    (lately,) = _book(OFFICER, texts, entries).lately
    shown = [(event.kind, event.record, event.what, event.why) for event in lately.events]

    assert shown == [
        ("changed", "example", "health green → amber", "They called"),
        ("changed", "texas", "positions + example (Wants it settled)", ""),
        ("note", "example", "A word", ""),
    ]
    assert _book("texas", texts, entries).lately[0].events[0].what == "title State of Texas → Texas"


def test_the_last_days_of_an_issue_are_bounded() -> None:
    notes = "".join(f"  - {{on: 2021-01-{day:02}, text: Note}}\n" for day in range(1, 18))
    texts = {"issues/example.yaml": BASE["issues/example.yaml"] + f"notes:\n{notes}"}
    (lately,) = _book(OFFICER, texts).lately

    assert len(lately.events) == PER_ISSUE
    assert lately.more == 17 - PER_ISSUE
    assert lately.events[0].on.day == 17


def test_an_agency_hands_over_its_own_part_and_that_of_its_parts() -> None:
    texts = {
        "agencies/cbp.yaml": (
            "title: CBP\nlevel: federal\nsphere: both\ncountry: US\nparent: dhs\n"
            "counterparts: [sre]\npositions:\n  - {issue: example, stance: Needs staff}\n"
        ),
        "agencies/sat.yaml": (
            "title: SAT\nlevel: foreign\nsphere: foreign\ncountry: MX\ncounterparts: [cbp]\n"
        ),
        "issues/example.yaml": BASE["issues/example.yaml"].replace(
            "parties:\n", "parties:\n  - agency: cbp\n    role: support\n"
        ),
        "commitments/owed.yaml": PROMISE.format("Owed", "state", "cbp", "example"),
    }
    found = _book("dhs", texts)

    assert found.body is not None
    assert found.body.parts == ("cbp",)
    assert [(share.agency, share.role) for share in found.portfolio[0].shares] == [
        ("dhs", "leads at home"),
        ("cbp", "supports"),
    ]
    assert [(each.commitment, each.relation) for each in found.promises] == [("owed", "owed to")]
    assert {each.agency for each in found.people} == {"dhs", "cbp", "sre", "sat"}
    assert [(each.agency, each.stance) for each in found.positions] == [("cbp", "Needs staff")]


def test_what_the_record_does_not_say_is_to_be_asked() -> None:
    person = "title: Officer\nagency: office\nrole: Director\nportfolio: [bare, example]\n"
    bare = (
        "title: Bare\nrelationships: [mexico]\ntheme: trade\npriority: P2\nstatus: active\n"
        "health: green\nleads: {foreign: quebec}\n"
    )
    other = BASE["issues/example.yaml"].replace(OFFICER, "somebody") + "success: It ends\n"
    texts = {
        f"people/{OFFICER}.yaml": person,
        "people/somebody.yaml": "title: Somebody\nagency: office\nrole: Director\n",
        "people/envoy.yaml": "title: Envoy\nagency: state\nrole: Envoy\n",
        "issues/bare.yaml": bare,
        "issues/example.yaml": other,
        "commitments/undated.yaml": PROMISE.format("Undated", "sre", "state", "bare"),
    }
    asked = {gap.missing: gap.records for gap in _book(OFFICER, texts).asking}

    assert asked == {
        "tour end": (OFFICER,),
        "owner": ("bare",),
        "other owner": ("example",),
        "next step": ("bare",),
        "success": ("bare",),
        "due date": ("undated",),
        "contact": ("quebec", "texas", "dhs", "state"),
        "post": ("quebec", "dhs"),
    }


def test_somebody_with_nothing_hands_over_nothing() -> None:
    texts = {"people/new.yaml": "title: New\nagency: sre\nrole: Clerk\n"}
    found = _book(
        "new",
        {
            **texts,
            "commitments/example-promise.yaml": PROMISE.format("P", "dhs", "state", "example"),
        },
    )

    for section in ("portfolio", "promises", "expected", "coming", "people", "lately"):
        assert not getattr(found, section), section
    assert [(gap.missing, gap.records) for gap in found.asking] == [("portfolio", ("new",))]


@pytest.mark.parametrize(
    ("texts", "marking"),
    [
        ({}, "internal"),
        ({"issues/new-issue.yaml": BASE["issues/new-issue.yaml"] + "marking: deliberative\n"}, "internal"),
        ({"issues/example.yaml": BASE["issues/example.yaml"] + "marking: deliberative\n"}, "deliberative"),
        (
            {
                "commitments/example-promise.yaml": BASE["commitments/example-promise.yaml"]
                + "field_markings: {title: cui//PRVCY}\n"
            },
            "cui//PRVCY",
        ),
        (
            {"agencies/sre.yaml": BASE["agencies/sre.yaml"] + "field_markings: {aliases: cui//PRVCY}\n"},
            "internal",
        ),
    ],
)  # fmt: skip
def test_the_highest_marking_of_what_is_in_it_stands_on_it(
    texts: dict[str, str], marking: str
) -> None:
    assert _book(OFFICER, texts).marking == marking


def test_only_persons_and_agencies_have_a_handover() -> None:
    snapshot = snapshot_of({})

    assert find_holder(snapshot, "Québec").id == "quebec"
    assert find_holder(snapshot, "example-o").id == OFFICER
    for word, why, hint in (
        ("example", "example is an issue", "nacoord handover example-officer"),
        ("new-issue", "new-issue is an issue", "nacoord show new-issue"),
        ("example-call", "example-call is an engagement", "nacoord show example-call"),
        ("Mexico", "mexico is a relationship", "nacoord status mexico"),
    ):
        with pytest.raises(NoHandoverError) as caught:
            find_holder(snapshot, word)
        assert caught.value.message == f"a person or an agency has a hand-over; {why}"
        assert hint in caught.value.hint
    with pytest.raises(UnknownError) as unknown:
        find_holder(snapshot, "texs")
    assert unknown.value.hint == 'did you mean "texas"?'
