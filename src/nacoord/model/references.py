"""References between records, found from the models themselves.

A field that holds another record's id is typed `Ref("agency")` (or several kinds); every
reader of references (the check, rename, impact) walks them through `references`, so a new
field is covered the day it is added.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING
from typing import Annotated
from typing import Any
from typing import NamedTuple
from typing import get_args
from typing import get_origin

from nacoord.model.declare import Declared
from nacoord.model.declare import part_in
from nacoord.model.declare import parts_in

if TYPE_CHECKING:
    from nacoord.model.fault import Path


class Kinds(NamedTuple):
    """Marks a field as holding the id of a record of one of these kinds (none: any kind)."""

    kinds: tuple[str, ...]


def _ref(*kinds: str) -> Any:
    return Annotated[str, Kinds(kinds)]


if TYPE_CHECKING:
    AgencyId = str
    PersonId = str
    PartyId = str
    IssueId = str
    ClockId = str
    EngagementId = str
    CommitmentId = str
    AnyId = str
else:
    AgencyId = _ref("agency")
    PersonId = _ref("person")
    PartyId = _ref("agency", "person")
    IssueId = _ref("issue")
    ClockId = _ref("clock")
    EngagementId = _ref("engagement")
    CommitmentId = _ref("commitment")
    AnyId = _ref()


class Reference(NamedTuple):
    """One id that one record holds of another: the field it is in, and the kinds allowed."""

    field: Path
    kinds: tuple[str, ...]
    id: str


@cache
def _plan(model: Any) -> tuple[tuple[str, str, tuple[str, ...] | None], ...]:
    """Which fields of a model lead to ids: (name, key in the file, kinds or None to look inside)."""
    steps: list[tuple[str, str, tuple[str, ...] | None]] = []
    for name, info in model.model_fields.items():
        marks = [mark for mark in info.metadata if isinstance(mark, Kinds)]
        marks += _marks(info.annotation)
        if marks:
            steps.append((name, info.alias or name, marks[0].kinds))
        elif any(_plan(inner) for inner in parts_in(info.annotation)):
            steps.append((name, info.alias or name, None))
    return tuple(steps)


def _marks(annotation: Any) -> list[Kinds]:
    found = [mark for mark in getattr(annotation, "__metadata__", ()) if isinstance(mark, Kinds)]
    for arg in get_args(annotation):
        found += _marks(arg)
    return found


def references(model: Declared, at: Path = ()) -> Iterator[Reference]:
    """Yield every reference a record holds, in the order of its model's fields."""
    for name, key, kinds in _plan(type(model)):
        value = getattr(model, name)
        many = isinstance(value, tuple)
        for index, item in enumerate(value if many else (value,)):
            if item is None:
                continue
            path = (*at, key, index) if many else (*at, key)
            if kinds is None:
                yield from references(item, path)
            else:
                yield Reference(path, kinds, item)


# The kinds allowed for an id, and the id.
Held = tuple[tuple[str, ...], str]


def held(model: Declared) -> list[Held]:
    """Return the ids a record holds and the kinds allowed for each, without where they stand.

    The same ids as `references`, for those who ask it of every record: it looks at what the
    record's file says as it is kept, and makes nothing of it.
    """
    found: list[Held] = []
    _gather(model.all_said(), type(model), found)
    return found


def ids_held(model: Declared, kinds: tuple[str, ...] | None = None) -> list[str]:
    """Return the ids a record holds; with `kinds` those of just these kinds."""
    return [id for allowed, id in held(model) if kinds is None or kinds == allowed]


def _gather(said: Mapping[str, Any], model: Any, found: list[Held]) -> None:
    for name, stored, kinds, inner in _kept_plan(model):
        # Kept as the file has it, or made into parts since.
        value = said.get(stored) or said.get(name)
        if not value:
            continue
        many = value if isinstance(value, (tuple, list)) else (value,)
        if kinds is not None:
            found += [(kinds, id) for id in many]
            continue
        parts = [part if isinstance(part, dict) else part.__dict__ for part in many]
        only = _only_id(inner)
        if only:
            # As a party or a link, of which a record holds many.
            only_name, allowed = only
            found += [(allowed, id) for part in parts if (id := part.get(only_name))]
        else:
            for part in parts:
                _gather(part, inner, found)


@cache
def _only_id(model: Any) -> tuple[str, tuple[str, ...]] | None:
    """Return the one field of a model that leads to ids, when it holds one id; else None."""
    steps = _plan(model)
    name, _, kinds = steps[0] if len(steps) == 1 else ("", "", None)
    if kinds is None or get_origin(model.model_fields[name].annotation) is tuple:
        return None
    return name, kinds


@cache
def _kept_plan(model: Any) -> tuple[tuple[str, str, tuple[str, ...] | None, Any], ...]:
    """The plan of a model, with the name under which each field is kept, and the part to look in."""
    fields = model.model_fields
    return tuple(
        (name, fields[name].stored, kinds, part_in(fields[name].annotation))
        for name, _, kinds in _plan(model)
    )


def key_order(model: type[Any], path: Path) -> tuple[str, ...]:
    """Return the keys of the mapping at a path inside a record, in the order of its model."""
    here: type[Any] | None = model
    free = False
    for part in path:
        if isinstance(part, int) or here is None or free:
            # An entry of a list, or a key that people choose, as that of a relationship.
            free = False
            continue
        info = next(
            (info for name, info in here.model_fields.items() if part in (name, info.alias)), None
        )
        here = part_in(info.annotation) if info else None
        free = info is not None and _is_mapping(info.annotation)
    if here is None:
        return ()
    return tuple(info.alias or name for name, info in here.model_fields.items())


def _is_mapping(annotation: Any) -> bool:
    return get_origin(annotation) is dict or any(map(_is_mapping, get_args(annotation)))


def kinds_of(info: Any) -> tuple[str, ...] | None:
    """Return the kinds whose ids a field holds (none: any kind); None when it holds no ids."""
    marks = [mark for mark in info.metadata if isinstance(mark, Kinds)] + _marks(info.annotation)
    return marks[0].kinds if marks else None


def reference_keys(model: Any, at: str = "") -> Iterator[str]:
    """Yield the dotted names of a model's fields that hold ids, as `parties.agency`."""
    for name, key, kinds in _plan(model):
        if kinds is not None:
            yield f"{at}{key}"
        else:
            for inner in parts_in(model.model_fields[name].annotation):
                yield from reference_keys(inner, f"{at}{key}.")
