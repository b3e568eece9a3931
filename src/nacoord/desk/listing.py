"""Lists: the records of a kind that pass every filter, in order, as columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from operator import itemgetter
from typing import Any
from typing import NamedTuple

from nacoord.desk.filters import FilterError
from nacoord.desk.filters import field_named
from nacoord.desk.filters import read_filter
from nacoord.desk.lookup import Scope
from nacoord.model.fields import fields
from nacoord.model.fields import reader
from nacoord.model.folding import fold
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.table import KINDS
from nacoord.model.kinds.table import Kind
from nacoord.model.snapshot import Snapshot
from nacoord.model.when import When

# What a list of a kind shows when nobody says which columns.
COLUMNS: dict[str, tuple[str, ...]] = {
    "issue": ("id", "priority", "health", "status", "title", "owner", "next_step.due"),
    "agency": ("id", "level", "sphere", "country", "title"),
    "person": ("id", "agency", "title", "tour.end"),
    "commitment": ("id", "status", "due", "by", "to", "title"),
    "engagement": ("date", "type", "id", "title"),
    "action": ("when", "status", "by", "id", "title"),
    "clock": ("id", "title", "citation"),
}
_MIXED = ("kind", "id", "title")
# What a list of a kind is sorted by when nobody says.
_SORT = {"engagement": "date", "action": "when"}


class Listing(NamedTuple):
    """The answer of `nacoord list`.

    Attributes:
        kind: the kind listed, None for all.
        columns: the dotted names of the columns.
        rows: for each record, its values for each column; none, one or several.
        ids: the id of each row's record.
        readings: how typed dates were understood.
    """

    kind: str | None
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[Any, ...], ...], ...]
    ids: tuple[str, ...]
    readings: tuple[str, ...]


def listing(
    snapshot: Snapshot,
    today: date,
    *,
    kind: Kind | None = None,
    filters: Sequence[str] = (),
    sort: str | None = None,
    columns: str | None = None,
) -> Listing:
    """List the records of a kind that pass every filter.

    Args:
        sort: dotted names joined by commas; one that starts with - goes downward.
        columns: dotted names joined by commas, instead of the kind's own.

    Raises:
        FilterError, BadDateError: for what can't be understood.
    """
    models = [kind.model] if kind else [row.model for row in KINDS.values()]
    read = [read_filter(text, models, today) for text in filters]
    found = list(snapshot.of(kind.model if kind else Record))
    for item in read:
        found = list(filter(item.test, found))
    keys = _sort_keys(sort or _default_sort(kind), models)
    # A Snapshot has its records by id.
    for key, down in reversed(keys[:-1] if keys[-1:] == [("id", False)] else keys):
        found = _sorted(found, key, down=down)
    shown = _columns(columns, kind, models)
    read_all = [reader(key) for key in shown]
    return Listing(
        kind=kind.name if kind else None,
        columns=shown,
        rows=tuple([tuple([read(record) for read in read_all]) for record in found]),
        ids=tuple(record.id for record in found),
        readings=tuple(item.reading for item in read if item.reading),
    )


def _sorted(records: list[Record], key: str, *, down: bool) -> list[Record]:
    """Sort by the values of a field; records without one come last, whichever way it goes."""
    read = reader(key)
    having: list[tuple[tuple[Any, ...], Record]] = []
    lacking: list[Record] = []
    for record in records:
        found = read(record)
        if found:
            having.append((_order(found), record))
        else:
            lacking.append(record)
    having.sort(key=itemgetter(0), reverse=down)
    return [record for _, record in having] + lacking


def _default_sort(kind: Kind | None) -> str:
    return _SORT.get(kind.name, "id") if kind else "id"


def _sort_keys(text: str, models: Sequence[type[Record]]) -> list[tuple[str, bool]]:
    keys = [part.strip() for part in text.split(",") if part.strip()]
    return [(field_named(key.lstrip("-"), models).key, key.startswith("-")) for key in keys]


def _columns(
    text: str | None, kind: Kind | None, models: Sequence[type[Record]]
) -> tuple[str, ...]:
    if text is None:
        return COLUMNS[kind.name] if kind else _MIXED
    keys = tuple(field_named(part.strip(), models).key for part in text.split(",") if part.strip())
    if not keys:
        known = ", ".join(key for model in models[:1] for key in fields(model))
        raise FilterError("no column is named", hint=f"name some, for example {known}")
    return keys


def _order(found: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return what values sort by: dates and numbers by size, words without case and accents."""
    return tuple([_key(value) for value in found])


def _key(value: Any) -> tuple[int, Any]:
    if isinstance(value, str):
        return 2, fold(value)
    if isinstance(value, When):
        return 0, (value.start, value.end)
    if isinstance(value, date):
        return 0, (value, value)
    if isinstance(value, (int, float)):
        return 1, value
    return 2, fold(str(value))


def within(answer: Listing, snapshot: Snapshot, scope: Scope) -> Listing:
    """Return a list without the records that are not of a part of the work."""
    if scope.kind == "everything":
        return answer
    kept = [number for number, id in enumerate(answer.ids) if _concerns(scope, snapshot, id)]
    return answer._replace(
        rows=tuple(answer.rows[number] for number in kept),
        ids=tuple(answer.ids[number] for number in kept),
    )


def _concerns(scope: Scope, snapshot: Snapshot, id: str) -> bool:
    about = getattr(snapshot.records.get(id), "issues", ())
    return id == scope.id or id in scope.issues or scope.touches(about)
