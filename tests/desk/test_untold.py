"""Who has not been told of an action, and who has not cleared its text."""

from __future__ import annotations

from datetime import date

import pytest

from nacoord.desk.lookup import UnknownError
from nacoord.desk.lookup import find_action_or_scope
from nacoord.desk.telling import Telling
from nacoord.desk.telling import telling
from nacoord.desk.untold import Untold
from nacoord.desk.untold import untold
from tests.support.records import snapshot_of

TODAY = date(2021, 1, 20)
RAID = "title: A raid\nby: [dhs]\nwhen: 2021-02-01/2021-02-05\nissues: [example]\n"
TELL = (
    "tell:\n  - who: sre\n    by: 2021-01-30\n  - who: texas\n    by: 2021-01-19\n  - who: state\n"
)


def _untold(texts: dict[str, str], word: str | None, today: date = TODAY) -> Untold:
    snapshot = snapshot_of(texts)
    return untold(snapshot, today, find_action_or_scope(snapshot, word))


def _raid(text: str, today: date = TODAY) -> Telling:
    (found,) = _untold({"actions/raid.yaml": RAID + text}, "raid", today).actions
    return found


def test_who_must_be_told_comes_by_day_with_side_and_lateness() -> None:
    found = _raid(TELL + "told:\n  - who: quebec\n    on: 2021-01-18\n")

    assert [(each.who, each.side, each.days, each.late) for each in found.untold] == [
        ("texas", "ours", -1, True),
        ("sre", "theirs", 10, False),
        ("state", "ours", None, False),
    ]
    assert found.told == ("quebec",)
    assert found.open
    assert found.commands == ("nacoord tell raid texas sre state",)
    assert found.days == 12
    assert _raid(TELL, date(2021, 2, 3)).days == 0
    assert _raid(TELL, date(2021, 2, 3)).untold[-1].late, "without a day, once it has begun"
    assert _raid(TELL, date(2021, 2, 7)).days == -2


def test_a_clearance_is_open_while_pending_objected_or_of_another_text() -> None:
    text = "text: Doors open at dawn\nclearances:\n"
    now = _raid(text + "  - who: dhs\n    status: pending\n")
    mark = snapshot_of({"actions/raid.yaml": RAID + "text: Doors open at dawn\n"})
    good = mark.actions[0].fingerprint()
    found = _raid(
        text
        + "  - who: state\n    status: pending\n"
        + "  - who: texas\n    status: objected\n    on: 2021-01-19\n    comment: Too soon\n"
        + "  - who: sre\n    status: cleared\n    on: 2021-01-18\n    text: sha256:0123456789abcdef\n"
        + f"  - who: quebec\n    status: cleared\n    on: 2021-01-18\n    text: {good}\n"
    )

    assert now.uncleared[0].status == "pending"
    assert [(each.who, each.status, each.comment) for each in found.uncleared] == [
        ("state", "pending", ""),
        ("texas", "objected", "Too soon"),
        ("sre", "suspect", ""),
    ]
    assert found.cleared == ("quebec",)
    assert found.commands == tuple(f"nacoord clear raid {who}" for who in ("state", "texas", "sre"))


def test_parties_and_leads_not_on_the_list_are_named_but_not_who_acts_or_is_asked() -> None:
    parties = (
        "title: Wide\nrelationships: [mexico]\ntheme: trade\npriority: P1\nstatus: active\n"
        "health: green\nleads:\n  foreign: state\n  domestic: dhs\nparties:\n"
        + "".join(
            f"  - agency: {who}\n    role: inform\n"
            for who in ("texas", "sre", "quebec", "office", "cbp", "tribe", "city")
        )
    )
    body = "title: T\nlevel: {}\nsphere: domestic\ncountry: US\n"
    texts = {
        "issues/wide.yaml": parties,
        "agencies/cbp.yaml": body.format("federal") + "parent: dhs\n",
        "agencies/tribe.yaml": body.format("tribal"),
        "agencies/city.yaml": body.format("local"),
        "people/minister.yaml": "title: Minister\nagency: sre\nrole: Minister\n",
        "actions/raid.yaml": (
            RAID.replace("[example]", "[wide]")
            + "tell:\n  - who: minister\nclearances:\n  - who: quebec\n    status: pending\n"
        ),
    }
    (found,) = _untold(texts, "raid").actions

    assert [(each.who, each.level, each.role) for each in found.unlisted] == [
        ("state", "federal", "lead"),
        ("city", "local", "inform"),
        ("texas", "state", "inform"),
        ("tribe", "tribal", "inform"),
    ]


