"""What an export holds: a part that explains itself, and nothing that may not leave."""

from __future__ import annotations

from datetime import date

from nacoord.desk.export import export
from nacoord.desk.export import past
from nacoord.desk.lookup import find_scope
from nacoord.desk.release import release
from nacoord.model.declare import whole_of
from tests.support.records import BASE
from tests.support.records import snapshot_of
from tests.support.secrets import exported

TODAY = date(2021, 1, 20)


def test_everything_is_every_record_by_kind() -> None:
    snapshot = snapshot_of({})
    found = export(release(snapshot, None), find_scope(snapshot, None), TODAY, made_from="c" * 40)

    assert list(found.kinds()) == [
        "issue",
        "agency",
        "person",
        "commitment",
        "engagement",
        "action",
        "clock",
    ]
    assert sum(map(len, found.kinds().values())) == len(snapshot.records)
    assert (found.marking, found.made_from) == ("internal", "c" * 40)
    assert (found.omitted.above, found.omitted.records, found.omitted.said) == (None, 0, "")
    assert found.office() == whole_of(snapshot.office)


def test_a_scope_takes_in_what_refers_to_its_issues_and_whom_that_names() -> None:
    clock = {"issues/new-issue.yaml": (
        "title: New issue\nrelationships: [canada]\ntheme: trade\npriority: P4\nstatus: proposed\n"
        "health: green\nowner: example-officer\nclocks: [{clock: example-clock}]\n"
        "links: [{to: example, kind: related}]\n"
    )}  # fmt: skip
    snapshot = snapshot_of(clock)
    left = release(snapshot, None)
    small = export(left, find_scope(snapshot, "new-issue"), TODAY)
    large = export(left, find_scope(snapshot, "mexico"), TODAY)

    # depends-on-new depends on it; the issue that it is related to is another matter.
    assert list(small.snapshot.records) == [
        "depends-on-new",
        "example-clock",
        "example-officer",
        "new-issue",
    ]
    assert {"example-promise", "example-call", "sre", "texas", "dhs"} <= set(large.snapshot.records)
    assert "quebec" not in large.snapshot.records
    assert export(left, find_scope(snapshot, "quebec"), TODAY).snapshot.records.keys() == {"quebec"}


def test_the_marking_is_that_of_what_is_in_it() -> None:
    dhs = {
        "agencies/dhs.yaml": (
            "title: Homeland Security\nlevel: federal\nsphere: domestic\nmarking: cui//PRVCY\n"
        )
    }
    snapshot = snapshot_of(dhs)
    left = release(snapshot, None)

    assert export(left, find_scope(snapshot, None), TODAY).marking == "cui//PRVCY"
    assert export(left, find_scope(snapshot, "canada"), TODAY).marking == "internal"
    assert export(left, find_scope(snapshot, None), TODAY, kind="issue").marking == "internal"


def test_the_record_that_a_part_is_named_by_counts_whatever_kind_is_asked_for() -> None:
    issue = BASE["issues/example.yaml"] + "marking: deliberative\n"
    snapshot = snapshot_of({"issues/example.yaml": issue})
    left = release(snapshot, None)
    found = export(left, find_scope(snapshot, "example"), TODAY, kind="agency")

    assert found.scope.title == "Example issue"
    assert found.marking == "deliberative"


def test_under_a_ceiling_the_office_is_told_only_as_records_need_it() -> None:
    left, found = exported("public")

    assert left.named == ()
    assert sorted(found.office()) == [
        "format",
        "lockstep_agency",
        "name",
        "own_agency",
        "relationships",
        "themes",
        "time_zone",
    ]
    assert found.marking == "public"
    assert (found.omitted.records, found.omitted.fields) == (7, 5)
    assert found.omitted.said == "7 records and 5 fields marked above public left out"
    assert not [id for id in found.snapshot.records if "hushed" in id]


def test_the_past_of_a_part_is_that_of_its_records_under_every_id_they_had() -> None:
    import yaml

    from nacoord.desk.chronicle import Entry
    from nacoord.desk.chronicle import told

    text = "title: Texas\nlevel: state\nsphere: domestic\nformerly: [old-texas]\n"
    snapshot = snapshot_of({"agencies/texas.yaml": text})
    entries = [
        Entry("c" * 40, TODAY, "A", "s", "w", "set", False, told(pairs, {}))
        for name in ("texas", "old-texas", "quebec")
        for pairs in [{f"agencies/{name}.yaml": ((None,), yaml.safe_load(text))}]
    ]
    left = release(snapshot, None)
    scope = find_scope(snapshot, "texas")
    found = export(left, scope, TODAY)

    ids = [each.records[0].id for each in past(entries, left, found.snapshot, scope)]
    assert ids == ["texas", "old-texas"]
    assert len(list(past(entries, left, snapshot, find_scope(snapshot, None)))) == 3
