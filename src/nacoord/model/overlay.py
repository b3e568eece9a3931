"""A Snapshot over another: a few records differ, and all others are shared, not copied."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from heapq import merge
from types import MappingProxyType
from typing import TypeVar

from nacoord.model.fault import Fault
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.table import KINDS
from nacoord.model.snapshot import Records
from nacoord.model.snapshot import Shelf
from nacoord.model.snapshot import Snapshot
from nacoord.model.snapshot import may_have
from nacoord.model.snapshot import may_name

V = TypeVar("V")


class Overlay(Mapping[str, V]):
    """A mapping sorted by key over another one, with some entries put in, replaced or left out.

    It asks the one below only for what is asked of it.
    """

    _below: Mapping[str, V]
    _differing: dict[str, V | None]

    def __init__(self, below: Mapping[str, V], differing: Mapping[str, V | None]) -> None:
        if isinstance(below, Overlay):
            # As deep after a thousand changes as after one.
            differing = {**below._differing, **differing}
            below = below._below
        self._below = below
        # Sorted; None for what is left out.
        self._differing = dict(sorted(differing.items()))

    def __getitem__(self, key: str) -> V:
        if key not in self._differing:
            return self._below[key]
        value = self._differing[key]
        if value is None:
            raise KeyError(key)
        return value

    def __contains__(self, key: object) -> bool:
        if key in self._differing:
            return self._differing[key] is not None
        return key in self._below

    def __iter__(self) -> Iterator[str]:
        kept = (key for key in self._below if key not in self._differing)
        return merge(kept, (key for key, value in self._differing.items() if value is not None))

    def __len__(self) -> int:
        return len(self._below) + sum(
            (value is not None) - (key in self._below) for key, value in self._differing.items()
        )


class OtherShelf(Overlay[Record]):
    """The records of one kind, some of them others than below."""

    def naming(self, id: str) -> Iterator[Record]:
        """Yield the records that may refer to one, as far as that is known below."""
        return self._with_differing(may_name(self._below, id))

    def having(self, words: Sequence[str]) -> Iterator[Record]:
        """Yield the records that may have every folded word, as far as that is known below."""
        return self._with_differing(may_have(self._below, words))

    def _with_differing(self, below: Iterable[Record]) -> Iterator[Record]:
        yield from (record for record in below if record.id not in self._differing)
        yield from (record for record in self._differing.values() if record is not None)


def with_changes(
    before: Snapshot,
    differing: Mapping[str, tuple[str, Record] | None],
    *,
    faults: Iterable[Fault],
    broken: Mapping[str, str],
) -> Snapshot:
    """Return a Snapshot in which some records differ.

    Args:
        before: what all others are.
        differing: by id the file and the record; None for one that is not there.
        faults: what was wrong while reading, over all files.
        broken: ids of files that could not be read, over all files.
    """
    records = {id: pair and pair[1] for id, pair in differing.items()}
    files = {id: pair and pair[0] for id, pair in differing.items()}
    shelves: dict[type[Record], Shelf] = {}
    for kind in KINDS.values():
        below = before.records.shelf(kind.model)
        own = {
            id: record if isinstance(record, kind.model) else None
            for id, record in records.items()
            if isinstance(record, kind.model) or id in below
        }
        shelves[kind.model] = OtherShelf(below, own) if own else below
    return Snapshot(
        office=before.office,
        records=Records(shelves),
        files=Overlay(before.files, files),
        faults=tuple(faults),
        office_file=before.office_file,
        broken=MappingProxyType(dict(broken)),
        format=before.format,
    )
