"""Whatever a record says, field by field; ids in it are links."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from functools import cache
from typing import Any

from markupsafe import Markup

from nacoord.model.declare import Declared
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.base import file_order
from nacoord.model.references import kinds_of
from nacoord.present.site.blocks import joined
from nacoord.present.site.blocks import lines
from nacoord.present.site.blocks import put
from nacoord.present.site.blocks import words
from nacoord.present.site.links import Links

# What stands above the fields of every page.
HEAD = frozenset({"title", "summary", "marking"})


def facts(record: Record, link: Links, told: Collection[str]) -> list[tuple[str, list[Markup]]]:
    """Return what a record says beside what is told elsewhere, in the order of its file.

    Args:
        record: the record.
        link: how ids are linked.
        told: the names of fields that are told elsewhere.
    """
    found = []
    for name, key, ids in _own_plan(type(record)):
        if name in told or name not in record.model_fields_set:
            continue
        said = list(_value(getattr(record, name), link, ids=ids))
        if said:
            found.append((key.replace("_", " "), said))
    for key, value in record.extras.items():
        found.append((key, list(_value(value, link, ids=False))))
    return found


def entries(items: tuple[Declared, ...], link: Links) -> list[Markup]:
    """Return entries of a list, a line each."""
    return [_entry(item, link, bare=True) for item in items]


@cache
def _own_plan(model: type[Record]) -> tuple[tuple[str, str, bool], ...]:
    named = {key: (name, key, ids) for name, key, ids in _plan(model)}
    return tuple(named[key] for key in file_order(model))


@cache
def _plan(model: type[Declared]) -> tuple[tuple[str, str, bool], ...]:
    """Return the fields of a model: attribute, key in the file, whether it holds ids."""
    return tuple(
        (name, info.alias or name, kinds_of(info) is not None)
        for name, info in model.model_fields.items()
    )


def _value(value: Any, link: Links, *, ids: bool) -> Iterator[Markup]:
    """Yield the lines of a field's value."""
    if isinstance(value, (tuple, list)):
        if value and isinstance(value[0], Declared):
            yield from entries(tuple(value), link)
        elif value:
            yield joined(_scalar(item, link, ids=ids) for item in value)
    elif isinstance(value, Declared):
        yield _entry(value, link, bare=False)
    elif isinstance(value, dict):
        for key, item in value.items():
            said = joined(_value(item, link, ids=False), "; ")
            yield put("{}: {}", words(str(key)), said)
    elif isinstance(value, str) and not ids:
        yield from lines(value)
    elif value is not None:
        yield _scalar(value, link, ids=ids)


def _entry(item: Declared, link: Links, *, bare: bool) -> Markup:
    """Return an entry on one line, its fields with their names; the first without, if it is bare."""
    parts: list[Markup] = []
    for name, key, ids in _plan(type(item)):
        value = getattr(item, name)
        if name not in item.model_fields_set or value in (None, (), ""):
            continue
        if isinstance(value, Declared):
            said = _entry(value, link, bare=False)
        elif isinstance(value, tuple):
            said = joined(
                _entry(each, link, bare=True)
                if isinstance(each, Declared)
                else _scalar(each, link, ids=ids)
                for each in value
            )
        else:
            said = _scalar(value, link, ids=ids)
        first = bare and not parts
        parts.append(said if first else put("{}: {}", key.replace("_", " "), said))
    return joined(parts, "; ")


def _scalar(value: Any, link: Links, *, ids: bool) -> Markup:
    if ids:
        return link.title(str(value))
    return words(str(value).lower() if isinstance(value, bool) else str(value))
