"""A shelf: the records of one kind, each chunk of them brought when it is first asked for."""

from __future__ import annotations

import marshal
from bisect import bisect_left
from bisect import bisect_right
from collections.abc import Callable
from collections.abc import ItemsView
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from collections.abc import ValuesView
from itertools import compress
from typing import Any
from typing import TypeVar
from typing import overload

from nacoord.model.declare import REST
from nacoord.model.kinds.base import Record
from nacoord.record.cache.chunks import BETWEEN
from nacoord.record.cache.chunks import FIELDS
from nacoord.record.cache.chunks import NAMES
from nacoord.record.cache.chunks import OTHERS
from nacoord.record.cache.chunks import WORDS
from nacoord.record.cache.chunks import Said
from nacoord.record.cache.chunks import seldom_names
from nacoord.record.cache.database import LostError

_BETWEEN = BETWEEN.encode()

T = TypeVar("T")
# Reads records from their files: what the database has lost meanwhile.
Refill = Callable[[Sequence[str]], dict[str, Record]]


class Shelf(Mapping[str, Record]):
    """The records of a kind by id, sorted by id.

    Args:
        model: the kind's class.
        ids: the ids in chunks, sorted.
        chunks: each chunk's key and how many of the ids are in it.
        part: returns a part of a chunk; raises LostError.
        refill: reads records from their files.
        extra: records that are in no chunk.
    """

    def __init__(
        self,
        model: type[Record],
        ids: Sequence[str],
        chunks: Sequence[tuple[bytes, int]],
        part: Callable[[bytes, str], bytes],
        refill: Refill,
        extra: Mapping[str, Record],
    ) -> None:
        self._model = model
        self._ids = ids
        self._part = part
        self._refill = refill
        self._extra = extra
        self._keys = [key for key, _ in chunks]
        self._ends: list[int] = []
        end = 0
        for _, count in chunks:
            end += count
            self._ends.append(end)
        self._brought: list[dict[str, Record] | None] = [None] * len(chunks)
        self._whole: dict[str, Record] | None = None

    def __len__(self) -> int:
        return len(self._ids) + len(self._extra)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted((*self._ids, *self._extra)) if self._extra else self._ids)

    def __contains__(self, id: object) -> bool:
        if self._whole is not None:
            return id in self._whole
        if not isinstance(id, str):
            return False
        at = bisect_left(self._ids, id)
        return (at < len(self._ids) and self._ids[at] == id) or id in self._extra

    def __getitem__(self, id: str) -> Record:
        if self._whole is not None:
            return self._whole[id]
        at = bisect_left(self._ids, id)
        if at < len(self._ids) and self._ids[at] == id:
            return self._chunk(bisect_right(self._ends, at))[id]
        return self._extra[id]

    @overload
    def get(self, id: str, /) -> Record | None: ...
    @overload
    def get(self, id: str, /, default: Record | T) -> Record | T: ...
    def get(self, id: str, /, default: Any = None) -> Any:
        """Return the record with this id, or the default."""
        if self._whole is not None:
            return self._whole.get(id, default)
        found: Any = default
        if id in self:
            found = self[id]
        return found

    def _all(self) -> dict[str, Record]:
        if self._whole is None:
            whole: dict[str, Record] = {}
            for number in range(len(self._keys)):
                whole.update(self._chunk(number))
            if self._extra:
                whole = dict(sorted({**whole, **self._extra}.items()))
            self._whole = whole
        return self._whole

    def values(self) -> ValuesView[Record]:
        """Return all records."""
        return self._all().values()

    def items(self) -> ItemsView[str, Record]:
        """Return all records with their ids."""
        return self._all().items()

    def naming(self, id: str) -> Iterator[Record]:
        """Yield the records that may name another; those that don't are left out."""
        return self._with(NAMES, [f"\n{id}\n".encode()])

    def having(self, words: Sequence[str]) -> Iterator[Record]:
        """Yield the records that may have every folded word; those that lack one are left out."""
        return self._with(WORDS, [word.encode("utf-8", "surrogatepass") for word in words])

    def _with(self, what: str, needles: Sequence[bytes]) -> Iterator[Record]:
        """Yield the records in whose part of a text all of some bytes stand."""
        yield from self._extra.values()
        for number, key in enumerate(self._keys):
            try:
                text = self._part(key, what)
            except LostError:
                yield from self._chunk(number).values()
                continue
            if all(needle in text for needle in needles):
                has = [all(needle in one for needle in needles) for one in text.split(_BETWEEN)]
                if any(has):
                    yield from compress(self._chunk(number).values(), has)

    def _chunk(self, number: int) -> dict[str, Record]:
        brought = self._brought[number]
        if brought is None:
            key = self._keys[number]
            try:
                ids, said = marshal.loads(self._part(key, FIELDS))
            except LostError:
                brought = self._refill(self._ids_of(number))
            else:
                brought = self._made(key, ids, said)
            self._brought[number] = brought
        return brought

    def _ids_of(self, number: int) -> Sequence[str]:
        start = self._ends[number - 1] if number else 0
        return self._ids[start : self._ends[number]]

    def _made(self, key: bytes, ids: Sequence[str], said: Sequence[Said]) -> dict[str, Record]:
        bring = _Others(self, key, ids).of
        for place, (id, one) in enumerate(zip(ids, said, strict=True)):
            one["id"] = id
            if REST in one:
                one[REST] = (bring, place)
        return dict(zip(ids, self._model.each_of(said), strict=True))

    def others(self, key: bytes, ids: Sequence[str]) -> Sequence[bytes]:
        """Return what the records of a chunk say in the fields that are seldom asked for."""
        try:
            found: list[bytes] = marshal.loads(self._part(key, OTHERS))
        except LostError:
            seldom = seldom_names(self._model)
            again = self._refill(ids)
            found = [
                marshal.dumps({k: value for k, value in vars(again[id]).items() if k in seldom})
                for id in ids
            ]
        return found


class _Others:
    """The seldom fields of a chunk's records, brought once for all of them."""

    __slots__ = ("_found", "_ids", "_key", "_shelf")

    def __init__(self, shelf: Shelf, key: bytes, ids: Sequence[str]) -> None:
        self._shelf = shelf
        self._key = key
        self._ids = ids
        self._found: Sequence[bytes] | None = None

    def of(self, place: int) -> Said:
        """Return those of one record, by its place in the chunk."""
        if self._found is None:
            self._found = self._shelf.others(self._key, self._ids)
        said: Said = marshal.loads(self._found[place])
        return said
