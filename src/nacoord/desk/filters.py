"""Filters as people type them after `list`.

priority:P1              the field is this (a text: has this in it)
next_step.due.before:+2w before that day;  .after: the same the other way
owner:none  owner:any    nothing is set;  something is
-health:green            not this
vaccine                  a plain word: somewhere in the record's id, title, names or summary
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date
from typing import Any
from typing import NamedTuple

from nacoord.desk.lookup import names
from nacoord.model.closest import did_you_mean
from nacoord.model.dates import read_date
from nacoord.model.errors import UsageError
from nacoord.model.fields import Field
from nacoord.model.fields import fields
from nacoord.model.fields import reader
from nacoord.model.folding import fold
from nacoord.model.kinds.base import Record
from nacoord.model.when import When

Test = Callable[[Record], bool]


class FilterError(UsageError):
    """A filter names no field, or asks of it what it can't answer."""


class Filter(NamedTuple):
    """A filter that has been understood.

    Attributes:
        test: tells whether a record passes.
        reading: how a date in it was understood, when it was not written as ISO; else empty.
    """

    test: Test
    reading: str = ""


def read_filter(text: str, models: Iterable[type[Record]], today: date) -> Filter:
    """Read one filter for records of these kinds.

    Raises:
        FilterError: for a field that none of them has, or `.before` on what is no date.
        BadDateError: for a date in no form of the grammar.
    """
    negated = text.startswith("-") and len(text) > 1
    body = text[1:] if negated else text
    key, colon, wanted = body.partition(":")
    known = _known(models)
    if not colon or not key or " " in key:
        found = Filter(_has_word(body))
    else:
        found = _field_filter(known, key, wanted, today)
    if not negated:
        return found
    return Filter(lambda record: not found.test(record), found.reading)


def field_named(key: str, models: Iterable[type[Record]]) -> Field:
    """Return the field with this dotted name in any of these kinds.

    Raises:
        FilterError: when none has it, or it has fields of its own.
    """
    return _named(_known(models), key)


def _known(models: Iterable[type[Record]]) -> Mapping[str, Field]:
    return {key: field for model in models for key, field in fields(model).items()}


def _field_filter(known: Mapping[str, Field], key: str, wanted: str, today: date) -> Filter:
    name, dot, side = key.rpartition(".")
    if dot and side in ("before", "after") and key not in known:
        return _dated(_named(known, name), side, wanted, today)
    field = _named(known, key)
    if wanted in ("none", "any"):
        read, any_wanted = reader(field.key), wanted == "any"
        return Filter(lambda record: any(map(_is_said, read(record))) is any_wanted)
    if field.type == "date":
        return _on_day(field, wanted, today)
    return Filter(_meets(field, fold(wanted)))


def _named(known: Mapping[str, Field], key: str) -> Field:
    if key in known:
        return known[key]
    inner = [name for name in known if name.startswith(f"{key}.")]
    if inner:
        raise FilterError(f'"{key}" has fields of its own', hint=f"name one: {', '.join(inner)}")
    guess = did_you_mean(key, known)
    top = ", ".join(sorted({name.split(".")[0] for name in known}))
    raise FilterError(f'no field "{key}"', hint=guess or f"the fields are {top}")


def _is_said(value: Any) -> bool:
    return value not in ("", {})


def _meets(field: Field, needle: str) -> Test:
    read, whole = reader(field.key), field.type in ("word", "number")

    def test(record: Record) -> bool:
        for value in read(record):
            folded = fold(value if isinstance(value, str) else str(value))
            if folded == needle or (not whole and needle in folded):
                return True
        return False

    return test


def _dated(field: Field, side: str, wanted: str, today: date) -> Filter:
    if field.type != "date":
        raise FilterError(
            f'"{field.key}" is no date', hint=f"without .{side}: {field.key}:{wanted}"
        )
    limit, read = read_date(wanted, today), reader(field.key)

    def before(record: Record) -> bool:
        return any(_span(value)[0] < limit for value in read(record))

    def after(record: Record) -> bool:
        return any(_span(value)[1] > limit for value in read(record))

    return Filter(before if side == "before" else after, _reading(wanted, limit))


def _on_day(field: Field, wanted: str, today: date) -> Filter:
    day, read = read_date(wanted, today), reader(field.key)

    def test(record: Record) -> bool:
        return any(start <= day <= end for start, end in map(_span, read(record)))

    return Filter(test, _reading(wanted, day))


def _span(value: date | When) -> tuple[date, date]:
    return (value.start, value.end) if isinstance(value, When) else (value, value)


def _reading(typed: str, day: date) -> str:
    return "" if typed == day.isoformat() else f"{typed} is {day:%A} {day.isoformat()}"


def _has_word(word: str) -> Test:
    needle = fold(word)

    def test(record: Record) -> bool:
        # Former ids and tags are seldom there, and asked for last.
        if needle in record.id or needle in fold(record.title):
            return True
        summary = record.summary
        return (
            (summary is not None and needle in fold(summary))
            or any(needle in fold(name) for name in names(record))
            or any(needle in fold(tag) for tag in record.tags)
        )

    return test
