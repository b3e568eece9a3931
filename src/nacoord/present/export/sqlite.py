"""The record and its history as an SQLite database: see `sqlitetables`, and docs/export.md.

Beside the tables of kinds: `record` (every record, with what is looked for in it), `link` (every
reference between records), `commits` and `change` (which field changed in which commit), and `meta`.
The same record and history give the same bytes. `datasette record.db` shows it in a browser.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from collections.abc import Iterator
from datetime import date
from typing import Any

from nacoord.desk.chronicle import Entry
from nacoord.desk.edits.outcome import RecordChange
from nacoord.desk.export import SCHEMA
from nacoord.desk.export import Export
from nacoord.desk.texts import texts
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.issue import Issue
from nacoord.model.kinds.table import KINDS
from nacoord.model.kinds.table import kind_of
from nacoord.model.marking import highest
from nacoord.model.references import references
from nacoord.model.when import When
from nacoord.present.export.sqlitetables import ENTRY
from nacoord.present.export.sqlitetables import PLACE
from nacoord.present.export.sqlitetables import RECORD
from nacoord.present.export.sqlitetables import Column
from nacoord.present.export.sqlitetables import Table
from nacoord.present.export.sqlitetables import table_of
from nacoord.present.json import jsonable

# What stands beside the tables of kinds.
FIXED = {
    "record": (
        "id TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, summary TEXT, "
        "marking TEXT NOT NULL, file TEXT NOT NULL, words TEXT NOT NULL"
    ),
    "link": (
        "from_record TEXT NOT NULL REFERENCES record(id), from_kind TEXT NOT NULL, "
        "field TEXT NOT NULL, to_record TEXT NOT NULL REFERENCES record(id), to_kind TEXT, "
        "kind TEXT, because TEXT"
    ),
    "commits": (
        "id TEXT PRIMARY KEY, day TEXT NOT NULL, who TEXT NOT NULL, action TEXT, "
        "merge INTEGER NOT NULL, subject TEXT, why TEXT"
    ),
    "change": (
        "commit_id TEXT NOT NULL REFERENCES commits(id), day TEXT NOT NULL, who TEXT NOT NULL, "
        "action TEXT, record TEXT NOT NULL, kind TEXT NOT NULL, what TEXT NOT NULL, was TEXT, "
        "field TEXT, entry TEXT, old TEXT, new TEXT"
    ),
    "meta": "key TEXT PRIMARY KEY, value TEXT",
}
_INDEXES = (
    "CREATE INDEX link_from ON link(from_record)",
    "CREATE INDEX link_to ON link(to_record)",
    "CREATE INDEX change_record ON change(record, field)",
    "CREATE INDEX change_commit ON change(commit_id)",
    "CREATE INDEX change_day ON change(day)",
)
_SEARCH = (
    'CREATE VIRTUAL TABLE record_fts USING fts5(title, summary, words, content="record", '
    "tokenize='unicode61 remove_diacritics 2')",
    "INSERT INTO record_fts(record_fts) VALUES ('rebuild')",
)


def render(export: Export, entries: Iterable[Entry]) -> tuple[bytes, str]:
    """Return an export and its history as a database, and its highest marking, that of history too."""
    marks = [export.marking]
    database = sqlite3.connect(":memory:", isolation_level=None)
    try:
        database.execute("BEGIN")
        for name, columns in FIXED.items():
            database.execute(f"CREATE TABLE {_quoted(name)} ({columns})")
        for table in tables():
            database.execute(_created(table))
        _records(database, export)
        for name in KINDS:
            for record in export.kinds()[name]:
                _rows(database, table_of(name), record, record.id)
        _history(database, entries, marks)
        _meta(database, export, marks)
        for statement in _INDEXES:
            database.execute(statement)
        _search(database)
        database.execute("COMMIT")
        return database.serialize(), highest(marks)
    finally:
        database.close()


def tables() -> Iterator[Table]:
    """Yield the tables of kinds and of their lists, each once."""
    seen: set[str] = set()
    for name in KINDS:
        for table in table_of(name).whole():
            if table.name not in seen:
                seen.add(table.name)
                yield table


def keys(table: Table) -> tuple[str, ...]:
    """Return the columns that tell the rows of a table apart."""
    if not table.owner:
        return ("id",)
    return (RECORD, ENTRY, PLACE) if table.above else (RECORD, PLACE)


def _created(table: Table) -> str:
    lines: list[str] = []
    if table.owner:
        lines = [f"{_quoted(RECORD)} TEXT NOT NULL REFERENCES {_quoted(table.owner)}(id)"]
        lines += [f"{_quoted(key)} INTEGER NOT NULL" for key in keys(table)[1:]]
    for column in table.columns:
        refers = "record" if not table.owner and column.name == "id" else column.refers
        link = f" REFERENCES {_quoted(refers)}(id)" if refers else ""
        lines.append(f"{_quoted(column.name)} {column.type}{link}")
    lines.append(f"PRIMARY KEY ({', '.join(map(_quoted, keys(table)))})")
    if table.above:
        above = _quoted(table.above)
        lines.append(f"FOREIGN KEY (record, entry) REFERENCES {above}(record, place)")
    return f"CREATE TABLE {_quoted(table.name)} ({', '.join(lines)})"


def _records(database: sqlite3.Connection, export: Export) -> None:
    records = export.snapshot.records
    for record in records.values():
        kind = kind_of(record)
        said = [text for path, text in texts(record) if path[0] not in ("title", "summary")]
        row = (
            record.id, kind.name, record.title, record.summary, record.marking,
            f"{kind.folder}/{record.id}.yaml", "\n".join(said),
        )  # fmt: skip
        database.execute("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    for record in records.values():
        for each in references(record):
            other = records.get(each.id)
            to_kind = kind_of(other).name if other else None
            head = (record.id, kind_of(record).name, _dotted(each.field), each.id, to_kind)
            database.execute(
                "INSERT INTO link VALUES (?, ?, ?, ?, ?, ?, ?)", (*head, *_link(record, each.field))
            )


def _dotted(field: Iterable[str | int]) -> str:
    return ".".join(part for part in field if isinstance(part, str))


def _link(record: Record, field: tuple[str | int, ...]) -> tuple[str | None, str | None]:
    """Return what one issue does to another, and why."""
    if isinstance(record, Issue) and field[0] == "links" and isinstance(field[1], int):
        link = record.links[field[1]]
        return link.kind, link.because
    return None, None


def _rows(
    database: sqlite3.Connection, table: Table, item: Any, record: str, at: tuple[int, ...] = ()
) -> None:
    """Put a record or an entry of a list in its table, and what is listed in it in theirs."""
    own = [_value(item, column) for column in table.columns]
    row = own if not table.owner else [record, *at[-len(keys(table)[1:]) :], *own]
    marks = ", ".join("?" * len(row))
    # Names of tables are those of our own models, quoted; values are bound.
    database.execute(f"INSERT INTO {_quoted(table.name)} VALUES ({marks})", row)  # noqa: S608
    for inner in table.inner:
        found = _inside(item, inner.path)
        items = found.items() if isinstance(found, dict) else found or ()
        for place, each in enumerate(items, 1):
            _rows(database, inner, each, record, (*at, place))


def _value(item: Any, column: Column) -> str | int | None:
    found = _inside(item, column.path)
    if column.last:
        return found.end.isoformat() if isinstance(found, When) else None
    if isinstance(found, dict):
        return _as_json(found) if found else None
    return _plain(found)


def _as_json(value: Any) -> str:
    return json.dumps(jsonable(value), ensure_ascii=False, allow_nan=False)


def _inside(item: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        if item is None:
            return None
        item = item[int(name)] if isinstance(item, tuple) else getattr(item, name)
    return item


def _plain(value: Any) -> str | int | None:
    """Return a value as SQLite has it: days as ISO text, true as 1, what is no single value as JSON."""
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (dict, list)):
        return _as_json(value)
    return str(value)


def _history(database: sqlite3.Connection, entries: Iterable[Entry], marks: list[str]) -> None:
    for entry in entries:
        commit = (
            entry.commit, entry.on.isoformat(), entry.who, entry.action or None,
            int(entry.merge), entry.subject or None, entry.why or None,
        )  # fmt: skip
        database.execute("INSERT INTO commits VALUES (?, ?, ?, ?, ?, ?, ?)", commit)
        for record in entry.records:
            for found in (record.marking, *record.hidden.values()):
                if found not in marks:
                    marks.append(found)
            head = (*commit[:4], record.id, record.kind, record.what, record.was)
            database.executemany(
                "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [(*head, *change) for change in _changes(record)],
            )


def _changes(record: RecordChange) -> Iterator[tuple[str | int | None, ...]]:
    """Yield the fields that changed; of a record that came or went, or got another id, that alone."""
    if record.what != "changed":
        yield (None, None, None, None)
    for each in record.fields:
        old, new = (_said(value) for value in (each.old, each.new))
        yield (each.field or None, each.entry or None, old, new)


def _said(value: Any) -> str | None:
    """Return a value as history has it, as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(_plain(value))


def _meta(database: sqlite3.Connection, export: Export, marks: list[str]) -> None:
    omitted = export.omitted
    said = {
        "schema": SCHEMA,
        "made_from": export.made_from,
        "today": export.today.isoformat(),
        "marking": highest(marks),
        "ceiling": omitted.above,
        "omitted_records": omitted.records,
        "omitted_fields": omitted.fields,
        "unread_files": omitted.unread,
        "left_out": omitted.said or None,
        "office": export.snapshot.office.name,
        "scope_kind": export.scope.kind,
        "scope": export.scope.id or None,
    }
    database.executemany(
        "INSERT INTO meta VALUES (?, ?)",
        [(key, None if value is None else str(value)) for key, value in said.items()],
    )


def _search(database: sqlite3.Connection) -> None:
    """Add the full-text search, where the machine's SQLite has it."""
    try:
        for statement in _SEARCH:
            database.execute(statement)
    except sqlite3.OperationalError as error:
        if "fts5" not in str(error):
            raise


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
