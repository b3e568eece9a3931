"""What is plainly as declared, accepted without pydantic.

Nearly every file is right, and a change looks at one: importing pydantic for it, and letting it
build its types, takes longer than the rest of the command. What is plainly right is accepted here;
with the slightest doubt pydantic looks at all of it (`nacoord.model.typed`), and it alone says
what is wrong. So whatever is accepted here, pydantic accepts, with the same outcome.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping
from functools import cache
from types import UnionType
from typing import Annotated
from typing import Any
from typing import Literal
from typing import Union
from typing import get_args
from typing import get_origin

from nacoord.model.declare import NOT_IN_FILES
from nacoord.model.declare import BadValueError
from nacoord.model.declare import Checked
from nacoord.model.declare import Declared
from nacoord.model.declare import Described
from nacoord.model.declare import FieldInfo
from nacoord.model.declare import Matching
from nacoord.model.declare import Scalar
from nacoord.model.declare import is_declared
from nacoord.model.references import Kinds

# Returns what a value says, or raises _DoubtError.
_Look = Callable[[Any], Any]


class _DoubtError(Exception):
    """A value is not plainly what it should be; it may be all the same."""


def accepted(model: type[Declared], data: dict[str, Any]) -> dict[str, Any] | None:
    """Return what a file's mapping says, by stored name; None when pydantic has to look at it."""
    try:
        return _part(model)(data)  # type: ignore[no-any-return]
    except (_DoubtError, BadValueError):
        return None


@cache
def _part(model: Any) -> _Look:
    infos = [info for name, info in model.model_fields.items() if name not in NOT_IN_FILES]
    fields = [(info.key, info.stored, _field(info), info.is_required()) for info in infos]

    def look(value: Any) -> Any:
        if type(value) is not dict:
            raise _DoubtError
        said = {}
        for key, stored, inner, is_required in fields:
            if key in value:
                said[stored] = inner(value[key])
            elif is_required:
                raise _DoubtError
        if len(said) != len(value):
            raise _DoubtError
        return said

    return look


def _field(info: FieldInfo) -> _Look:
    annotation = info.annotation
    if info.metadata:
        annotation = Annotated[(annotation, *info.metadata)]
    inner = _look(annotation)
    return _within(inner, info.constraints) if info.constraints else inner


def _within(inner: _Look, constraints: Mapping[str, Any]) -> _Look:
    # An int is looked at strictly here anyway.
    least = constraints.get("min_length", 0)
    above, low, high = (constraints.get(name) for name in ("gt", "ge", "le"))
    if not constraints.keys() <= {"strict", "min_length", "gt", "ge", "le"}:
        return _doubt

    def look(value: Any) -> Any:
        said = inner(value)
        if said is None:
            return said
        if least and len(said) < least:
            raise _DoubtError
        if (
            (above is not None and said <= above)
            or (low is not None and said < low)
            or (high is not None and said > high)
        ):
            raise _DoubtError
        return said

    return look


def _look(annotation: Any) -> _Look:
    """Return what looks at values of a type; one of which nothing is known here is always doubted."""
    origin, args = get_origin(annotation), get_args(annotation)
    if is_declared(annotation):
        return _part(annotation)
    if annotation in (str, int, bool):
        return _text if annotation is str else _exactly(annotation)
    if origin is Annotated:
        return _marked(args[0], args[1:])
    if origin is Literal:
        return _one_of(args)
    if origin is tuple and args[1:] == (...,):
        return _all(_look(args[0]))
    if origin is dict and args[0] is str:
        return _each(_look(args[1]))
    if origin in (Union, UnionType) and len(args) == 2 and args[1] is type(None):
        return _or_none(_look(args[0]))
    return _doubt


def _doubt(value: Any) -> Any:
    raise _DoubtError


def _text(value: Any) -> Any:
    # Half a surrogate pair is no text to pydantic.
    if type(value) is not str or not (value.isascii() or _is_encodable(value)):
        raise _DoubtError
    return value


def _is_encodable(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _exactly(kind: type) -> _Look:
    def look(value: Any) -> Any:
        if type(value) is not kind:
            raise _DoubtError
        return value

    return look


def _marked(annotation: Any, marks: tuple[Any, ...]) -> _Look:
    scalar = next((mark for mark in marks if isinstance(mark, Scalar)), None)
    if scalar is not None:
        parse = scalar.parse
        return lambda value: str(parse(_text(value)))
    look = _look(annotation)
    for mark in marks:
        look = _also(look, mark)
    return look


def _also(inner: _Look, mark: Any) -> _Look:
    if isinstance(mark, Checked):
        check = mark.check
        return lambda value: check(inner(value))
    if isinstance(mark, Matching):
        return _matching(inner, mark.pattern)
    if isinstance(mark, Kinds):
        return _not_empty(inner)
    return inner if isinstance(mark, Described) else _doubt


def _matching(inner: _Look, pattern: str) -> _Look:
    compiled = re.compile(pattern)

    def look(value: Any) -> Any:
        said = inner(value)
        # Where Python and pydantic's Rust could read a pattern differently, Rust reads it.
        if not said.isascii() or not said.isprintable() or not compiled.search(said):
            raise _DoubtError
        return said

    return look


def _not_empty(inner: _Look) -> _Look:
    def look(value: Any) -> Any:
        said = inner(value)
        if not said:
            raise _DoubtError
        return said

    return look


def _one_of(words: tuple[Any, ...]) -> _Look:
    def look(value: Any) -> Any:
        if type(value) is not str or value not in words:
            raise _DoubtError
        return value

    return look


def _all(inner: _Look) -> _Look:
    def look(value: Any) -> Any:
        if type(value) is not list:
            raise _DoubtError
        return tuple(map(inner, value))

    return look


def _each(inner: _Look) -> _Look:
    def look(value: Any) -> Any:
        if type(value) is not dict:
            raise _DoubtError
        return {_text(key): inner(item) for key, item in value.items()}

    return look


def _or_none(inner: _Look) -> _Look:
    return lambda value: None if value is None else inner(value)
