"""Contacts with a stakeholder, by itself, by a person or by a part of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nacoord.desk.contacts import contacts
from nacoord.desk.sides import side
from nacoord.desk.sides import side_if_read
from tests.support.records import snapshot_of

TODAY = date(2021, 1, 20)
CALL = "title: Call\ntype: call\ndate: {}\nwith: [{}]\n"


def _days(texts: dict[str, str]) -> dict[str, tuple[str | None, str | None]]:
    found = contacts(snapshot_of(texts), TODAY)
    return {
        id: (each.last.id if each.last else None, each.next.id if each.next else None)
        for id, each in found.items()
    }


def test_the_newest_before_and_the_first_after() -> None:
    texts = {
        "engagements/old.yaml": CALL.format("2020-01-01", "texas"),
        "engagements/new.yaml": CALL.format("2021-01-20", "texas"),
        "engagements/soon.yaml": CALL.format("2021-01-21", "texas"),
        "engagements/later.yaml": CALL.format("2021-02-21", "texas"),
    }

    assert _days(texts)["texas"] == ("new", "soon")


def test_a_person_or_a_part_counts_for_the_whole_and_not_the_other_way() -> None:
    texts = {
        "people/mayor.yaml": "title: Mayor\nagency: example-child\nrole: Mayor\n",
        "agencies/example-child.yaml": (
            "title: Child\nlevel: federal\nsphere: domestic\nparent: example-agency\n"
        ),
        "engagements/call.yaml": CALL.format("2021-01-10", "mayor"),
        "engagements/above.yaml": CALL.format("2021-01-15", "example-agency"),
    }
    found = _days(texts)

    assert found["example-child"] == ("call", None)
    assert found["example-agency"] == ("above", None)


def test_a_circle_of_parents_ends() -> None:
    texts = {
        "agencies/one.yaml": "title: One\nlevel: federal\nsphere: domestic\nparent: two\n",
        "agencies/two.yaml": "title: Two\nlevel: federal\nsphere: domestic\nparent: one\n",
        "engagements/call.yaml": CALL.format("2021-01-10", "one"),
    }

    assert set(_days(texts)) >= {"one", "two"}


def test_a_person_is_of_the_side_of_where_it_serves() -> None:
    snapshot = snapshot_of(
        {"people/secretary.yaml": "title: Secretary\nagency: sre\nrole: Secretary\n"}
    )

    assert side(snapshot, ("secretary",)) == "theirs"
    assert side(snapshot, ("secretary", "dhs")) == "ours"
    assert side(snapshot, ()) == "ours"


def test_a_side_is_told_without_the_offices_own_file_and_without_countries() -> None:
    unread = snapshot_of({"agencies/office.yaml": None})
    bare = "title: Bare\nlevel: {}\nsphere: domestic\n"
    levels = ("federal", "state", "tribal", "private", "foreign", "multilateral")
    texts = {f"agencies/{level}.yaml": bare.format(level) for level in levels}

    assert side(unread, ("texas",)) == "ours"
    assert side(unread, ("sre",)) == "theirs"
    for snapshot in (snapshot_of(texts), snapshot_of(texts, base=False)):
        found = [level for level in levels if side(snapshot, (level,)) == "theirs"]
        assert found == ["foreign", "multilateral"]


def test_a_body_that_can_not_be_read_is_of_no_side() -> None:
    missing = snapshot_of({"agencies/sre.yaml": None})

    for snapshot in (missing, replace(missing, broken={"sre": "agency"})):
        assert side_if_read(snapshot, "sre") is None
        assert side_if_read(snapshot, "texas") == "ours"
