"""What a typed word means."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from nacoord.desk.lookup import AmbiguousError
from nacoord.desk.lookup import UnknownError
from nacoord.desk.lookup import descendants
from nacoord.desk.lookup import find_among
from nacoord.desk.lookup import find_record
from nacoord.desk.lookup import find_scope
from nacoord.desk.lookup import is_within
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.issue import Issue
from nacoord.model.kinds.table import KINDS
from nacoord.model.snapshot import Records
from nacoord.model.snapshot import Snapshot
from tests.support.records import snapshot_of
from tests.support.sample import SAMPLE

TRILATERAL = (
    "title: Shared\nrelationships: [trilateral]\ntheme: water\npriority: P2\nstatus: active\n"
    "health: green\nleads:\n  foreign: state\n  domestic: dhs\n"
)


@pytest.mark.parametrize(
    "word",
    ["quebec", "Québec", "QUEBEC", "province de quebec", " quebec ", "queb"],
)
def test_a_record_is_found_by_any_of_its_names(word: str) -> None:
    assert find_record(snapshot_of({}), word).id == "quebec"


def test_an_id_comes_before_a_longer_id_that_starts_with_it() -> None:
    assert (
        find_record(snapshot_of({"issues/example-2.yaml": TRILATERAL}), "example").id == "example"
    )


def test_a_start_of_several_ids_is_ambiguous_and_names_them() -> None:
    with pytest.raises(
        AmbiguousError, match="example-agency, example-call, example-child"
    ) as found:
        find_record(snapshot_of({}), "exampl")
    assert found.value.exit_code == 2


def test_an_unknown_word_gets_a_guess() -> None:
    with pytest.raises(UnknownError) as found:
        find_record(snapshot_of({}), "texsa")
    assert found.value.hint == 'did you mean "texas"?'


def test_no_scope_is_everything() -> None:
    scope = find_scope(snapshot_of({}), None)

    assert scope.issues == {"example", "new-issue", "depends-on-new"}
    assert scope.touches([])


def test_a_relationship_takes_in_the_wider_ones() -> None:
    snapshot = snapshot_of({"issues/shared.yaml": TRILATERAL})

    assert find_scope(snapshot, "mexico").issues == {"example", "depends-on-new", "shared"}
    assert find_scope(snapshot, "Canada").issues == {"new-issue", "shared"}
    assert find_scope(snapshot, "trilateral").issues == {"shared"}


def test_a_theme_is_a_scope_by_id_or_title() -> None:
    assert find_scope(snapshot_of({}), "Water").issues == {"depends-on-new"}


def test_an_agency_stands_for_those_below_it() -> None:
    child = "title: Child of Homeland\nlevel: federal\nsphere: domestic\nparent: dhs\n"
    issue = TRILATERAL.replace("domestic: dhs", "domestic: dhs-child")
    snapshot = snapshot_of({"agencies/dhs-child.yaml": child, "issues/shared.yaml": issue})

    assert find_scope(snapshot, "dhs").issues == {"example", "shared"}
    assert find_scope(snapshot, "dhs-child").issues == {"shared"}


def test_a_person_stands_for_what_it_owns_and_tends() -> None:
    assert find_scope(snapshot_of({}), "example-officer").issues == {"example"}


def test_a_commitment_is_no_scope_and_the_message_says_what_to_type() -> None:
    with pytest.raises(UnknownError, match='"example-promise" is a commitment') as found:
        find_scope(snapshot_of({}), "example-promise")
    assert found.value.hint == "nacoord show example-promise"


def test_an_unknown_scope_gets_a_guess_among_relationships_too() -> None:
    with pytest.raises(UnknownError) as found:
        find_scope(snapshot_of({}), "mexcio")
    assert found.value.hint == 'did you mean "mexico"?'


def test_a_record_of_another_kind_is_said_to_be_one() -> None:
    snapshot = snapshot_of({})

    with pytest.raises(UnknownError, match='"sre" is an agency, not an issue'):
        find_among(snapshot, "sre", snapshot.issues, "issue")
    with pytest.raises(UnknownError, match='"example-call" is an engagement, not a commitment'):
        find_among(snapshot, "Example-Call", snapshot.commitments, "commitment")


def test_a_clock_is_a_scope_only_where_clocks_are_asked_for() -> None:
    run = "clocks:\n  - clock: example-clock\n"
    snapshot = snapshot_of({"issues/shared.yaml": TRILATERAL + run})
    found = find_scope(snapshot, "example-cl", clocks=True)

    assert (found.kind, found.id, found.issues) == ("clock", "example-clock", {"shared"})
    assert find_scope(snapshot, "mexico", clocks=True).kind == "relationship"
    with pytest.raises(UnknownError, match='"example-clock" is a clock, and a scope is'):
        find_scope(snapshot, "example-clock")


def test_what_is_within_a_body_is_among_its_descendants() -> None:
    for body in SAMPLE.agencies:
        below = descendants(SAMPLE, body.id)
        for each in SAMPLE.agencies:
            assert is_within(SAMPLE, each.id, {body.id}) == (each.id in below)


def test_bodies_that_are_part_of_each_other_are_within_both() -> None:
    text = "title: {0}\nlevel: federal\nsphere: both\nparent: {1}\n"
    snapshot = snapshot_of(
        {
            "agencies/one.yaml": text.format("one", "two"),
            "agencies/two.yaml": text.format("two", "one"),
        }
    )

    assert is_within(snapshot, "one", {"two"})
    assert not is_within(snapshot, "one", {"texas"})


class _Whole(dict[str, Record]):
    """A shelf on which records can be had by id, and not walked."""

    def values(self) -> Any:
        raise AssertionError("all were walked")

    def items(self) -> Any:
        raise AssertionError("all were walked")


def _unwalked(snapshot: Snapshot, *but: type[Record]) -> Snapshot:
    """Return a Snapshot of which only some kinds can be walked."""
    kinds = {each.model: snapshot.records.shelf(each.model) for each in KINDS.values()}
    shelves = {each: shelf if each in but else _Whole(shelf) for each, shelf in kinds.items()}
    return replace(snapshot, records=Records(shelves))


@pytest.mark.parametrize("word", ["texas", " Texas "])
def test_nothing_is_walked_for_an_id_typed_whole(word: str) -> None:
    whole = _unwalked(snapshot_of({}))

    assert find_record(whole, word).id == "texas"


def test_a_relationship_is_found_among_the_issues_alone() -> None:
    snapshot = snapshot_of({})
    whole = _unwalked(snapshot, Issue)

    assert find_scope(whole, "mexico") == find_scope(snapshot, "mexico")
    assert find_scope(whole, "water") == find_scope(snapshot, "water")
    assert find_scope(whole, "example") == find_scope(snapshot, "example")
