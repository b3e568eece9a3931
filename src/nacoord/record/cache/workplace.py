"""The work tree as a place that is kept: a folder is as it was when every file stands as it did."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from time import time_ns
from typing import NamedTuple

from nacoord.model.kinds.table import KINDS
from nacoord.model.kinds.table import Kind
from nacoord.model.office import FILE
from nacoord.record.cache.database import Database
from nacoord.record.cache.database import Found
from nacoord.record.cache.database import Kept
from nacoord.record.cache.listing import Listing
from nacoord.record.cache.listing import loaded
from nacoord.record.cache.snapshots import Folder
from nacoord.record.cache.snapshots import UnsuitedError
from nacoord.record.cache.worktree import Stand
from nacoord.record.cache.worktree import blob_of
from nacoord.record.cache.worktree import dumped
from nacoord.record.cache.worktree import is_plain
from nacoord.record.cache.worktree import is_racy
from nacoord.record.cache.worktree import settled
from nacoord.record.cache.worktree import stands
from nacoord.record.cache.worktree import stood
from nacoord.record.files import Entry
from nacoord.record.files import Refused
from nacoord.record.worktree import WorkTree


class WorkPlace(NamedTuple):
    """A record in a work tree.

    Attributes:
        tree: its files.
        name: what tells it from other records in the same repository.
    """

    tree: WorkTree
    name: str

    def folders(self, database: Database) -> dict[str, Folder]:
        """Return each kind's folder.

        Raises:
            UnsuitedError: when one is a link, or can't be looked into.
        """
        found: dict[str, Folder] = {}
        # The one clock below cli: as git does, to know a file that changed just now.
        began = time_ns()
        changed: list[tuple[Kind, list[Stand], Found | None]] = []
        for kind in KINDS.values():
            now = self._stands(kind)
            kept = database.listing(f"work:{self.name}:{kind.folder}")
            if kept is not None and kept.stand == dumped(now):
                found[kind.name] = Folder(loaded(kept.data))
            else:
                changed.append((kind, now, kept))
        if changed:
            found |= self._made(changed, began, database)
        return {name: found[name] for name in KINDS}

    def _stands(self, kind: Kind) -> list[Stand]:
        path = f"{self.tree.root}/{kind.folder}"
        try:
            if not os.path.islink(path):
                return stands(path)
        except OSError:
            pass
        raise UnsuitedError

    def _made(
        self,
        changed: Sequence[tuple[Kind, list[Stand], Found | None]],
        began: int,
        database: Database,
    ) -> dict[str, Folder]:
        """Return the folders that are not as they were."""
        from nacoord.record.cache.folders import Maker
        from nacoord.record.cache.folders import made_by

        makers = []
        for kind, now, kept in changed:
            before = loaded(kept.data) if kept else Listing()
            stood_then = stood(kept.stand) if kept and kept.whole else {}
            reading = _Reading(self.tree, kind, stood_then, before)
            pairs = reading.pairs(now)
            makers.append(Maker(database, kind, [before], pairs, reading.read, reading.odd))
        clock = database.clock
        # The file system's own clock, as it was before anything was looked at.
        then = began + clock - time_ns() if clock else 0
        folders = {}
        for (kind, now, _), made in zip(changed, made_by(makers), strict=True):
            key = f"work:{self.name}:{kind.folder}"
            listing = made.listing
            new = Kept(key, settled(now, then), listing.dumped(), listing.keys, made.parts)
            folders[kind.name] = Folder(listing, new)
        return folders

    def office(self) -> tuple[str, bytes]:
        """Return the key of nacoord.yaml, and how it stands; no key where it changed just now."""
        try:
            s = os.lstat(f"{self.tree.root}/{FILE}")
        except OSError:
            return "", b""
        one = (FILE, s.st_mode, s.st_mtime_ns, s.st_ctime_ns, s.st_size, s.st_ino)
        if not stat.S_ISREG(s.st_mode) or is_racy(one, time_ns()):
            return "", b""
        return f"office:{self.name}", dumped([one])

    def again(self, kind: Kind, names: Sequence[str]) -> list[Entry]:
        """Return what some names in a kind's folder are."""
        return self.tree.named(kind, names)

    def strays(self) -> list[Entry]:
        """Return the folders with records beside the kinds' folders."""
        return list(self.tree.strays())


class _Reading:
    """The files of a folder: what git would call their content, found by reading what is not as it was."""

    def __init__(
        self, tree: WorkTree, kind: Kind, before: dict[str, Stand], listing: Listing
    ) -> None:
        self._tree = tree
        self._kind = kind
        self._before = before
        self._blobs = {id: blob for id, blob, _, _ in listing.rows()} | dict(listing.bad)
        self._read: dict[str, bytes] = {}
        self.odd: list[str] = []

    def pairs(self, found: Sequence[Stand]) -> list[tuple[str, bytes]]:
        """Return each file that should be a record with its content, in order of id."""
        pairs = []
        for one in found:
            name = one[0]
            if not is_plain(one):
                self.odd.append(name)
                continue
            id = name[:-5]
            blob = self._blobs.get(id) if self._before.get(name) == one else None
            if blob is None:
                data = self._tree.read(f"{self._kind.folder}/{name}")
                if isinstance(data, Refused):
                    self.odd.append(name)
                    continue
                blob = blob_of(data)
                self._read[id] = data
            pairs.append((id, blob))
        pairs.sort()
        return pairs

    def read(self, id: str, blob: bytes) -> bytes | Refused:
        """Return the bytes of a file; of those that were read already, the same ones."""
        data = self._read.pop(id, None)
        if data is not None:
            return data
        again = self._tree.read(f"{self._kind.folder}/{id}.yaml")
        return again if isinstance(again, Refused) or blob_of(again) == blob else _changed()


def _changed() -> Refused:
    return Refused("unreadable-file", "changed while it was read", "run the command again")
