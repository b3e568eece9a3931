"""A commit as a place that is kept: a folder is what its tree is, and a tree never changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nacoord.model.kinds.table import KINDS
from nacoord.model.kinds.table import Kind
from nacoord.model.office import FILE
from nacoord.record.cache.database import KEY
from nacoord.record.cache.database import Database
from nacoord.record.cache.database import Kept
from nacoord.record.cache.listing import Listing
from nacoord.record.cache.listing import loaded
from nacoord.record.cache.snapshots import Folder
from nacoord.record.cache.snapshots import UnsuitedError
from nacoord.record.commits import Commit
from nacoord.record.files import Entry
from nacoord.record.files import Refused
from nacoord.record.files import names_record
from nacoord.record.objects import REGULAR


@dataclass(frozen=True)
class CommitPlace:
    """A record as a commit has it.

    Attributes:
        commit: the commit.
        work: the name of the work tree's place, whose chunks a commit mostly shares.
    """

    commit: Commit
    work: str
    # Its state is not kept: there are too many commits.
    name: str = ""

    def folders(self, database: Database) -> dict[str, Folder]:
        """Return each kind's folder.

        Raises:
            UnsuitedError: when git names contents in another way than by SHA-1.
        """
        found: dict[str, Folder] = {}
        waiting: list[tuple[Kind, str]] = []
        for kind in KINDS.values():
            tree = self.commit.folder(kind.folder)
            if tree is None:
                found[kind.name] = Folder(Listing())
                continue
            if len(tree) != 2 * KEY:
                raise UnsuitedError
            kept = database.listing(f"tree:{kind.folder}:{tree}")
            if kept is not None:
                found[kind.name] = Folder(loaded(kept.data))
            else:
                waiting.append((kind, tree))
        if waiting:
            found |= self._made(waiting, database)
        return {name: found[name] for name in KINDS}

    def _made(self, waiting: Sequence[tuple[Kind, str]], database: Database) -> dict[str, Folder]:
        """Return the folders whose trees were not seen before."""
        from nacoord.record.cache.folders import Maker
        from nacoord.record.cache.folders import made_by

        makers = []
        for kind, tree in waiting:
            work = database.listing(f"work:{self.work}:{kind.folder}")
            bases = [loaded(work.data)] if work else []
            pairs, odd = self._listed(tree)
            makers.append(Maker(database, kind, bases, pairs, self._read, odd))
        self.commit.fetch(blob.hex() for each in makers for blob in each.missing())
        folders = {}
        for (kind, tree), made in zip(waiting, made_by(makers), strict=True):
            key = f"tree:{kind.folder}:{tree}"
            listing = made.listing
            new = Kept(key, b"", listing.dumped(), listing.keys, made.parts)
            folders[kind.name] = Folder(listing, new)
        return folders

    def _listed(self, tree: str) -> tuple[list[tuple[str, bytes]], list[str]]:
        """Return the files of a tree that should be records with their contents, and other names."""
        pairs, odd = [], []
        for name, (mode, blob) in self.commit.listed(tree).items():
            if mode in REGULAR and names_record(name):
                pairs.append((name[:-5], bytes.fromhex(blob)))
            else:
                odd.append(name)
        return sorted(pairs), odd

    def _read(self, id: str, blob: bytes) -> bytes | Refused:  # noqa: ARG002 - as a folder is read
        return self.commit.content(blob.hex())

    def office(self) -> tuple[str, bytes]:
        """Return the key of nacoord.yaml, and how it stands; no key when it is a link."""
        blob = self.commit.blob(FILE)
        return (f"office:{blob}", b"") if blob else ("", b"")

    def again(self, kind: Kind, names: Sequence[str]) -> list[Entry]:
        """Return what some names in a kind's folder are."""
        wanted = {f"{kind.folder}/{name}" for name in names}
        return [entry for entry in self.commit.entries() if entry.path in wanted]

    def strays(self) -> list[Entry]:
        """Return the folders with records beside the kinds' folders."""
        return list(self.commit.strays())
