"""Edits made by hand: what differs between the work tree and the last commit, as a change."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path

from nacoord.model.kinds.table import BY_FOLDER
from nacoord.model.office import FILE
from nacoord.record import journal
from nacoord.record.changing import Change
from nacoord.record.changing import Landed
from nacoord.record.changing import telling
from nacoord.record.draft import Draft
from nacoord.record.files import Refused
from nacoord.record.files import id_of
from nacoord.record.loader import load
from nacoord.record.lock import locked
from nacoord.record.repository import Repository
from nacoord.record.repository import State
from nacoord.record.repository import open_repository
from nacoord.record.worktree import WorkTree


@dataclass
class Adoption:
    """What has been edited by hand, inside the lock."""

    repository: Repository
    shown: str
    found: list[str]
    landed: list[Landed] = field(default_factory=list)

    def ids(self) -> list[str]:
        """Return the ids of the records that differ; `nacoord.yaml` goes by its name."""
        return [id_of(path) for path in _ours(self.repository.state())]

    def change(self, ids: Sequence[str]) -> Change:
        """Return the change that keeps the edits of some records."""
        state = self.repository.state()
        tree = WorkTree(self.repository.root)
        before = Draft(tree)
        after = Draft(before)
        for path in _ours(state):
            if id_of(path) not in ids:
                continue
            here = tree.read(path) if tree.has(path) else None
            if isinstance(here, Refused):
                here = b""
            after.writes[path] = here
            before.writes[path] = self.repository.committed(path) if state.head else None
        # Before the first commit there is nothing that could have been in order.
        old = load(before, self.shown) if before.has(FILE) else None
        new = load(after, self.shown)
        if old is None:
            from nacoord.model.snapshot import snapshot

            old = snapshot(new.office, [])
        found, self.found = self.found, []
        return Change(self.repository, self.shown, old, new, after, found, self.landed)


def _ours(state: State) -> list[str]:
    return [path for path in sorted(state.differing) if is_ours(path)]


def is_ours(path: str) -> bool:
    """Tell whether a path of the record is a record's file, nacoord.yaml, or what keeps a folder."""
    folder, slash, name = path.partition("/")
    if not slash:
        return path == FILE
    return folder in BY_FOLDER and name.endswith((".yaml", ".gitkeep")) and "/" not in name


@contextmanager
def adopting(root: Path, shown: str) -> Iterator[Adoption]:
    """Begin to keep what was edited by hand, inside the lock.

    Raises:
        LockedError: when somebody else is changing the record.
        RepositoryError: when no change can be made here now.
    """
    repository = open_repository(root)
    with locked(repository.own):
        adoption = Adoption(repository, shown, journal.recover(repository))
        with telling(adoption.landed):
            yield adoption
