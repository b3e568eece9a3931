"""An older format read and written as today's: files as values, and files as text."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from nacoord.model.edit import Edit
from nacoord.model.edit import Put
from nacoord.model.edit import applied
from nacoord.model.fault import Path
from nacoord.model.kinds.base import file_order
from nacoord.model.kinds.table import BY_FOLDER
from nacoord.model.office import FILE
from nacoord.model.office import FORMAT
from nacoord.model.office import Office
from nacoord.model.references import key_order
from nacoord.record.migrations.table import MIGRATIONS
from nacoord.record.migrations.table import Migration
from nacoord.record.writing.surgery import edited
from nacoord.record.yamltext import read

# What a migration says of the format itself.
NAMING = ("format", "needs")


def steps(start: int, end: int = FORMAT) -> list[Migration]:
    """Return the steps between two formats, in order; none when they are not known."""
    found = [each for each in MIGRATIONS if start <= each.start < end]
    return found if start >= 0 and end <= FORMAT else []


def upgraded(path: str, value: Any, start: int, end: int = FORMAT) -> Any:
    """Return what a file says in a later format; what is no mapping stays as it is."""
    for step in steps(start, end) if isinstance(value, dict) else ():
        if edits := _edits(step, path, value):
            value = applied(value, edits)
    return value


def upgraded_but_name(path: str, value: Any, start: int, end: int) -> Any:
    """Return what a file says in a later format, but for what it says of the format itself.

    A migration differs from what it began with in nothing else. Where the format was not named, it
    is named here.
    """
    found = upgraded(path, value, start, end)
    if path != FILE or not isinstance(found, dict):
        return found
    rest = {key: item for key, item in found.items() if key not in NAMING}
    return {"format": start, **{key: value[key] for key in NAMING if key in value}, **rest}


def upgraded_text(path: str, data: bytes, start: int) -> bytes:
    """Return a file in today's format, with only the bytes touched that differ; unreadable, as it is."""
    document = read(data)
    for step in steps(start) if not document.problems else ():
        if isinstance(document.value, dict) and (edits := _edits(step, path, document.value)):
            data = edited(data, edits, _order(path))
            document = read(data)
    return data


def _edits(step: Migration, path: str, value: dict[str, Any]) -> Sequence[Edit]:
    return [*step.edits(path, value), *(_naming(step) if path == FILE else ())]


def _naming(step: Migration) -> Iterator[Edit]:
    yield Put(("format",), step.start + 1)
    if step.needs:
        yield Put(("needs",), step.needs)


def _order(path: str) -> Callable[[Path], Sequence[str]]:
    kind = BY_FOLDER.get(path.split("/", maxsplit=1)[0])

    def order(at: Path) -> Sequence[str]:
        if kind is None:
            return key_order(Office, at)
        return file_order(kind.model) if not at else key_order(kind.model, at)

    return order
