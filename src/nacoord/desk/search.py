"""Search: the records in which every word stands, without accents and case, best first."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any
from typing import NamedTuple

from nacoord.desk.lookup import names
from nacoord.model.declare import Declared
from nacoord.model.fault import Path
from nacoord.model.fault import dotted
from nacoord.model.folding import fold
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.table import kind_of
from nacoord.model.snapshot import Snapshot


class Hit(NamedTuple):
    """A record that has every word.

    Attributes:
        id: the record.
        kind: its kind.
        title: its title.
        field: where the first word stands, when no name has it; else empty.
        text: that text; else empty.
    """

    id: str
    kind: str
    title: str
    field: str
    text: str


class Hits(NamedTuple):
    """The answer of `nacoord search`."""

    words: tuple[str, ...]
    hits: tuple[Hit, ...]


def search(snapshot: Snapshot, words: Sequence[str]) -> Hits:
    """Find the records in which every word stands somewhere.

    Order: a name is the words, a name starts with them, a name has them, another text has them.
    """
    needles = [fold(word) for phrase in words for word in phrase.split()]
    ranked = []
    for record in snapshot.records.values():
        found = _find(record, needles)
        if found:
            ranked.append((found[0], record.id, found[1]))
    ranked.sort(key=lambda item: item[:2])
    return Hits(tuple(words), tuple(hit for _, _, hit in ranked))


def _find(record: Record, needles: Sequence[str]) -> tuple[int, Hit] | None:
    titles = [fold(name) for name in names(record)]
    kind = kind_of(record).name
    if all(any(needle in title for title in titles) for needle in needles):
        whole = " ".join(needles)
        rank = 0 if whole in titles else 1 if any(t.startswith(whole) for t in titles) else 2
        return rank, Hit(record.id, kind, record.title, "", "")
    missing = set(needles)
    first: tuple[str, str] | None = None
    for path, text in texts(record):
        folded = fold(text)
        met = {needle for needle in missing if needle in folded}
        if met and first is None and path[0] not in ("title", "aliases"):
            first = (dotted(path), text)
        missing -= met
    missing -= {needle for needle in missing if needle in record.id}
    if missing:
        return None
    field, text = first or ("", "")
    return 3, Hit(record.id, kind, record.title, field, text)


def texts(record: Record) -> Iterator[tuple[Path, str]]:
    """Yield every text of a record with its path, in the order of its model."""
    yield from _texts(record, ())


def _texts(value: Any, at: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, Declared):
        for name, info in type(value).model_fields.items():
            if at or name != "id":
                yield from _texts(getattr(value, name), (*at, info.alias or name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*at, key))
    elif isinstance(value, (tuple, list)):
        for index, item in enumerate(value):
            yield from _texts(item, (*at, index))
