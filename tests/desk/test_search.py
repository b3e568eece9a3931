"""Search and single views."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nacoord.desk.lookup import find_record
from nacoord.desk.lookup import names
from nacoord.desk.search import search
from nacoord.desk.texts import texts
from nacoord.desk.view import all_referrers
from nacoord.desk.view import view
from nacoord.model.folding import fold
from tests.support.records import snapshot_of
from tests.support.sample import SAMPLE

_SAID = sorted(
    {word for each in SAMPLE.records.values() for _, text in texts(each) for word in text.split()}
)


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


@given(st.lists(st.sampled_from(_SAID), min_size=1, max_size=3))
def test_what_has_every_word_in_a_name_or_text_is_found(words: list[str]) -> None:
    needles = [fold(word) for word in words]
    having = {
        record.id
        for record in SAMPLE.records.values()
        for said in [
            [fold(each) for each in (*names(record), *(text for _, text in texts(record)))]
        ]
        if all(any(needle in text for text in said) for needle in needles)
    }
    found = search(SAMPLE, words)

    assert {hit.id for hit in found.hits} == having


@pytest.mark.parametrize("id", ["sre", "texas", "usmca-labor", "aid-notification", "quebec"])
def test_a_view_has_all_who_refer_to_a_record(id: str) -> None:
    record, today = find_record(SAMPLE, id), date(2021, 1, 20)

    assert view(SAMPLE, today, record).referrers == all_referrers(SAMPLE).get(id, ())
