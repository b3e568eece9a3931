"""The database: every field has its place, references hold, and the past says which field changed."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Any

import pytest
import yaml

from nacoord.desk.chronicle import Entry
from nacoord.desk.chronicle import told
from nacoord.desk.export import export
from nacoord.desk.lookup import find_scope
from nacoord.desk.release import release
from nacoord.model.fields import fields
from nacoord.model.kinds.table import KINDS
from nacoord.present.export.sqlite import FIXED
from nacoord.present.export.sqlite import render
from nacoord.present.export.sqlite import tables
from nacoord.present.export.sqlitetables import table_of
from tests.support.records import BASE
from tests.support.records import snapshot_of
from tests.support.secrets import SECRET
from tests.support.secrets import TODAY
from tests.support.secrets import everything_in
from tests.support.secrets import exported
from tests.support.secrets import rows_of

TEXTS = {
    "issues/example.yaml": BASE["issues/example.yaml"]
    + "milestones:\n  - {what: Opens, due: 2021-04}\n  - {what: Done, done: 2021-01-04}\n"
    "links:\n  - {to: new-issue, kind: undermines, because: Why}\n"
    "sources:\n  - {cite: A, covers: [health, status]}\n  - cite: B\n"
    "clocks:\n  - clock: example-clock\n    started: 2021-01-05\n"
    "    met:\n      - {step: One, on: 2021-01-06}\n"
    "tags: [one, two]\nfield_markings: {health: deliberative}\nx-own: {a: [1]}\n",
    "clocks/steps.yaml": (
        "title: Steps\nsteps:\n  - {name: One, days: 3, at_least: true, holidays: [US, MX]}\n"
    ),
    "actions/order.yaml": (
        "title: Order\nby: [dhs]\nwhen: 2021-02-19/2021-02-21\nissues: [example]\n"
        "signals: [{on: 2021-01-02, what: Seen, held_by: [dhs, state], access: official}]\n"
    ),
}


def _data(texts: dict[str, str], entries: list[Entry] | None = None) -> bytes:
    snapshot = snapshot_of(texts)
    found = export(release(snapshot, None), find_scope(snapshot, None), TODAY, made_from="c" * 40)
    return bytes(render(found, entries or [])[0])


def _entry(id: str, old: str | None, new: str | None, **said: Any) -> Entry:
    pairs = {
        f"issues/{id}.yaml": (
            (yaml.safe_load(old) if old else None,),
            yaml.safe_load(new) if new else None,
        )
    }
    whole = {
        "commit": "a" * 40,
        "on": date(2021, 1, 19),
        "who": "A. Staffer",
        "subject": "A subject",
        "why": "A reason",
        "action": "set",
        "merge": False,
        "records": told(pairs, {}),
    }
    return Entry(**{**whole, **said})


def test_every_field_of_every_kind_has_its_column_or_table() -> None:
    for kind, row in KINDS.items():
        known: set[str] = set()
        for table in table_of(kind).whole():
            known |= {f"{table.name}.{column.name}" for column in table.columns}
        flat = {name.split(".", 1)[-1].replace("_", "") for name in known}
        flat |= {name.replace(".", "").replace("_", "").removeprefix(kind) for name in known}
        for key in fields(row.model):
            if key not in ("kind", "field_markings"):
                wanted = key.replace(".", "").replace("_", "")
                assert {wanted, f"{wanted}value"} & flat, (kind, key)


def test_values_stand_where_they_belong() -> None:
    data = _data(TEXTS)

    def one(query: str) -> Any:
        return rows_of(data, query)

    assert one(
        "SELECT title, leads_foreign, owner, next_step_due, next_step_due_end, own FROM issue WHERE id = 'example'"
    ) == [
        (
            "Example issue",
            "state",
            "example-officer",
            "2021-01-25",
            "2021-01-25",
            '{"x-own": {"a": [1]}}',
        )
    ]
    assert one("SELECT place, agency, role FROM issue_parties WHERE record = 'example'") == [
        (1, "texas", "support"),
        (2, "sre", "inform"),
    ]
    assert one("SELECT what, due, due_end, done FROM issue_milestones") == [
        ("Opens", "2021-04", "2021-04-30", None),
        ("Done", None, None, "2021-01-04"),
    ]
    assert one("SELECT entry, place, value FROM sources_covers") == [
        (1, 1, "health"),
        (1, 2, "status"),
    ]
    assert one('SELECT entry, place, step, "on" FROM issue_clocks_met') == [
        (1, 1, "One", "2021-01-06")
    ]
    assert one("SELECT value FROM tags WHERE record = 'example'") == [("one",), ("two",)]
    assert one("SELECT field, marking FROM field_markings") == [("health", "deliberative")]
    assert one("SELECT days, at_least FROM clock_steps") == [(3, 1)]
    assert one("SELECT value FROM clock_steps_holidays") == [("US",), ("MX",)]
    assert one('SELECT "when", when_end FROM action') == [("2021-02-19/2021-02-21", "2021-02-21")]
    assert one("SELECT value FROM action_signals_held_by") == [("dhs",), ("state",)]


def test_every_record_is_in_one_table_and_every_reference_in_another() -> None:
    data = _data(TEXTS)

    assert rows_of(data, "SELECT kind, title, file FROM record WHERE id = 'sre'") == [
        ("agency", "Secretaría de Relaciones Exteriores", "agencies/sre.yaml")
    ]
    assert rows_of(data, "SELECT * FROM link WHERE from_record = 'example' AND kind NOT NULL") == [
        ("example", "issue", "links.to", "new-issue", "issue", "undermines", "Why")
    ]
    assert rows_of(
        data, "SELECT from_record, field FROM link WHERE to_record = 'sre' ORDER BY 1, 2"
    ) == [
        ("example", "parties.agency"),
        ("example-call", "with"),
        ("example-promise", "by"),
    ]


def test_references_hold_and_the_file_is_sound() -> None:
    data = _data(TEXTS, [_entry("example", None, "title: A")])

    assert rows_of(data, "PRAGMA foreign_key_check") == []
    assert rows_of(data, "PRAGMA integrity_check") == [("ok",)]
    keys = rows_of(data, 'SELECT "table", "to" FROM pragma_foreign_key_list(\'issue_parties\')')
    assert sorted(keys) == [("agency", "id"), ("issue", "id")]


def test_a_change_is_a_field_of_a_record_in_a_commit() -> None:
    entries = [
        _entry(
            "example",
            "title: A\nhealth: green\nparties: [{agency: sre, role: lead}]\nx-on: false",
            "title: A\nhealth: red\nparties: [{agency: sre, role: inform}]\nx-on: true",
            commit="b" * 40,
            action="",
            why="",
        ),
        _entry("example", None, "title: A", commit="a" * 40),
        _entry("gone", "title: G", None, commit="d" * 40, merge=True),
    ]
    data = _data({}, entries)

    assert rows_of(data, "SELECT * FROM commits") == [
        ("b" * 40, "2021-01-19", "A. Staffer", None, 0, "A subject", None),
        ("a" * 40, "2021-01-19", "A. Staffer", "set", 0, "A subject", "A reason"),
        ("d" * 40, "2021-01-19", "A. Staffer", "set", 1, "A subject", "A reason"),
    ]
    query = "SELECT record, kind, what, field, entry, old, new FROM change WHERE commit_id LIKE "
    assert rows_of(data, f"{query} 'b%'") == [
        ("example", "issue", "changed", "health", None, "green", "red"),
        ("example", "issue", "changed", "parties.role", "sre", "lead", "inform"),
        ("example", "issue", "changed", "x-on", None, "false", "true"),
    ]
    assert rows_of(data, f"{query} 'a%'") == [("example", "issue", "new", *[None] * 4)]
    assert rows_of(data, f"{query} 'd%'") == [("gone", "issue", "removed", *[None] * 4)]


def test_the_marking_is_that_of_history_too() -> None:
    snapshot = snapshot_of({})
    found = export(release(snapshot, None), find_scope(snapshot, None), TODAY)
    old = _entry("gone", "title: G\nmarking: cui//PRVCY", None)
    data, marking = render(found, [old])

    assert marking == "cui//PRVCY"
    assert rows_of(data, "SELECT value FROM meta WHERE key = 'marking'") == [("cui//PRVCY",)]


def test_meta_says_what_it_is() -> None:
    data = render(exported("public")[1], [])[0]

    assert dict(rows_of(data, "SELECT * FROM meta")) == {
        "schema": "1",
        "made_from": None,
        "today": "2021-01-20",
        "marking": "public",
        "ceiling": "public",
        "omitted_records": "7",
        "omitted_fields": "5",
        "unread_files": "0",
        "left_out": "7 records and 5 fields marked above public left out",
        "office": "Test Office",
        "scope_kind": "everything",
        "scope": None,
    }


def test_words_are_found_without_accents() -> None:
    database = sqlite3.connect(":memory:")
    database.deserialize(_data({}))
    found = database.execute(
        "SELECT id FROM record JOIN record_fts ON record.rowid = record_fts.rowid "
        "WHERE record_fts MATCH 'quebec'"
    ).fetchall()
    database.close()

    assert found == [("quebec",)]


def test_hostile_text_is_only_text() -> None:
    text = "x'); DROP TABLE record; -- \\\" \\u0007"
    data = _data({"issues/new-issue.yaml": BASE["issues/new-issue.yaml"] + f'summary: "{text}"\n'})

    assert rows_of(data, "SELECT summary FROM record WHERE id = 'new-issue'") == [
        ("x'); DROP TABLE record; -- \" \x07",)
    ]


def test_the_same_record_gives_the_same_bytes() -> None:
    entries = [_entry("example", None, "title: A")]

    assert _data(TEXTS, entries) == _data(TEXTS, entries)


def test_nothing_above_the_ceiling_leaves() -> None:
    assert SECRET in everything_in(render(exported(None)[1], [])[0])
    assert SECRET not in everything_in(render(exported("public")[1], [])[0])


@pytest.mark.parametrize("name", [*FIXED, *(table.name for table in tables())])
def test_every_table_is_a_word_that_needs_no_quotes(name: str) -> None:
    database = sqlite3.connect(":memory:")
    database.deserialize(_data({}))
    database.execute(f"SELECT * FROM {name}")
    database.close()
