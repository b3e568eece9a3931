"""Texts that name records by their whole titles or their ids: what must not leave beside them."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from nacoord.model.fault import Path
from nacoord.model.folding import fold
from nacoord.model.kinds.base import Record

# A title of fewer words is too common to be told from ordinary text.
_TELLING = 3


@dataclass(frozen=True, slots=True)
class Named:
    """A text that may leave and that names a record which may not.

    Attributes:
        record: the record with the text.
        field: the path to the text.
        omitted: the id of the record that it names.
        words: the words by which it does.
    """

    record: str
    field: Path
    omitted: str
    words: str


def naming(kept: Iterable[Record], gone: Mapping[str, Record]) -> Iterator[Named]:
    """Yield the texts of records that name one that is gone, by its whole title or its id."""
    names = Gone(gone)
    if not names:
        return
    for record in kept:
        for field, text in _texts(record, ()):
            yield from (Named(record.id, field, id, said) for id, said in names.named(text))


class Gone:
    """The names of records that were left out."""

    def __init__(self, gone: Mapping[str, Record]) -> None:
        self._gone = gone
        self._titles: dict[tuple[str, ...], list[tuple[str, list[str]]]] = {}
        for id, record in gone.items():
            words = _words(record.title)
            if len(words) >= _TELLING:
                self._titles.setdefault(tuple(words[:_TELLING]), []).append((id, words))
        self._ids = {id for id in gone if "-" in id}

    def __bool__(self) -> bool:
        return bool(self._titles or self._ids)

    def named(self, text: str) -> list[tuple[str, str]]:
        """Return the ids of the records that a text names, with the words by which it does."""
        found = {id: id for id in self._ids & set(text.replace("`", " ").split())}
        words = _words(text)
        for at in range(len(words) - _TELLING + 1):
            for id, title in self._titles.get(tuple(words[at : at + _TELLING]), ()):
                if words[at : at + len(title)] == title:
                    found[id] = self._gone[id].title
        return sorted(found.items())


def _words(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in fold(text)).split()


def _texts(value: Any, at: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            if name != "id":
                yield from _texts(getattr(value, name), (*at, info.alias or name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(item, (*at, str(key)))
    elif isinstance(value, (tuple, list)):
        for index, item in enumerate(value):
            yield from _texts(item, (*at, index))
