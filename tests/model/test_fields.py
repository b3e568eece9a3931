"""Folding, and the values and ids of a record: the quick ways say what the slow ones do."""

from __future__ import annotations

import unicodedata
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from nacoord.model.fields import attribute
from nacoord.model.fields import fields
from nacoord.model.fields import reader
from nacoord.model.folding import fold
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.table import KINDS
from nacoord.model.references import ids_held
from nacoord.model.references import references
from tests.support.sample import SAMPLE


@given(st.text())
def test_folding_takes_marks_and_case_from_any_text(text: str) -> None:
    decomposed = unicodedata.normalize("NFKD", text.casefold())

    assert fold(text) == "".join(char for char in decomposed if not unicodedata.combining(char))


def test_a_reader_finds_every_value_of_every_field() -> None:
    for kind in KINDS.values():
        for key in fields(kind.model):
            read = reader(key)
            for record in SAMPLE.of(kind.model):
                assert read(record) == _walked(record, key), (record.id, key)


def _walked(record: Record, key: str) -> tuple[Any, ...]:
    if key == "kind":
        return (next(kind.name for kind in KINDS.values() if kind.model is type(record)),)
    found: list[Any] = [record]
    name: Any = attribute
    for part in key.split("."):
        inner: list[Any] = []
        for item in found:
            value = (
                item.get(part)
                if isinstance(item, dict)
                else getattr(item, name(type(item), part), None)
            )
            if isinstance(value, dict):
                inner += value.values()
            elif isinstance(value, tuple):
                inner += value
            elif value is not None:
                inner.append(value)
        found = inner
    return tuple(found)


def test_the_ids_a_record_holds_are_those_of_its_references() -> None:
    for record in SAMPLE.records.values():
        every = list(references(record))
        assert ids_held(record) == [each.id for each in every]
        assert ids_held(record, kinds=("issue",)) == [
            each.id for each in every if each.kinds == ("issue",)
        ]
