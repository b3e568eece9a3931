"""Listings: what is known of a folder of records, and how its files stood when it was."""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from collections.abc import Sequence
from typing import NamedTuple

from nacoord.record.cache.database import KEY


class Listing(NamedTuple):
    """What is known of a folder of a kind.

    Attributes:
        ids: the ids of the records in chunks, sorted.
        blobs: the content of their files, as git names it (SHA-1), one after the other.
        chunks: each chunk's key and how many of the ids are in it.
        again: the names of what must be looked at each time: files that can't be read, and whatever
            else is no record of the folder.
        bad: the content of those files among them that can't be read, by id.
        name: what tells it from any other listing (SHA-1).
    """

    ids: tuple[str, ...] = ()
    blobs: bytes = b""
    chunks: tuple[tuple[bytes, int], ...] = ()
    again: tuple[str, ...] = ()
    bad: tuple[tuple[str, bytes], ...] = ()
    name: bytes = b""

    def dumped(self) -> bytes:
        """Return it as it is kept."""
        whole = (self.ids, self.blobs, self.chunks, self.again, self.bad, self.name)
        return marshal.dumps(whole, 2)

    @property
    def keys(self) -> bytes:
        """The keys of the chunks, one after the other."""
        return b"".join(key for key, _ in self.chunks)

    def rows(self) -> Iterator[tuple[str, bytes, bytes, int]]:
        """Yield each record: id, content, key of its chunk, place in it."""
        at = 0
        for key, count in self.chunks:
            for place in range(count):
                yield self.ids[at], self.blob(at), key, place
                at += 1

    def blob(self, at: int) -> bytes:
        """Return the content of one of the files."""
        return self.blobs[at * KEY : (at + 1) * KEY]


def loaded(data: bytes) -> Listing:
    """Return a listing that was kept."""
    return Listing(*marshal.loads(data)) if data else Listing()


def listed(
    pairs: Sequence[tuple[str, bytes]],
    chunks: Sequence[tuple[bytes, int]],
    again: Sequence[str],
    bad: Sequence[tuple[str, bytes]],
) -> Listing:
    """Return the listing of records: (id, content) in order of id."""
    from hashlib import sha1

    ids = tuple(id for id, _ in pairs)
    blobs = b"".join(blob for _, blob in pairs)
    whole = marshal.dumps((ids, blobs, tuple(again), tuple(bad)), 2)
    name = sha1(whole, usedforsecurity=False).digest()
    return Listing(ids, blobs, tuple(chunks), tuple(again), tuple(bad), name)
