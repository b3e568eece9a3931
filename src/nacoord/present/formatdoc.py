"""docs/format.md: the record's format, from the models."""

from __future__ import annotations

from typing import Any
from typing import Literal
from typing import get_args
from typing import get_origin

from nacoord.model.declare import NOT_IN_FILES
from nacoord.model.declare import has_fields
from nacoord.model.declare import parts_in
from nacoord.model.kinds.base import ID_PATTERN
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.table import KINDS
from nacoord.model.office import FORMAT
from nacoord.model.office import Office
from nacoord.model.references import Kinds
from nacoord.model.when import When
from nacoord.record.migrations.table import MIGRATIONS

_HEAD = f"""\
# The record's format

<!-- Written by `make golden` from src/nacoord/model; don't edit. -->

A record set is a folder in a git work tree with a `nacoord.yaml` in it and one folder for each kind.
Each file is one record; its name without `.yaml` is the record's id (`{ID_PATTERN}`), unique over all
kinds. Records name each other by id. A key that starts with `x-` is an office's own and is kept.

Files are strict YAML 1.2 in UTF-8: one document, no tags, no key twice, at most 1 MiB. Only `true`
and `false` are booleans; `NO`, `on` and `12:30` are the texts they look like. A day is `2021-03-01`;
a moment is a day, a month (`2021-03`) or a window (`2021-03-01/2021-03-05`).

A **bold** field must be there. `nacoord schema KIND` prints the same as JSON Schema.
"""


_VERSIONS = f"""\
`format` in `nacoord.yaml` is the version of this format; a record that names none has format 0. Today's
is {FORMAT}.

An older record is read as if it had been migrated, also at an older commit with `--as-of`, and one line says
that `nacoord migrate` is due. Changes are refused until then: they are made in today's words, which would stand
beside older ones. What is edited by hand is welcome as ever, in the words of the record's own format, and kept
with `nacoord commit`. `nacoord migrate` brings all files to today's format in one commit and touches only the
bytes that differ; it looks at nothing uncommitted, and lands only when the record reads as it did before. In
`log`, `history`, `blame` and `radar` a migration is no change of any record but `nacoord.yaml`; older
versions are told as they were written.

A newer record is refused whole. `needs` beside `format` is the lowest version of nacoord that reads it, and
what is to be installed then; `nacoord migrate` writes it.

"""


def page() -> str:
    """Return the page: what every record has, each kind, nacoord.yaml, then the versions there were."""
    parts = [_HEAD, "\n## Every record\n\n", field_table(Record, skip=set()), _inner(Record, set())]
    common = set(Record.model_fields)
    told: set[type[Any]] = set(_parts(Record))
    for kind in KINDS.values():
        doc = first_line(kind.model)
        parts.append(f"\n## {kind.name}\n\n`{kind.folder}/ID.yaml`. {doc}\n\n")
        parts.append(field_table(kind.model, skip=common))
        parts.append(_inner(kind.model, told))
        told |= set(_parts(kind.model))
    parts.append(f"\n## nacoord.yaml\n\n{first_line(Office)}\n\n{field_table(Office, skip=set())}")
    parts.append(_inner(Office, told))
    parts += ["\n## Versions\n\n", _VERSIONS]
    parts += [f"- **{each.start} → {each.start + 1}**: {each.does}\n" for each in MIGRATIONS]
    return "".join(parts)


def first_line(model: type[Any]) -> str:
    """Return what a model says it is."""
    return (model.__doc__ or "").strip().splitlines()[0]


def field_table(model: type[Any], skip: set[str]) -> str:
    """Return the fields of a model as a table: name, value, meaning."""
    rows = ["| field | value | meaning |\n| --- | --- | --- |\n"]
    for name, info in model.model_fields.items():
        if name in skip or name in NOT_IN_FILES:
            continue
        key = info.alias or name
        shown = f"**{key}**" if info.is_required() else key
        value = _value(info.annotation, info.metadata)
        rows.append(f"| {shown} | {value} | {info.description or ''} |\n")
    return "".join(rows)


def _inner(model: type[Any], told: set[type[Any]]) -> str:
    return "".join(
        f"\n### {part.__name__}\n\n{first_line(part)}\n\n{field_table(part, skip=set())}"
        for part in _parts(model)
        if part not in told
    )


def _parts(model: type[Any]) -> list[type[Any]]:
    """Return the models inside a model, each once, outermost first."""
    found: list[type[Any]] = []
    for info in model.model_fields.values():
        for part in parts_in(info.annotation):
            found += [inner for inner in (part, *_parts(part)) if inner not in found]
    return found


_NAMES = {str: "text", int: "number", bool: "true or false", When: "moment", Any: "any value"}


def _value(annotation: Any, metadata: Any = ()) -> str:
    marks = [*metadata, *getattr(annotation, "__metadata__", ())]
    kinds = next((mark.kinds for mark in marks if isinstance(mark, Kinds)), None)
    if kinds is not None:
        return f"id of {' or '.join(kinds) or 'any record'}"
    if hasattr(annotation, "__metadata__"):
        return _value(annotation.__origin__)
    args = [arg for arg in get_args(annotation) if arg not in (type(None), ...)]
    origin = get_origin(annotation)
    if origin is Literal:
        return ", ".join(f"`{word}`" for word in args)
    if origin is tuple:
        return f"list of {_value(args[0])}"
    if origin is dict:
        return f"mapping of {_value(args[1])}"
    if args:
        return " or ".join(_value(arg) for arg in args)
    if has_fields(annotation):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    return _NAMES.get(annotation, "day" if annotation.__name__ == "date" else annotation.__name__)
