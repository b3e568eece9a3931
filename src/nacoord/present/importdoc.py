"""docs/import.md: how a sheet comes in, and what a mapping may say, from its model."""

from __future__ import annotations

from collections.abc import Mapping as Pairs

from nacoord.desk.imports.mapping import From
from nacoord.desk.imports.mapping import Id
from nacoord.desk.imports.mapping import Mapping
from nacoord.present.formatdoc import field_table
from nacoord.present.formatdoc import first_line

_HEAD = """\
# Import

<!-- Written by `make golden` from src/nacoord/desk/imports and docs/examples/import; don't edit. -->

`nacoord import FILE --mapping MAP.yaml` makes records of the rows of a sheet, or changes the records
that the rows are. FILE is a `.csv` or an `.xlsx`; the mapping says which column is which field. What
happens is one commit, or nothing:

- Everything that is wrong in any row is told at once, with its row and column, and then nothing is
  imported. `--dry-run` tells the same, shows what each file would become, and changes nothing.
- A row whose record says so already changes nothing, so the same list can come in every week: only
  what is new in it is new in the record. Then the command ends with 0 and says that there is nothing to
  change.
- Only the fields that the mapping fills from a column are changed in a record that exists; an empty
  cell leaves its field as it is; nothing is ever removed. What was written by hand beside them stays.
- Rows that are the same record may add to each other; where they contradict, that is an error.
- Nothing is guessed: no form of a date, no start of a name, no encoding.

## An example

Each Monday a list of taskers comes. `docs/examples/import/taskers.csv`:

```text
{taskers_csv}```

The mapping, `docs/examples/import/taskers.yaml`, is written once:

```yaml
{taskers_yaml}```

```text
$ nacoord import taskers.csv --mapping taskers.yaml -m "The list of 18 January"
{taskers_screen}```

The week after, with a later due date in row 2 and a day in row 3 that is none, `--dry-run` says:

```text
{wrong_screen}```

## Several mappings for one sheet

A list of contacts holds bodies and people. `docs/examples/import/contacts.csv`:

```text
{contacts_csv}```

The bodies come first, because people refer to them; `docs/examples/import/contacts-agencies.yaml`:

```yaml
{agencies_yaml}```

Then the people, known by their addresses; `docs/examples/import/contacts-people.yaml`:

```yaml
{people_yaml}```
"""

_FILES = """
## Files

| | |
| --- | --- |
| `.csv`, `.tsv`, `.txt` | UTF-8, with or without a byte order mark; `--encoding cp1252` for what an old Excel wrote. Commas, semicolons or tabs between values are seen from the header; `--delimiter` says it where that could be several. A row must have as many values as the header. |
| `.xlsx`, `.xlsm` | Needs `pip install 'nacoord[xlsx]'`. Values as they were last calculated: a formula whose value was not saved is an error, as is a cell that holds one (`#N/A`), or that is merged with another. Date cells are dates. Hidden rows are read, and told. Macros are never looked at. |

An apostrophe before a text that a spreadsheet would take for a formula (`'=1+1`), as `nacoord export` puts
it there, is taken off. Control characters and text under a classification banner are errors. At most
10,000 rows, 1,000 columns and 32 MiB; a workbook may unpack to 128 MiB.

Rows are numbered as a spreadsheet shows them, and a cell is called by its column and row: `K14`.
"""


def page(texts: Pairs[str, str]) -> str:
    """Return the page; the texts are the example files and what the commands say of them."""
    parts = [_HEAD.format(**texts), _FILES]
    parts.append(f"\n## The mapping\n\n{_TABLES_SAY}\n\n{field_table(Mapping, skip=set())}")
    for model in (Id, From):
        parts.append(f"\n### {model.__name__}\n\n{first_line(model)}\n\n")
        parts.append(field_table(model, skip=set()))
    return "".join(parts)


_TABLES_SAY = (
    "Strict YAML, as every record is. A **bold** key must be there. Columns are named as in the header; "
    "case, accents and blanks don't matter."
)
