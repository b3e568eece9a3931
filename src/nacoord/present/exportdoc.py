"""docs/export.md: every format, column and table of an export, from the code that writes them."""

from __future__ import annotations

from nacoord.desk.export import SCHEMA
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.table import KINDS
from nacoord.present.export.columns import columns
from nacoord.present.export.json import schema
from nacoord.present.export.sqlite import FIXED
from nacoord.present.export.sqlite import keys
from nacoord.present.export.sqlitetables import Table
from nacoord.present.export.sqlitetables import table_of
from nacoord.present.export.table import FORMATS

_HEAD = f"""\
# Exports

<!-- Written by `make golden` from src/nacoord/present/exportdoc.py; don't edit. -->

`nacoord export FORMAT [SCOPE] [-o FILE]` hands the record, or a part of it, to other programs. A scope
takes in its issues, the records that refer to them, and the agencies, people and clocks that those name.

What holds for every format:

- **The same record gives the same bytes** on the same day: nothing tells of a machine, a person at it or
  the hour. `--as-of DATE|COMMIT` exports the record as it stood then.
- **It carries its highest marking.** `--marking CEILING` (public, internal, deliberative or cui) leaves
  out every record and field marked above the ceiling, every reference to such a record, and records that
  can't be without one. How many were left out is said in the export and on standard error.
- **When in doubt nothing is written.** Where a text that would leave names a record that may not, by its
  whole title or its id, the export ends with 1 and says file, line and record: mark the field
  (`field_markings`), or change the text.
- **Whole or not at all.** A file is written beside its place and renamed; a run that fails leaves the old.
- **What could not be read is missing and loud**: exit code 3; under a ceiling only the number of files.
- Version {SCHEMA}: the number is raised when a key, a column or a table goes or changes its meaning; new
  ones may come at any time.

| format | what it is | file | needs |
| --- | --- | --- | --- |
"""

_JSON = f"""
One object, its keys in this order; records by kind, each kind by id, each record as
`nacoord show ID --json` has it: what its file says, with `id` and `kind`. Under a ceiling `office` is only
what records need.

| key | what it is |
| --- | --- |
| `schema` | {SCHEMA} |
| `kind` | `record` |
| `made_from` | the commit that says the same; null when the files have edits that are in none |
| `today` | the day for which it is true |
| `marking` | the highest marking of what is in it |
| `omitted` | `above` (the ceiling or null), `records`, `fields` and `unread` (how many), `said` (in words) |
| `scope` | `kind`, `id` and `title` of the part; `everything` without one |
| `office` | what `nacoord.yaml` says |
| `records` | for each kind its records |
| `json_schema` | the JSON Schema (draft 2020-12) of all of this; `nacoord schema KIND` prints a kind's alone |
"""

_CSV = """
`--kind KIND` gives the records of one kind. Without it there is a file for each kind (`issues.csv`, ...) and
an `about.txt` that says what they are and how marked: in a folder with `-o FOLDER`, in a ZIP with
`-o FILE.zip`. RFC 4180: commas, lines that end in CR LF, quotes where needed, UTF-8; `--bom` marks it as
Excel on Windows wants it. Dates are ISO 8601.

- **No cell is a formula.** A text that begins with `=`, `+`, `-`, `@` (wide ones too), a tab or a carriage
  return, blanks before it or not, gets an apostrophe in front, and so does one that has such an apostrophe
  already. Taking one off where `'` is followed by such a beginning gives the text back, always
  (`unguard` in `src/nacoord/model/cells.py`). Numbers stay numbers.
- **A list is one cell**, its entries apart by `; `; a semicolon or backslash in an entry has a backslash
  before it (`split` in the same file). A list of entries makes a column of each of their fields, and all
  of them have an item for each entry, empty where it says nothing: the third `milestones.due` is the
  third `milestones.what`'s. A list inside an entry (`sources.covers`) is apart by `, `.
- `field_markings` is `field=marking`. An office's own `x-` keys stand last, lists and mappings as JSON.

Columns, after `id` and `kind`:

"""

_XLSX = """
A sheet `About` (marking, office, part, day, commit, what was left out, how many) and one for each kind, or
for the one of `--kind`. The same columns as in CSV, but only those that a record uses, and without `kind`.
The head and the first column stay in sight, every column can be filtered, a day is a date of the workbook
(`yyyy-mm-dd`); a month, a window and a day before March 1900 are text. A text is written as text and stays
text when its cell is edited (the "quote prefix" that an apostrophe gives by hand). A text of more than
32,767 characters, which no cell can hold, is cut and says so; control characters are shown, not written.
The marking stands in the head and foot of every page, and as the file's category.
"""

