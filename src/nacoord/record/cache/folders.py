"""Folders of records, made of what is kept and of what must be read."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field

from nacoord.model.kinds.table import Kind
from nacoord.record.cache.chunks import FIELDS
from nacoord.record.cache.chunks import OTHERS
from nacoord.record.cache.chunks import Said
from nacoord.record.cache.chunks import grouped
from nacoord.record.cache.chunks import key_of
from nacoord.record.cache.chunks import packed
from nacoord.record.cache.chunks import unpacked
from nacoord.record.cache.database import Database
from nacoord.record.cache.database import LostError
from nacoord.record.cache.listing import Listing
from nacoord.record.cache.listing import listed
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


class Maker:
    """Puts a folder together from chunks that are kept; what is in none is read.

    Args:
        database: where chunks are kept.
        kind: the folder's kind.
        bases: listings whose chunks may hold some of the records.
    """

    def __init__(self, database: Database, kind: Kind, bases: Iterable[Listing]) -> None:
        self._database = database
        self._kind = kind
        self._rows: dict[bytes, tuple[bytes, int]] = {}
        self._chunks: set[bytes] = set()
        self._unpacked: dict[bytes, list[Said] | None] = {}
        self._bad: set[bytes] = set()
        for base in bases:
            self._chunks.update(key for key, _ in base.chunks)
            self._bad.update(blob for _, blob in base.bad)
            for _, blob, key, place in base.rows():
                self._rows[blob] = (key, place)

    def missing(self, pairs: Pairs) -> list[bytes]:
        """Return the contents that must be read."""
        return [blob for _, blob in pairs if blob not in self._rows and blob not in self._bad]

    def made(self, pairs: Pairs, read: Read, odd: Sequence[str]) -> Made:
        """Return the folder.

        Args:
            pairs: each file that should be a record: (id, content), in order of id.
            read: returns the bytes of a file.
            odd: the names of what is no record.
        """
        made = Made(Listing())
        chunks: list[tuple[bytes, int]] = []
        kept: list[tuple[str, bytes]] = []
        bad = [pair for pair in pairs if pair[1] in self._bad]
        for whole in grouped([pair for pair in pairs if pair[1] not in self._bad]):
            group: Pairs = whole
            key = key_of(self._kind, group)
            if key not in self._chunks:
                good, worse = self._read(group, read)
                bad += worse
                group = [(id, blob) for id, blob, _ in good]
                key = key_of(self._kind, group)
                rows = [(id, said) for id, _, said in good]
                made.parts |= {(key, what): part for what, part in packed(self._kind, rows).items()}
            if group:
                chunks.append((key, len(group)))
                kept += group
        again = sorted((*odd, *(f"{id}.yaml" for id, _ in bad)))
        made.listing = listed(kept, chunks, again, bad)
        return made

    def _read(self, group: Pairs, read: Read) -> tuple[list[tuple[str, bytes, Said]], Pairs]:
        """Return what the files of a chunk say, and which of them can't be read."""
        good, bad = [], []
        for id, blob in group:
            said = self._kept(blob) or self._new(id, blob, read)
            if said is None:
                bad.append((id, blob))
            else:
                good.append((id, blob, said))
        return good, bad

    def _new(self, id: str, blob: bytes, read: Read) -> Said | None:
        data = read(id, blob)
        if isinstance(data, Refused):
            return None
        from nacoord.record.reading import said_by

        return said_by(data, self._kind.model)

    def _kept(self, blob: bytes) -> Said | None:
        """Return what a file says, from a chunk that holds it."""
        if blob not in self._rows:
            return None
        key, place = self._rows[blob]
        if key not in self._unpacked:
            self._unpacked[key] = self._bring(key)
        found = self._unpacked[key]
        return None if found is None else found[place]

    def _bring(self, key: bytes) -> list[Said] | None:
        try:
            return unpacked(self._database.part(key, FIELDS), self._database.part(key, OTHERS))
        except LostError:
            return None
