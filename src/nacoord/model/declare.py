"""Declarations: what a record is made of, said once, and read without a library.

A kind is a class whose annotations say its fields. Validation makes pydantic types of them
(`nacoord.model.typed`), and only when a file is read for the first time: importing pydantic takes
half as long as everything else that a command imports, and what has been read once is known to be
valid. The words here are pydantic's, since it does the validating.

An instance keeps what its file says: fields that are not said take no room, and a text that stands
for a day, a moment or a mapping becomes one when it is first asked for.
"""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from inspect import get_annotations
from types import MappingProxyType
from types import UnionType
from typing import Annotated
from typing import Any
from typing import ClassVar
from typing import Self
from typing import TypeGuard
from typing import Union
from typing import dataclass_transform
from typing import get_args
from typing import get_origin

# Stands before the name of a field whose value is still as the file has it.
RAW = "~"
# The name of what brings the fields that are seldom asked for, while it has not been asked: a function
# and what to give it.
REST = "~"

# What no file holds as a key: the id is its name, and own keys stand beside the others.
NOT_IN_FILES = ("id", "extras")

Decode = Callable[[Any], Any]


class BadValueError(ValueError):
    """A value is not what its field says.

    Attributes:
        code: a row of `nacoord.model.faultcodes`.
        message: what is wrong, naming the value.
        hint: what to do about it.
    """

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


class Checked:
    """Marks a type whose values a function looks at; it returns the value or raises BadValueError."""

    __slots__ = ("check",)

    def __init__(self, check: Callable[[Any], Any]) -> None:
        self.check = check


class Matching:
    """Marks a text that a regular expression must find itself in."""

    __slots__ = ("pattern",)

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern


class Scalar:
    """Marks a type that a file writes as a text.

    Attributes:
        parse: reads any value strictly, or raises BadValueError; `str` of what it returns is the text.
        decode: makes the value of a text that is known to be one.
        schema: what JSON Schema says of the text.
    """

    __slots__ = ("decode", "parse", "schema")

    def __init__(self, parse: Decode, decode: Decode, schema: Mapping[str, Any]) -> None:
        self.parse = parse
        self.decode = decode
        self.schema = schema


class Described:
    """Marks a text of which JSON Schema has more to say."""

    __slots__ = ("schema",)

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.schema = schema


class FieldInfo:
    """A field of a class.

    Attributes:
        name: the attribute.
        alias: the key of the file, where it is another.
        annotation: its type.
        metadata: the marks of its type.
        default: what it is when nothing is said; shared, and never changed.
        description: what it means.
        constraints: what pydantic holds it to, as `ge`.
        seldom: True when few questions ask for it, so that it may be brought later than the others.
        stored: the name under which an instance keeps what its file says.
    """

    __slots__ = (
        "alias",
        "annotation",
        "constraints",
        "default",
        "description",
        "metadata",
        "name",
        "seldom",
        "stored",
    )

    def __init__(
        self,
        default: Any = ...,
        description: str = "",
        alias: str | None = None,
        seldom: bool = False,
        constraints: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        self.name = self.stored = ""
        self.seldom = seldom
        self.alias = alias
        self.annotation: Any = None
        self.metadata: tuple[Any, ...] = ()
        self.default = default
        self.description = description
        self.constraints = constraints

    def is_required(self) -> bool:
        """Tell whether a file must have it."""
        return self.default is ...

    @property
    def key(self) -> str:
        """The key of the file."""
        return self.alias or self.name


def Field(  # noqa: N802 - pydantic's word
    *,
    default: Any = ...,
    description: str,
    alias: str | None = None,
    seldom: bool = False,
    **constraints: Any,
) -> Any:
    """Declare a field; without a default a file must have it."""
    return FieldInfo(default, description, alias, seldom, constraints)


class _Said:
    """Makes a field's value of what the file says when it is first asked for, and keeps it.

    No data descriptor: once the value is kept, an instance answers without it.
    """

    __slots__ = ("decode", "default", "name", "seldom", "stored")

    def __init__(self, info: FieldInfo, decode: Decode | None) -> None:
        self.name = info.name
        self.stored = info.stored
        self.default = info.default
        self.seldom = info.seldom
        self.decode = decode

    def __get__(self, instance: Any, owner: Any) -> Any:
        if instance is None:
            return self
        said = instance.__dict__
        if self.seldom and REST in said:
            _bring_rest(said)
        value = said.get(self.stored, said)
        if value is said:
            if self.default is ...:
                raise AttributeError(self.name)
            return self.default
        if self.decode is not None:
            value = said[self.name] = self.decode(said.pop(self.stored))
        return value


def _bring_rest(said: dict[str, Any]) -> None:
    bring, place = said[REST]
    brought = bring(place)
    # Gone only once it has brought them: after an error a field must not look as if it said nothing.
    del said[REST]
    said.update(brought)


class _Class(type):
    """What declared classes are of; without it mypy takes them for classes that can't be hashed."""


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(Field,))
class Declared(metaclass=_Class):
    """A class whose annotations are its fields; its instances can't be changed."""

    model_fields: ClassVar[dict[str, FieldInfo]] = {}

    def __init_subclass__(cls) -> None:
        fields = dict(cls.model_fields)
        for name, annotation in get_annotations(cls).items():
            fields[name] = _settle(cls, name, annotation)
        cls.model_fields = fields

    def __init__(self, **values: Any) -> None:
        fields = type(self).model_fields
        for name, info in fields.items():
            if info.is_required() and name not in values:
                raise TypeError(f"{type(self).__name__} needs {name}")
        for name in values:
            if name not in fields:
                raise TypeError(f"{type(self).__name__} has no {name}")
        object.__setattr__(self, "__dict__", values)

    @classmethod
    def of(cls, said: dict[str, Any]) -> Self:
        """Return an instance of what a valid file says, by stored name; the dict is the instance's."""
        made = cls.__new__(cls)
        object.__setattr__(made, "__dict__", said)
        return made

    @classmethod
    def each_of(cls, many: Iterable[dict[str, Any]]) -> list[Self]:
        """Return an instance of each of what valid files say; a kind has thousands."""
        new, put = cls.__new__, object.__setattr__
        found = []
        for said in many:
            made = new(cls)
            put(made, "__dict__", said)
            found.append(made)
        return found

    def __setattr__(self, name: str, value: Any) -> None:
        raise TypeError(f"{type(self).__name__} can't be changed")

    def __delattr__(self, name: str) -> None:
        raise TypeError(f"{type(self).__name__} can't be changed")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self is other or all(
            getattr(self, name) == getattr(other, name) for name in type(self).model_fields
        )

    def __hash__(self) -> int:
        fields = type(self).model_fields
        return hash((type(self), tuple(_hashable(getattr(self, name)) for name in fields)))

    def __repr__(self) -> str:
        said = (f"{name}={getattr(self, name)!r}" for name in self.model_fields_set)
        return f"{type(self).__name__}({', '.join(said)})"

    def all_said(self) -> dict[str, Any]:
        """Return what its file says, by stored name or, once it was asked for, by name; to be read only."""
        said = self.__dict__
        if REST in said:
            _bring_rest(said)
        return said

    @property
    def model_fields_set(self) -> frozenset[str]:
        """The names of the fields that are said."""
        return frozenset(name.removeprefix(RAW) for name in self.all_said())

    def model_copy(self, *, update: Mapping[str, Any], unsaid: Iterable[str] = ()) -> Self:
        """Return a copy with other values of some fields; those in `unsaid` go back to their default."""
        said = dict(self.all_said())
        for name in (*update, *unsaid):
            said.pop(name, None)
            said.pop(RAW + name, None)
        return self.of(said | {name: update[name] for name in update if name not in set(unsaid)})


