"""Declared classes as pydantic types, to validate what files say and to write JSON Schema.

Validation keeps what a file says: a day stays its text, a mapping a dict, under the names by which
an instance stores them (`nacoord.model.declare`), so that what was validated and what was kept
from an earlier run are the same thing. Imported only where a file is validated or a schema shown.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import UnionType
from typing import Annotated
from typing import Any
from typing import NotRequired
from typing import Union
from typing import get_args
from typing import get_origin

import pydantic
from pydantic import AfterValidator
from pydantic import BaseModel
from pydantic import ConfigDict
from pydantic import Field
from pydantic import PlainValidator
from pydantic import StringConstraints
from pydantic import TypeAdapter
from pydantic import WithJsonSchema
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

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


@cache
def validator(model: type[Declared]) -> TypeAdapter[dict[str, Any]]:
    """Return what validates a file's mapping and returns what it says, by stored name."""
    return TypeAdapter(_said(model))


@cache
def schema_model(model: type[Declared]) -> type[BaseModel]:
    """Return the class as a pydantic model, for its JSON Schema."""
    fields: dict[str, Any] = {
        name: (_annotated(info, schema_model), _schema_field(info))
        for name, info in model.model_fields.items()
        if name not in NOT_IN_FILES
    }
    own = "extras" in model.model_fields
    config = ConfigDict(extra="forbid", json_schema_extra=_extension_keys if own else None)
    return pydantic.create_model(
        model.__name__, __config__=config, __doc__=model.__doc__, __module__=__name__, **fields
    )


def pydantic_type(annotation: Any) -> Any:
    """Return a declared annotation in pydantic's words, for its own models."""
    return _translated(annotation, _said)


@cache
def _said(model: type[Declared]) -> Any:
    """Return the mapping that a file holds for a class."""
    items: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        if name in NOT_IN_FILES:
            continue
        field: Any = Field(alias=info.key, **info.constraints)
        annotation: Any = Annotated[(_annotated(info, _said), field)]
        items[info.stored] = annotation if info.is_required() else NotRequired[annotation]
    make: Any = TypedDict
    made = make(model.__name__, items)
    made.__pydantic_config__ = ConfigDict(extra="forbid")
    return made


def _annotated(info: FieldInfo, inner: Callable[[type[Declared]], Any]) -> Any:
    annotation = info.annotation
    if info.metadata:
        annotation = Annotated[(annotation, *info.metadata)]
    return _translated(annotation, inner)


def _translated(annotation: Any, inner: Callable[[type[Declared]], Any]) -> Any:
    """Return an annotation with our marks in pydantic's words, and our classes as `inner` has them."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is None:
        return inner(annotation) if is_declared(annotation) else annotation
    if origin is Annotated:
        scalar = next((mark for mark in args[1:] if isinstance(mark, Scalar)), None)
        if scalar is not None:
            text = PlainValidator(_refusing(lambda value: str(scalar.parse(value))))
            return Annotated[Any, text, WithJsonSchema(dict(scalar.schema))]
        marks = [found for mark in args[1:] if (found := _mark(mark)) is not None]
        whole = _translated(args[0], inner)
        return Annotated[(whole, *marks)] if marks else whole
    if origin is tuple or origin is dict:
        return origin[tuple(arg if arg is ... else _translated(arg, inner) for arg in args)]
    if origin is Union or origin is UnionType:
        return Union[tuple(_translated(arg, inner) for arg in args)]  # noqa: UP007 - of a tuple
    return annotation


def _mark(mark: Any) -> Any:
    if isinstance(mark, Checked):
        return AfterValidator(_refusing(mark.check))
    if isinstance(mark, Matching):
        return StringConstraints(pattern=mark.pattern)
    if isinstance(mark, Kinds):
        return StringConstraints(min_length=1)
    if isinstance(mark, Described):
        return WithJsonSchema(dict(mark.schema))
    return mark


def _refusing(check: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a check whose refusal is pydantic's, so that it is told beside all others."""

    def checked(value: Any) -> Any:
        try:
            return check(value)
        except BadValueError as error:
            # The message is a template: braces of a text must not be read as its fields.
            said = {"said": error.message, "hint": error.hint}
            raise PydanticCustomError(error.code, "{said}", said) from None

    return checked


def _schema_field(info: FieldInfo) -> Any:
    default = info.default
    if isinstance(default, Declared):
        default = schema_model(type(default))()
    return Field(
        default=default,
        alias=info.alias,
        description=info.description or None,
        **info.constraints,
    )


def _extension_keys(schema: dict[str, Any]) -> None:
    """Say in the JSON Schema what the `x-` escape allows."""
    schema["patternProperties"] = {"^x-": {"description": "An office's own key."}}
