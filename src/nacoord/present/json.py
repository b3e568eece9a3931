"""Answers for programs: one versioned envelope around every answer."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from math import isfinite
from typing import Any

from nacoord.model.fault import Fault
from nacoord.model.merging.clash import ABSENT
from nacoord.model.when import When
from nacoord.present.plain import escape_json

# Raised when a key is removed or changes its meaning; adding one does not.
SCHEMA = 1
_NO_NUMBERS = {"nan": ".nan", "inf": ".inf", "-inf": "-.inf"}


def envelope(
    kind: str, answer: Any, today: date, faults: Sequence[Fault], as_of: str | None = None
) -> str:
    """Return an answer as JSON text: schema, kind, as_of, today, data, faults.

    `as_of` is the id of the commit the answer is from; null means the work tree.
    """
    whole = {
        "schema": SCHEMA,
        "kind": kind,
        "as_of": as_of,
        "today": today.isoformat(),
        "data": jsonable(answer),
        "faults": [_fault(fault) for fault in faults],
    }
    return escape_json(json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def jsonable(value: Any) -> Any:
    """Return a value of an answer as JSON's types; dates and moments become ISO text.

    What is no number in JSON, as an office's own key may hold, becomes the text that YAML has for it
    (RFC 8259, section 6).
    """
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if isfinite(value) else _NO_NUMBERS[str(value)]
    if isinstance(value, date):
        return value.isoformat()
    if value is ABSENT:
        return None
    if isinstance(value, When):
        return value.text
    if hasattr(value, "_asdict"):
        # A NamedTuple; its fields have names, as those of a dataclass.
        return {name: jsonable(item) for name, item in value._asdict().items()}
    if isinstance(value, Mapping):
        return {str(key): jsonable(item) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(jsonable(item) for item in value)
    if isinstance(value, Sequence):
        return [jsonable(item) for item in value]
    if dataclasses.is_dataclass(value):
        return {
            field.name: jsonable(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    return _record(value)


def _record(record: Any) -> dict[str, Any]:
    """Return a record as its file has it, with its id and kind; what is not set is left out."""
    from nacoord.model.declare import NOT_IN_FILES
    from nacoord.model.kinds.base import Record
    from nacoord.model.kinds.table import kind_of

    said = record.model_fields_set
    data = {
        info.key: jsonable(getattr(record, name))
        for name, info in type(record).model_fields.items()
        if name in said and name not in NOT_IN_FILES
    }
    if isinstance(record, Record):
        data = {"id": record.id, "kind": kind_of(record).name, **data, **jsonable(record.extras)}
    return data


def _fault(fault: Fault) -> dict[str, Any]:
    return {
        "code": fault.code,
        "severity": fault.severity,
        "message": fault.message,
        "hint": fault.hint,
        "file": fault.origin.file,
        "line": fault.origin.line,
        "column": fault.origin.column,
        "record": fault.record or None,
        "field": list(fault.field),
        "unread": fault.unread,
    }
