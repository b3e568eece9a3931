"""Search and single views."""

from __future__ import annotations

from datetime import date

from nacoord.desk.search import search
from nacoord.desk.view import view
from tests.support.records import snapshot_of


def _ids(*words: str) -> list[str]:
    return [hit.id for hit in search(snapshot_of({}), words).hits]


def test_accents_and_case_do_not_matter() -> None:
    assert _ids("QUEBEC")[0] == _ids("québec")[0] == "quebec"


def test_an_alias_in_another_language_finds_the_agency() -> None:
    assert _ids("departamento de estado") == ["state"]


def test_names_come_before_texts() -> None:
    assert _ids("texas") == ["texas", "example"]


def test_every_word_must_stand_somewhere() -> None:
    assert _ids("call", "ministry") == ["example"]
    assert _ids("call", "zebra") == []


def test_a_hit_in_a_text_says_where() -> None:
    hit = search(snapshot_of({}), ["wants it settled"]).hits[0]

    assert (hit.id, hit.field, hit.text) == ("texas", "positions[0].stance", "Wants it settled")


def test_a_view_names_who_refers_to_the_record_and_where() -> None:
    snapshot = snapshot_of({})
    found = view(snapshot, date(2021, 1, 20), snapshot.records["sre"])

    assert [(item.id, item.field) for item in found.referrers] == [
        ("example-promise", "by"),
        ("example-call", "with"),
        ("example", "parties.agency"),
    ]