def _settle(cls: type[Declared], name: str, annotation: Any) -> FieldInfo:
    """Return what a class says of a field, and make the attribute that answers for it."""
    said = cls.__dict__.get(name)
    info = said if isinstance(said, FieldInfo) else FieldInfo()
    info.name = name
    decode = _decoder(annotation)
    info.stored = name if decode is None else RAW + name
    if get_origin(annotation) is Annotated:
        info.annotation, *marks = get_args(annotation)
        info.metadata = tuple(marks)
    else:
        info.annotation = annotation
    if decode is not None or info.seldom:
        setattr(cls, name, _Said(info, decode))
    elif not info.is_required():
        setattr(cls, name, info.default)
    elif said is not None:
        delattr(cls, name)
    return info


def _decoder(annotation: Any) -> Decode | None:
    """Return what makes a value of what a file says; None where that is the value."""
    origin = get_origin(annotation)
    if origin is None:
        return annotation.of if is_declared(annotation) else None
    if origin is Annotated:
        mark = next((mark for mark in annotation.__metadata__ if isinstance(mark, Scalar)), None)
        return mark.decode if mark else _decoder(annotation.__origin__)
    args = get_args(annotation)
    if origin is tuple:
        inner = _decoder(args[0])
        return None if inner is None else _all(inner)
    if origin is dict:
        inner = _decoder(args[1])
        return None if inner is None else _each(inner)
    if origin is Union or origin is UnionType:
        inner = next((found for arg in args if (found := _decoder(arg))), None)
        return None if inner is None else _if_any(inner)
    return None


def _all(decode: Decode) -> Decode:
    return lambda said: tuple(map(decode, said))


def _each(decode: Decode) -> Decode:
    return lambda said: {key: decode(value) for key, value in said.items()}


def _if_any(decode: Decode) -> Decode:
    return lambda said: None if said is None else decode(said)


def _hashable(value: Any) -> Any:
    # Equal mappings may differ in the order of their keys, and in how their numbers are written.
    return frozenset(value) if isinstance(value, dict) else value


def is_declared(annotation: Any) -> TypeGuard[type[Declared]]:
    """Tell whether a type is a class of declared fields."""
    return isinstance(annotation, type) and issubclass(annotation, Declared)


def has_fields(annotation: Any) -> TypeGuard[type[Any]]:
    """Tell whether a type says its fields in `model_fields`: one of ours, or pydantic's own."""
    return isinstance(annotation, type) and hasattr(annotation, "model_fields")


def parts_in(annotation: Any) -> list[Any]:
    """Return the types with fields that a type is made of, as the entries of a list."""
    if has_fields(annotation):
        return [annotation]
    return [part for arg in get_args(annotation) for part in parts_in(arg)]


def part_in(annotation: Any) -> Any:
    """Return the first type with fields that a type is made of; None when it has none."""
    return next(iter(parts_in(annotation)), None)


def whole_of(value: Any) -> Any:
    """Return everything a value says, and what it is where it says nothing, as JSON's types."""
    if isinstance(value, Declared):
        return {name: whole_of(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, Mapping):
        return {key: whole_of(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [whole_of(item) for item in value]
    return value if value is None or isinstance(value, (str, int, float)) else str(value)
