"""What a site tells: each answer as the commands give it, for all records at once."""

from __future__ import annotations

from datetime import date

import pytest

from nacoord.desk.chronicle import Entry
from nacoord.desk.chronicle import told
from nacoord.desk.clocks.answer import clocks
from nacoord.desk.impact.answer import impact
from nacoord.desk.lookup import find_scope
from nacoord.desk.lookup import scope_of
from nacoord.desk.release import release
from nacoord.desk.site.answer import Past
from nacoord.desk.site.answer import by_record
from nacoord.desk.site.answer import site
from nacoord.desk.site.dossiers import Dossiers
from nacoord.desk.view import all_referrers
from nacoord.desk.view import view
from nacoord.model.snapshot import Snapshot
from nacoord.record.loader import load
from nacoord.record.worktree import WorkTree
from tests.conftest import ROOT
from tests.support.records import BASE
from tests.support.records import snapshot_of

TODAY = date(2021, 1, 20)


@pytest.fixture(scope="module")
def sample() -> Snapshot:
    return load(WorkTree(ROOT / "data"), "data")


def test_every_issue_moves_what_impact_says_it_moves(sample: Snapshot) -> None:
    files = Dossiers(sample, TODAY)

    for issue in sample.issues:
        file = files.issue(issue)
        assert file.impact == impact(sample, TODAY, issue, issue.ended)
        assert file.clocks == clocks(sample, TODAY, scope_of(sample, issue))


def test_an_ended_issue_is_tied_to_what_impact_all_says() -> None:
    ended = BASE["issues/new-issue.yaml"].replace("proposed", "resolved")
    shared = "parties:\n  - agency: texas\n    role: support\n"
    record = snapshot_of({"issues/new-issue.yaml": ended + shared})
    issue = record.issues[2]
    file = Dossiers(record, TODAY).issue(issue)

    assert (issue.id, issue.ended) == ("new-issue", True)
    assert file.impact == impact(record, TODAY, issue, everything=True)
    assert [moved.issue for moved in file.impact.linked] == ["depends-on-new"]
    assert [moved.issue for moved in file.impact.sharing] == ["example"]


def test_every_record_is_referred_to_by_whom_show_says(sample: Snapshot) -> None:
    found = all_referrers(sample)

    for record in sample.records.values():
        assert found.get(record.id, ()) == view(sample, TODAY, record).referrers


def test_the_file_of_a_stakeholder_holds_its_roles_promises_and_contacts() -> None:
    record = snapshot_of({})
    files = Dossiers(record, TODAY)
    agencies = {agency.id: agency for agency in record.agencies}
    officer = record.people[0]

    texas = files.party(agencies["texas"])
    assert [(issue.id, does) for issue, does in texas.roles] == [("example", ("supports",))]
    theirs = files.party(agencies["sre"])
    assert [promise.id for promise in theirs.made] == ["example-promise"]
    assert theirs.received == ()
    assert theirs.contact.next is not None
    assert [contact.id for contact in theirs.contacts] == ["example-call"]
    assert [(issue.id, does) for issue, does in files.party(officer).roles] == [
        ("example", ("owns",))
    ]


def _entry(on: str, path: str, old: object, new: object, renamed: dict[str, str]) -> Entry:
    pairs = {path: ((old,), new)}
    return Entry("c" * 40, date.fromisoformat(on), "A", "s", "", "set", False, told(pairs, renamed))


def test_history_is_found_by_the_id_a_record_has_now() -> None:
    text = BASE["issues/new-issue.yaml"] + "formerly: [older]\n"
    record = snapshot_of({"issues/new-issue.yaml": text})
    entries = [
        _entry("2021-01-19", "issues/new-issue.yaml", {"title": "A"}, {"title": "B"}, {}),
        _entry("2021-01-18", "issues/older.yaml", {"title": "0"}, {"title": "A"}, {}),
        _entry("2021-01-17", "issues/gone.yaml", None, {"title": "x"}, {}),
    ]
    found = by_record(record, entries)

    assert {id: [each.entry.on.day for each in told] for id, told in found.items()} == {
        "new-issue": [19, 18]
    }


def test_what_changed_lately_is_of_its_pages_and_of_the_last_days() -> None:
    record = snapshot_of({})
    change = ({"health": "green"}, {"health": "red"})
    entries = (
        _entry("2021-01-19", "issues/example.yaml", *change, {}),
        _entry("2021-01-18", "issues/new-issue.yaml", *change, {}),
        _entry("2021-01-02", "issues/example.yaml", *change, {}),
    )
    answer = site(
        release(record, None), TODAY, find_scope(record, "example"), Past(entries), unread=2
    )

    assert [entry.on.day for entry in answer.changed] == [19]
    assert [each.entry.on.day for each in answer.history["example"]] == [19, 2]
    assert answer.unread == 2
    assert answer.marking == "internal"
    assert (answer.agenda.until - TODAY).days == 56
