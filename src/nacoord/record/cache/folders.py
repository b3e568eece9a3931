"""Folders of records, made of what is kept and of what must be read."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from functools import partial

from nacoord.model.kinds.table import Kind
from nacoord.record.cache.chunks import Row
from nacoord.record.cache.chunks import grouped
from nacoord.record.cache.chunks import key_of
from nacoord.record.cache.chunks import packed
from nacoord.record.cache.chunks import row_of
from nacoord.record.cache.chunks import unpacked
from nacoord.record.cache.database import Database
from nacoord.record.cache.database import LostError
from nacoord.record.cache.listing import Listing
from nacoord.record.cache.listing import listed
from nacoord.record.cache.spread import spread
from nacoord.record.files import Refused

Pairs = Sequence[tuple[str, bytes]]
# Returns the bytes of a record's file, by id and content.
Read = Callable[[str, bytes], bytes | Refused]


@dataclass(slots=True)
class Made:
    """A folder as it was put together.

    Attributes:
        listing: what is known of it now.
        parts: the parts of chunks that are new.
    """

    listing: Listing
    parts: dict[tuple[bytes, str], bytes] = field(default_factory=dict)


@dataclass(slots=True)
class Pack:
    """A chunk: its key, the files in it, those that can't be read, and its parts if it is new."""

    key: bytes
    good: Pairs
    bad: Pairs = ()
    parts: dict[str, bytes] = field(default_factory=dict)


def first(group: Pairs) -> str:
    """Return the id by which a chunk is known among those of its kind."""
    return group[0][0]


def made_by(makers: Sequence[Maker]) -> list[Made]:
    """Return the folders of several makers; what is all new in them is read by several processes."""
    jobs = [(number, group) for number, each in enumerate(makers) for group in each.new_groups()]

    def run(job: tuple[int, Pairs]) -> Pack:
        number, group = job
        return makers[number].packed(group)

    packs: list[dict[str, Pack]] = [{} for _ in makers]
    weight = sum(len(group) for _, group in jobs)
    for (number, group), pack in zip(jobs, spread(run, jobs, weight), strict=True):
        packs[number][first(group)] = pack
    return [each.made(found) for each, found in zip(makers, packs, strict=True)]


class Maker:
    """Puts a folder together from chunks that are kept; what is in none is read.

    Args:
        database: where chunks are kept.
        kind: the folder's kind.
        bases: listings whose chunks may hold some of the records.
        pairs: each file that should be a record: (id, content), in order of id.
        read: returns the bytes of a file.
        odd: the names of what is no record.
    """

    def __init__(
        self,
        database: Database,
        kind: Kind,
        bases: Iterable[Listing],
        pairs: Pairs,
        read: Read,
        odd: Sequence[str],
    ) -> None:
        self._database = database
        self._kind = kind
        self._pairs = pairs
        self._read = read
        self._odd = odd
        self._rows: dict[bytes, tuple[bytes, int]] = {}
        self._chunks: set[bytes] = set()
        self._unpacked: dict[bytes, list[tuple[str, Row]] | None] = {}
        self._bad: set[bytes] = set()
        for base in bases:
            self._chunks.update(key for key, _ in base.chunks)
            self._bad.update(blob for _, blob in base.bad)
            for _, blob, key, place in base.rows():
                self._rows[blob] = (key, place)
        self._groups = list(grouped([pair for pair in pairs if pair[1] not in self._bad]))
        self._known = [key_of(kind, group) for group in self._groups]

    def missing(self) -> list[bytes]:
        """Return the contents that must be read."""
        return [blob for _, blob in self._pairs if blob not in self._rows and blob not in self._bad]

    def new_groups(self) -> list[Pairs]:
        """Return the chunks of which nothing is kept: they can be read without the database."""
        return [
            group
            for group, key in zip(self._groups, self._known, strict=True)
            if key not in self._chunks and all(blob not in self._rows for _, blob in group)
        ]

    def made(self, packs: Mapping[str, Pack]) -> Made:
        """Return the folder.

        Args:
            packs: the chunks of which nothing was kept, as they were read, by their first id.
        """
        made = Made(Listing())
        chunks: list[tuple[bytes, int]] = []
        kept: list[tuple[str, bytes]] = []
        bad = [pair for pair in self._pairs if pair[1] in self._bad]
        for group, key in zip(self._groups, self._known, strict=True):
            if key in self._chunks:
                pack = Pack(key, group)
            else:
                pack = packs.get(first(group)) or self.packed(group)
            made.parts |= {(pack.key, what): part for what, part in pack.parts.items()}
            bad += pack.bad
            if pack.good:
                chunks.append((pack.key, len(pack.good)))
                kept += pack.good
        again = sorted((*self._odd, *(f"{id}.yaml" for id, _ in bad)))
        made.listing = listed(kept, chunks, again, bad)
        return made

    def packed(self, group: Pairs) -> Pack:
        """Read what is new in a chunk, and pack it."""
        rows, good, bad = [], [], []
        for id, blob in group:
            row = self._kept(id, blob) or self._new(id, blob)
            if row is None:
                bad.append((id, blob))
            else:
                rows.append((id, row))
                good.append((id, blob))
        parts = packed(rows) if rows else {}
        return Pack(key_of(self._kind, good), good, bad, parts)

    def _new(self, id: str, blob: bytes) -> Row | None:
        data = self._read(id, blob)
        if isinstance(data, Refused):
            return None
        from nacoord.record.reading import said_by

        said = said_by(data, self._kind.model)
        return None if said is None else row_of(self._kind, id, said)

    def _kept(self, id: str, blob: bytes) -> Row | None:
        """Return what a chunk holds of a record whose file is as one that was read before."""
        if blob not in self._rows:
            return None
        key, place = self._rows[blob]
        if key not in self._unpacked:
            self._unpacked[key] = self._bring(key)
        found = self._unpacked[key]
        if found is None:
            return None
        then, row = found[place]
        return row if then == id else row.renamed(self._kind, id)

    def _bring(self, key: bytes) -> list[tuple[str, Row]] | None:
        try:
            return unpacked(partial(self._database.part, key))
        except LostError:
            return None
