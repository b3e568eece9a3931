"""The fields of a kind by their dotted names, as filters, columns and sorting use them.

`next_step.due`, `parties.agency` and `links.to` reach inside; a list gives several values.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from datetime import date
from functools import cache
from functools import partial
from typing import Any
from typing import Literal
from typing import NamedTuple
from typing import get_args
from typing import get_origin

from nacoord.model.declare import NOT_IN_FILES
from nacoord.model.declare import part_in
from nacoord.model.kinds.base import Record
from nacoord.model.references import Kinds
from nacoord.model.when import When

FieldType = Literal["word", "text", "date", "number"]


class Field(NamedTuple):
    """A field of a kind.

    Attributes:
        key: its dotted name, as in `next_step.due`.
        type: a word (a choice, an id, a marking) is met whole; a text by a part of it.
        many: True when a record can have several values.
        help: what it means.
    """

    key: str
    type: FieldType
    many: bool
    help: str


# Texts that are words of a list all the same: they name something in nacoord.yaml or a code.
_WORDS = frozenset(
    {"relationships", "theme", "tags", "marking", "country", "emails", "time", "role"}
)


@cache
def fields(model: Any) -> dict[str, Field]:
    """Return a kind's fields by dotted name, in the order of its model; `id` and `kind` first."""
    found = {
        "id": Field("id", "word", False, "The record's id."),
        "kind": Field("kind", "word", False, "The record's kind."),
    }
    for field in _walk(model, "", False):
        found.setdefault(field.key, field)
    return found


def _walk(model: type[Any], prefix: str, many: bool) -> Iterator[Field]:
    for name, info in model.model_fields.items():
        if not prefix and name in NOT_IN_FILES:
            continue
        key = f"{prefix}{info.alias or name}"
        several = many or _is_many(info.annotation)
        inner = part_in(info.annotation)
        if inner is not None:
            yield from _walk(inner, f"{key}.", several)
        else:
            marks = [*info.metadata, *_metadata(info.annotation)]
            yield Field(key, _type(info.annotation, marks, key), several, info.description or "")


def _is_many(annotation: Any) -> bool:
    if get_origin(annotation) in (tuple, dict):
        return True
    return any(
        _is_many(arg) for arg in get_args(annotation) if get_origin(annotation) is not Literal
    )


def _metadata(annotation: Any) -> list[Any]:
    return [
        *getattr(annotation, "__metadata__", ()),
        *(mark for arg in get_args(annotation) for mark in _metadata(arg)),
    ]


def _leaves(annotation: Any) -> set[Any]:
    if get_origin(annotation) is Literal:
        return {Literal}
    args = get_args(annotation)
    return set().union(*(_leaves(arg) for arg in args)) if args else {annotation}


def _type(annotation: Any, marks: list[Any], key: str) -> FieldType:
    leaves = _leaves(annotation)
    if date in leaves or When in leaves:
        return "date"
    if int in leaves:
        return "number"
    is_reference = any(isinstance(mark, Kinds) for mark in marks)
    if Literal in leaves or is_reference or key.rsplit(".", maxsplit=1)[-1] in _WORDS:
        return "word"
    return "text"


def values(record: Record, key: str) -> tuple[Any, ...]:
    """Return the values a record has for a dotted name; none when it is not set."""
    return reader(key)(record)


@cache
def reader(key: str) -> Callable[[Record], tuple[Any, ...]]:
    """Return what reads the values of a dotted name: the name is taken apart once, not for each record."""
    if key == "kind":
        return _kind
    first, *rest = key.split(".")
    if not rest:
        return partial(_step, part=first)

    def read(record: Record) -> tuple[Any, ...]:
        found = _step(record, first)
        for part in rest:
            found = tuple([value for item in found for value in _step(item, part)])
        return found

    return read


def _kind(record: Record) -> tuple[str]:
    from nacoord.model.kinds.table import kind_of

    return (kind_of(record).name,)


def _step(item: Any, part: str) -> tuple[Any, ...]:
    if isinstance(item, dict):
        value = item.get(part)
    else:
        kind: Any = type(item)
        value = getattr(item, attribute(kind, part), None)
    if value is None:
        return ()
    if isinstance(value, tuple):
        return value
    return tuple(value.values()) if isinstance(value, dict) else (value,)


@cache
def attribute(model: Any, key: str) -> str:
    """Return the attribute behind a key of the file: `with` is `attendees`."""
    return next((name for name, info in model.model_fields.items() if info.alias == key), key)
