"""The columns of a kind, as tables of rows have them: its fields by dotted name, and what a cell holds.

A list of entries makes a column of each of their fields. All of them have as many items as the list has
entries, so that the third due date belongs to the third milestone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nacoord.model.cells import joined
from nacoord.model.fields import attribute
from nacoord.model.fields import fields
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.base import file_order
from nacoord.model.kinds.table import kind_of
from nacoord.model.when import When
from nacoord.present.json import jsonable

Scalar = str | int | date


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        key: the field's dotted name, as `next_step.due`; or one of the office's own `x-` keys.
        many: True when a cell can hold several values.
        help: what the field means.
    """

    key: str
    many: bool
    help: str


def columns(model: type[Record], records: Iterable[Record] = ()) -> tuple[Column, ...]:
    """Return a kind's columns in the order of its files, and the own keys that some records have."""
    order = {key: place for place, key in enumerate(("id", "kind", *file_order(model)))}
    known = sorted(fields(model).values(), key=lambda field: order[field.key.split(".")[0]])
    own = sorted({key for record in records for key in record.extras})
    return (
        *(Column(field.key, field.many, field.help) for field in known),
        *(Column(key, False, "The office's own.") for key in own),
    )


def cell(record: Record, column: Column) -> Scalar | None:
    """Return what a cell holds: a text, a number, a day; several values joined; None when it is empty."""
    value = _value(record, column.key)
    if isinstance(value, list):
        items = [_item(each) for each in value]
        return joined(items) if any(items) else None
    if isinstance(value, When):
        return value.start if value.exact else value.text
    if isinstance(value, bool):
        return _item(value)
    return value if value is None or isinstance(value, (int, date)) else str(value)


def _value(record: Record, key: str) -> Any:
    if key == "kind":
        return kind_of(record).name
    if key == "field_markings":
        return [f"{name}={marking}" for name, marking in record.field_markings.items()]
    if key in record.extras or key.startswith("x-"):
        own = record.extras.get(key)
        return _as_json(own) if isinstance(own, (dict, list)) else own
    return _inside(record, key.split("."))


def _as_json(own: Any) -> str:
    return json.dumps(jsonable(own), ensure_ascii=False, allow_nan=False)


def _inside(item: Any, parts: Sequence[str]) -> Any:
    if item is None:
        return None
    if isinstance(item, tuple):
        return [_inside(each, parts) for each in item]
    if not parts:
        return item
    kind: Any = type(item)
    return _inside(getattr(item, attribute(kind, parts[0])), parts[1:])


def _item(value: Any) -> str:
    """Return one of several values as text; of values inside it, as sources cover several fields, all."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(_item(each) for each in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
