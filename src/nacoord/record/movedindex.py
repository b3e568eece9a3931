"""git's index while the work tree moves: the new one waits under git's own lock.

git replaces its index by renaming `index.lock`. The new index is made in nacoord's folder and linked
there whole, so no git can commit in between, and a lock that a killed command left is known as ours.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from nacoord.record import disk
from nacoord.record.git import GitError
from nacoord.record.movedfiles import MovedFile
from nacoord.record.movedfiles import index_rows
from nacoord.record.repository import NO_HOOKS
from nacoord.record.repository import Repository
from nacoord.record.repository import RepositoryError

_TRIES = 5


def waiting(repository: Repository) -> Path:
    """Return where the new index is made."""
    return repository.own / "index.move"


def hold(repository: Repository, files: Sequence[MovedFile]) -> Path:
    """Make the index that has files as they will be, and take git's lock with it; return it.

    Everything else that is staged stays so.

    Raises:
        RepositoryError: when another git holds the index.
        GitError: when git refuses, as for a path that leads into its own folder.
    """
    whole = repository.whole
    for _ in range(_TRIES):
        repository.refuse_locked()
        index = waiting(repository)
        before = _bytes(repository.folder / "index")
        disk.discard(index)
        if before is not None:
            index.write_bytes(before)
        words = ("update-index", "--add", "--replace", "-z", "--index-info")
        settings = ("core.fsync=index", NO_HOOKS)
        done = whole.said(*words, given=index_rows(files), settings=settings, index=index)
        if done.code or b"gnoring path" in done.err:
            # It warns of a path that leads into its own folder, and goes on.
            said = done.err.decode("utf-8", "replace").strip()
            raise GitError("git says no: it can't keep what comes in", hint=said)
        try:
            _link(index, repository.index_lock)
        except FileExistsError:
            continue
        if _bytes(repository.folder / "index") == before:
            return index
        # Somebody staged something meanwhile.
        disk.discard(repository.index_lock)
    raise RepositoryError(
        "other gits are at work here without a pause", hint="nothing was changed; try again"
    )


def _link(index: Path, lock: Path) -> None:
    if not index.exists():
        # There is no index where nothing was ever staged and nothing comes.
        os.close(os.open(index, os.O_WRONLY | os.O_CREAT, 0o644))
    try:
        os.link(index, lock)
    except FileExistsError:
        raise
    except OSError:
        # Some shares know no links.
        descriptor = os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        with open(descriptor, "wb") as stream:
            stream.write(index.read_bytes())


def put(repository: Repository) -> None:
    """Let the new index take its place, and with it give back the lock."""
    os.replace(repository.index_lock, repository.folder / "index")
    disk.discard(waiting(repository))
    disk.settle(repository.folder)


def release(repository: Repository) -> None:
    """Give back the lock, if it is ours; the index is as it was."""
    index, lock = waiting(repository), repository.index_lock
    with suppress(FileNotFoundError):
        if os.path.samefile(index, lock) or _bytes(index) == _bytes(lock):
            disk.discard(lock)
    disk.discard(index)


def refresh(repository: Repository) -> None:
    """Let git look at the files of its index once, so that later looks are quick."""
    repository.said("update-index", "-q", "--refresh", settings=(NO_HOOKS,))


def _bytes(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