def test_of_a_scope_the_nearest_open_action_first_and_those_without_a_list_apart() -> None:
    texts = {
        "actions/later.yaml": RAID.replace("2021-02-01/2021-02-05", "2021-03-01") + TELL,
        "actions/raid.yaml": RAID + TELL,
        "actions/bare.yaml": RAID,
        "actions/done.yaml": RAID + TELL + "status: happened\n",
        "actions/known.yaml": RAID + "tell: [{who: sre}]\ntold: [{who: sre, on: 2021-01-19}]\n",
        "actions/elsewhere.yaml": RAID.replace("[example]", "[new-issue]") + TELL,
    }

    def ids(word: str | None) -> list[str]:
        return [each.action for each in _untold(texts, word).actions]

    assert ids(None) == ["elsewhere", "raid", "later"]
    assert ids("mexico") == ids("example") == ids("example-officer") == ["raid", "later"]
    assert ids("canada") == ["elsewhere"]
    assert _untold(texts, "mexico").without_list == ("bare",)
    assert _untold(texts, "mexico").found
    assert _untold(texts, "mexico").expected == 4
    known = _untold(texts, "known")
    assert not known.found
    assert known.actions[0].told == ("sre",)
    assert not _untold(texts, "done").found
    assert _untold(texts, "done").actions[0].commands == ()


def test_of_an_agency_only_what_it_or_a_part_of_it_has_not_heard() -> None:
    texts = {
        "agencies/bureau.yaml": "title: B\nlevel: federal\nsphere: foreign\nparent: state\n",
        "people/envoy.yaml": "title: Envoy\nagency: bureau\nrole: Envoy\n",
        "actions/raid.yaml": RAID + TELL,
        "actions/visit.yaml": RAID + "tell: [{who: envoy}]\n",
        "actions/unnamed.yaml": RAID + "tell: [{who: sre}]\n",
        "actions/told.yaml": RAID + "tell: [{who: state}]\ntold: [{who: state, on: 2021-01-19}]\n",
    }
    found = _untold(texts, "state")

    assert [(each.action, [one.who for one in each.untold]) for each in found.actions] == [
        ("raid", ["state"]),
        ("unnamed", []),
        ("visit", ["envoy"]),
    ]
    assert found.actions[0].commands == ("nacoord tell raid state",)
    assert [each.who for each in found.actions[1].unlisted] == ["state"]
    assert not found.actions[1].open
    assert found.expected == 3
    assert not _untold({}, "sre").found


def test_an_exact_scope_comes_before_the_start_of_an_actions_id() -> None:
    snapshot = snapshot_of({"actions/example-raid.yaml": RAID, "actions/raid.yaml": RAID})

    assert getattr(find_action_or_scope(snapshot, "example"), "kind", "") == "issue"
    assert find_action_or_scope(snapshot, "raid").id == "raid"
    with pytest.raises(UnknownError, match="an engagement, not an action or scope"):
        find_action_or_scope(snapshot, "example-call")
    with pytest.raises(UnknownError, match='no action or scope "rad"'):
        find_action_or_scope(snapshot, "rad")


def test_whoever_tells_a_person_tells_where_the_person_serves() -> None:
    action = (
        "title: A\nby: [dhs]\nwhen: 2021-01-25\nissues: [example]\ntell:\n  - who: sre\n  - who: texas\n"
        "told:\n  - who: minister\n    on: 2021-01-19\n"
    )
    texts = {
        "actions/order.yaml": action,
        "people/minister.yaml": "title: Minister\nagency: sre\nrole: Minister\n",
    }
    snapshot = snapshot_of(texts)
    found = telling(snapshot, TODAY, snapshot.actions[0])

    assert [each.who for each in found.untold] == ["texas"]
