"""The tables of a database of the record, planned from the models: a new field is in it by itself.

A kind is a table, with a column for each field that has one value; a mapping inside a record is columns
too, as `next_step_due`. A list is a table of its own, `issue_parties`, whose rows name their record and
their place in the list. Lists that every kind has are one table for all: `notes`, `tags`, `sources`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from typing import get_args
from typing import get_origin

from nacoord.model.declare import part_in
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.base import file_order
from nacoord.model.kinds.table import KINDS
from nacoord.model.references import kinds_of
from nacoord.model.when import When

# What a list's own columns are called.
RECORD, ENTRY, PLACE = "record", "entry", "place"


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        name: what it is called.
        path: the attributes that lead to its value, from its row's model.
        type: TEXT or INTEGER.
        refers: the table whose `id` it holds; empty when it holds none.
        last: True when it is the last day of the moment that stands there.
        help: what it means.
    """

    name: str
    path: tuple[str, ...]
    type: str = "TEXT"
    refers: str = ""
    last: bool = False
    help: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: of a kind, or of a list in it.

    Attributes:
        name: what it is called.
        owner: the table whose `id` its rows name; empty for a kind's.
        path: the attributes that lead to the list, from the row above; empty for a kind's.
        columns: its own columns.
        inner: the tables of the lists in its rows.
        above: the table of the list in whose entries its list stands; empty when it stands in a record.
        help: what it holds.
    """

    name: str
    owner: str
    path: tuple[str, ...]
    columns: tuple[Column, ...]
    inner: tuple[Table, ...]
    above: str = ""
    help: str = ""

    def whole(self) -> Iterator[Table]:
        """Yield the table and all inside it."""
        yield self
        for each in self.inner:
            yield from each.whole()


@cache
def table_of(kind: str) -> Table:
    """Return the table of a kind, and of its own lists."""
    model = KINDS[kind].model
    return _table(kind, "", (), model, own=kind)


def _table(
    name: str,
    owner: str,
    path: tuple[str, ...],
    model: Any,
    *,
    own: str,
    above: str = "",
    help: str = "",
) -> Table:
    columns: list[Column] = []
    inner: list[Table] = []
    for part in _parts(model, (), ""):
        if isinstance(part, Column):
            columns.append(part)
        else:
            shared = not owner and part.name in Record.model_fields
            inner.append(_list(part, name, own, shared=shared, above=name if owner else ""))
    return Table(name, owner, path, tuple(columns), tuple(inner), above, help)


@dataclass(frozen=True, slots=True)
class _List:
    """A field that holds a list or a mapping of any keys."""

    name: str
    path: tuple[str, ...]
    info: Any


def _list(found: _List, outer: str, own: str, *, shared: bool, above: str) -> Table:
    name = found.name if shared else f"{outer}_{found.name}"
    help = found.info.description or ""
    model = part_in(found.info.annotation)
    owner = "record" if shared or outer in Record.model_fields else own
    if model is not None:
        return _table(name, owner, found.path, model, own=own, above=above, help=help)
    if get_origin(found.info.annotation) is dict:
        columns: tuple[Column, ...] = (
            Column("field", ("0",), help="The field."),
            Column("marking", ("1",), help="Its marking."),
        )
    else:
        columns = (Column("value", (), _type(found.info.annotation), _refers(found.info)),)
    return Table(name, owner, found.path, columns, (), above, help)


def _parts(model: Any, path: tuple[str, ...], prefix: str) -> Iterator[Column | _List]:
    """Yield the columns and lists of a model, in the order of its files."""
    infos = model.model_fields
    order: tuple[str, ...] = tuple(infos)
    if issubclass(model, Record):
        keys = {info.alias or name: name for name, info in infos.items()}
        order = ("id", *(keys[key] for key in file_order(model)))
    for name in order:
        info = infos[name]
        key = f"{prefix}{info.alias or name}".replace(".", "_")
        here = (*path, name)
        if get_origin(info.annotation) in (tuple, dict):
            yield _List(key, here, info)
        elif inner := part_in(info.annotation):
            yield from _parts(inner, here, f"{key}_")
        else:
            help = info.description or ""
            yield Column(key, here, _type(info.annotation), _refers(info), help=help)
            if When in _leaves(info.annotation):
                yield Column(f"{key}_end", here, last=True, help="The last day of it.")
    if issubclass(model, Record):
        yield Column("own", ("extras",), help="The office's own x- keys, as JSON.")


def _leaves(annotation: Any) -> set[Any]:
    args = get_args(annotation)
    return {leaf for arg in args for leaf in _leaves(arg)} if args else {annotation}


def _type(annotation: Any) -> str:
    return (
        "INTEGER"
        if {int, bool} & {leaf for leaf in _leaves(annotation) if isinstance(leaf, type)}
        else "TEXT"
    )


def _refers(info: Any) -> str:
    kinds = kinds_of(info)
    if kinds is None:
        return ""
    return kinds[0] if len(kinds) == 1 else "record"
