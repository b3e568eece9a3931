"""Where in a record a typed field is, and what may stand there: `parties[texas].role`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from typing import Literal
from typing import get_args
from typing import get_origin

from nacoord.model.closest import did_you_mean
from nacoord.model.declare import NOT_IN_FILES
from nacoord.model.declare import has_fields
from nacoord.model.errors import UsageError
from nacoord.model.fault import Path
from nacoord.model.fields import FieldType
from nacoord.model.fields import fields
from nacoord.model.folding import fold
from nacoord.model.identity import identity
from nacoord.model.references import kinds_of

_PART = re.compile(r"(?:^|\.)([A-Za-z_][\w-]*)|\[([^\]]+)\]")


class FieldError(UsageError):
    """A typed field is not one of the record."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a record.

    Attributes:
        path: as the file has it.
        name: the dotted name, without entries.
        shape: one value, a list or a mapping.
        value_type: the type of the value or of the list's entries.
        kinds: the kinds whose ids it holds; None when it holds no ids.
        part: the model of the mapping, or of the list's entries; None for single values.
    """

    path: Path
    name: str
    shape: Literal["one", "list", "mapping"]
    value_type: FieldType
    kinds: tuple[str, ...] | None
    part: type[Any] | None


def find_place(model: Any, typed: str, data: Any) -> Place:
    """Return the place of a typed field in a record with this value.

    Raises:
        FieldError: when the kind has no such field, or the list no such entry.
    """
    parts = _split(typed)
    if parts[0][0].startswith("x-"):
        return Place(tuple(name for name, _ in parts), typed, "one", "text", None, None)
    here: Any = model
    path: list[str | int] = []
    names: list[str] = []
    shape: Literal["one", "list", "mapping"] = "one"
    kinds: tuple[str, ...] | None = None
    for index, (name, is_entry) in enumerate(parts):
        if is_entry:
            if shape != "list":
                raise FieldError(f'"{".".join(names)}" is no list', hint=f"set {'.'.join(names)}=")
            path.append(_entry(names, name, data))
            shape = "mapping" if here else "one"
        elif here is None:
            # The keys of field_markings are free; the check says which make sense.
            if shape != "mapping" or index + 1 < len(parts):
                raise FieldError(f'"{".".join(names)}" has no fields of its own')
            return Place((*path, name), ".".join([*names, name]), "one", "word", None, None)
        else:
            if shape == "list":
                hint = f"say which one: {'.'.join(names)}[ENTRY].{name}"
                raise FieldError(f'"{".".join(names)}" is a list', hint=hint)
            key, info = _field(here, name, names)
            names.append(key)
            path.append(key)
            kinds = kinds_of(info)
            here, shape = _shape(info.annotation)
        data = _step(data, path[-1])
    field = fields(model).get(".".join(names))
    return Place(tuple(path), ".".join(names), shape, field.type if field else "text", kinds, here)


def _split(typed: str) -> list[tuple[str, bool]]:
    parts, at = [], 0
    for found in _PART.finditer(typed):
        if found.start() != at:
            break
        parts.append((found[1], False) if found[1] else (found[2].strip(), True))
        at = found.end()
    if at != len(typed) or not parts or parts[0][1]:
        raise FieldError(f'"{typed}" is not the name of a field', hint="as next_step.due")
    return parts


def _field(model: type[Any], name: str, above: Sequence[str]) -> tuple[str, Any]:
    known = {
        info.alias or key: info
        for key, info in model.model_fields.items()
        if above or key not in NOT_IN_FILES
    }
    folded = name.lower().replace("-", "_")
    if folded in known:
        return folded, known[folded]
    where = f' in "{".".join(above)}"' if above else ""
    hint = did_you_mean(folded, known) or f"known here: {', '.join(known)}"
    raise FieldError(f'no field "{name}"{where}', hint=hint)


def _shape(annotation: Any) -> tuple[type[Any] | None, Literal["one", "list", "mapping"]]:
    if has_fields(annotation):
        return annotation, "mapping"
    origin = get_origin(annotation)
    if origin is tuple:
        return _shape(get_args(annotation)[0])[0], "list"
    if origin is dict:
        return None, "mapping"
    for arg in () if origin is Literal else get_args(annotation):
        part, shape = _shape(arg)
        if shape != "one":
            return part, shape
    return None, "one"


def _entry(names: Sequence[str], typed: str, data: Any) -> int:
    entries = data if isinstance(data, list) else []
    if typed.isdigit() and int(typed) < len(entries):
        return int(typed)
    known = [identity(names[-1], entry) for entry in entries]
    wanted = fold(typed)
    found = [index for index, name in enumerate(known) if fold(name) == wanted]
    found = found or [index for index, name in enumerate(known) if fold(name).startswith(wanted)]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(known[:6]) or "none"
    why = f'no entry "{typed}"' if not found else f'several entries begin with "{typed}"'
    raise FieldError(
        f'{why} in "{".".join(names)}"', hint=f"its entries: {listed}; or a number from 0"
    )


def _step(data: Any, part: str | int) -> Any:
    if isinstance(data, dict):
        return data.get(str(part))
    if isinstance(data, list) and isinstance(part, int) and part < len(data):
        return data[part]
    return None