_ICS = """
An event (RFC 5545) for each of these, whole days unless there is an hour:

| what | on | how it begins |
| --- | --- | --- |
| engagement | `date` to `until`; at `time`, in the office's zone | its title |
| action | every day of `when` | `Expected:` until it has happened |
| commitment | `due` | `Promise due:` |
| next step of an issue | `next_step.due` | `Next step:` |
| decision | `due`, or the day it was taken | `To decide:` |
| milestone | `due`, or the day it was reached | `Milestone:` |
| deadline of a clock | as `nacoord clocks` reckons it | `Deadline:`, or `From this day:` where a time to wait ends |

- A day is `VALUE=DATE`, its end the day after; no zone is made up for it. What is due within a month or a
  window stands on its last day and says so. Only where there is an hour is there a `VTIMEZONE`.
- **Updates replace.** A `UID` belongs to a record and its field or entry (by its first id, if it was
  renamed) and stays when the day moves. `SEQUENCE` is in how many commits the records behind it changed,
  `LAST-MODIFIED` and `DTSTAMP` when they last did; an edit in no commit counts as the next. Of a recurrence
  each round is an event of its own, known by its day.
- What will not be (withdrawn, superseded, stayed, of an issue that is over) is `CANCELLED`, so that a
  calendar takes it away. How the rest went stands in brackets.
- `CLASS` is PUBLIC for public, PRIVATE for internal, CONFIDENTIAL above. The marking is in the calendar's
  name and in every description. Whole days take nobody's time (`TRANSP`).
"""

_SQLITE = """
`datasette record.db` shows it in a browser, with search and with every reference a link. Each kind is a
table; a mapping inside a record is columns (`next_step_due`); a list is a table of its own, whose rows have
`record`, `place` (from 1) and, for a list inside an entry, `entry` (that entry's place). Days are ISO text,
true is 1. A moment has a second column, `..._end`, with its last day. Columns that hold ids are foreign
keys; where the kind can differ, to `record`. Of a part of the record some of them lead outside.

`change` has a row for each field that a commit changed, newest commit first, and one without a field for a
record that came (`new`), went (`removed`) or got another id (`renamed`, with `was`). `old` and `new` are
texts, lists and mappings JSON; `entry` is what an entry of a list is known by.

Under a ceiling `commits` has no subject and no reason, for they can name anything. Of a record or field
that was once above it nothing older is told, and no change that holds the id of a record which does not
leave, or a text that names one. The marking in `meta` is that of the history too.

```sql
SELECT day, who, old, new FROM change WHERE record = 'usmca-labor' AND field = 'health';
SELECT c.id, c.due_end FROM commitment c WHERE c.status = 'open' ORDER BY c.due_end;
SELECT id, title FROM record WHERE rowid IN (SELECT rowid FROM record_fts WHERE record_fts MATCH 'quebec');
```

| table | columns |
| --- | --- |
"""

_GRAPH = """
Issues by theme, with the links between them; of a scope, with the issues they are linked to either way.
`--stakeholders` adds who is in each issue, and as what. Colour only repeats what words say.

| `--as` | file | what it is |
| --- | --- | --- |
| dot | `.dot`, `.gv` | the language of Graphviz; the default |
| mermaid | `.mmd`, `.mermaid` | a Mermaid flowchart; Mermaid itself draws 500 edges at most |
| svg | `.svg` | drawn by Graphviz, which must be installed |
"""


def page() -> str:
    """Return the page: what holds for all, then each format."""
    parts = [_HEAD]
    for format in FORMATS.values():
        needs = f"`nacoord[{format.extra}]`" if format.extra else ""
        parts.append(f"| {format.name} | {format.summary} | `{format.suffix}` | {needs} |\n")
    parts += ["\n## json\n", _JSON, f"\n`json_schema` has `$id` `{schema()['$id']}`.\n"]
    parts += ["\n## csv\n", _CSV, *(_columns(kind) for kind in KINDS)]
    parts += ["\n## xlsx\n", _XLSX, "\n## ics\n", _ICS, "\n## sqlite\n", _SQLITE, *_tables()]
    parts += ["\n## graph\n", _GRAPH]
    return "".join(parts)


def _columns(kind: str) -> str:
    own = {info.alias or name for name, info in KINDS[kind].model.model_fields.items()}
    common = {info.alias or name for name, info in Record.model_fields.items()}
    names = [
        f"`{column.key}`{' (list)' * column.many}"
        for column in columns(KINDS[kind].model)
        if column.key not in ("id", "kind") and column.key.split(".")[0] in own - common
    ]
    whole = [
        f"`{column.key}`{' (list)' * column.many}"
        for column in columns(KINDS[kind].model)
        if column.key.split(".")[0] in common and column.key != "id"
    ]
    first = f"- every kind: {', '.join(whole)}\n" if kind == next(iter(KINDS)) else ""
    return f"{first}- {kind}: {', '.join(names)}\n"


def _tables() -> list[str]:
    rows = []
    for name, said in FIXED.items():
        names = [part.split()[0] for part in said.split(", ")]
        rows.append(f"| `{name}` | {', '.join(names)} |\n")
    seen: set[str] = set()
    for kind in KINDS:
        for table in table_of(kind).whole():
            if table.name not in seen:
                seen.add(table.name)
                rows.append(f"| `{table.name}` | {_table(table)} |\n")
    return rows


def _table(table: Table) -> str:
    head = keys(table) if table.owner else ()
    named = [
        f"{column.name} → {column.refers}" if column.refers else column.name
        for column in table.columns
    ]
    return ", ".join([*head, *named])
