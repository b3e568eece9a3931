"""Every text in a record, with its place."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from functools import cache
from typing import Any

from nacoord.model.declare import Declared
from nacoord.model.fault import Path
from nacoord.model.kinds.base import Record


def texts(record: Record) -> Iterator[tuple[Path, str]]:
    """Yield every text of a record with its path, in the order of its model."""
    for name, key in _keys(type(record)):
        value = getattr(record, name)
        if isinstance(value, str):
            yield (key,), value
        elif value:
            yield from texts_in(value, (key,))


def texts_in(value: Any, at: Path = (), *, keys: bool = False) -> Iterator[tuple[Path, str]]:
    """Yield every text in a value with its path.

    Args:
        value: a record, a part of one, or what such are made of.
        at: where it stands.
        keys: whether the keys of mappings, which people choose, are texts too.
    """
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, Declared):
        for name, key in _keys(type(value)):
            yield from texts_in(getattr(value, name), (*at, key), keys=keys)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            place = (*at, str(key))
            if keys:
                yield place, str(key)
            yield from texts_in(item, place, keys=keys)
    elif isinstance(value, (tuple, list)):
        for index, item in enumerate(value):
            yield from texts_in(item, (*at, index), keys=keys)


@cache
def _keys(model: Any) -> tuple[tuple[str, str], ...]:
    """Return the fields of a model and their keys in the file; the id is the file's name, no text."""
    return tuple(
        (name, info.alias or name) for name, info in model.model_fields.items() if name != "id"
    )
