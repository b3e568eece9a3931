"""The journal of a change under way: what a crash leaves is found by the next command and mended.

It is written before the first file is touched and removed after the commit. It holds both versions
of every file, so the record can be brought to the old state or the new one with nothing else.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nacoord.record import disk
from nacoord.record.abandoned import ours_ended
from nacoord.record.files import is_kept
from nacoord.record.recovery import JOURNAL
from nacoord.record.repository import Repository
from nacoord.record.repository import RepositoryError
from nacoord.record.worktree import WorkTree

_READ_ONLY = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC

# How long a git that was told to end is waited for, in seconds.
_PATIENCE = 2.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a change: its bytes before and after, in base64; None where it is not there."""

    path: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Journal:
    """A change under way.

    Attributes:
        subject: what it says.
        head: the commit it started from; None before the first.
        since: when, as text.
        files: what it writes.
        unknown: the files of which git has not heard before.
    """

    subject: str
    head: str | None
    since: str
    files: tuple[Entry, ...]
    unknown: tuple[str, ...]


def encoded(data: bytes | None) -> str | None:
    """Return bytes as text."""
    return None if data is None else base64.b64encode(data).decode("ascii")


def _decoded(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text, validate=True)


def write(repository: Repository, journal: Journal) -> None:
    """Keep the journal of a change that is about to touch files."""
    disk.sweep(repository.own)
    text = json.dumps(asdict(journal), ensure_ascii=False)
    disk.write_whole(repository.own / JOURNAL, text.encode())


def close(repository: Repository) -> None:
    """Forget the journal: the change is whole, or was taken back."""
    disk.discard(repository.own / JOURNAL)


def put_files(root: Path, files: Mapping[str, bytes | None]) -> None:
    """Bring files to the given bytes; all are on the disk before the first takes its place."""
    temporaries = {}
    try:
        for path, data in files.items():
            if data is not None:
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                temporaries[path] = disk.write_beside(root / path, data)
        for path, data in files.items():
            if data is None:
                disk.discard(root / path)
            else:
                disk.put_in_place(temporaries.pop(path), root / path)
    finally:
        for temporary in temporaries.values():
            disk.discard(temporary)
    for folder in {(root / path).parent for path in files}:
        disk.settle(folder)


def _take_back(repository: Repository, journal: Journal) -> list[str]:
    """Bring the files to what they were; return those that somebody has changed since."""
    changed = []
    back: dict[str, bytes | None] = {}
    for entry in journal.files:
        here = on_disk(repository.root / entry.path)
        if here == _decoded(entry.old):
            continue
        if here == _decoded(entry.new):
            back[entry.path] = _decoded(entry.old)
        else:
            changed.append(entry.path)
    put_files(repository.root, back)
    return changed


def on_disk(file: Path) -> bytes | None:
    """Return a file's bytes; None where there is none."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def recover(repository: Repository) -> list[str]:
    """End a change that was interrupted, and return what to say of it; call it inside the lock.

    It is taken back unless its commit was made. git's own lock is held meanwhile, so that a git
    which outlived the interrupted command can't commit in between.

    Raises:
        RepositoryError: when another git holds the index.
        OSError: when the disk says no; the journal stays for the next command.
    """
    data = _kept(repository)
    if data is None:
        repository.end_killed()
        return []
    if data.get("form") == "move":
        from nacoord.record.moving import recover as end_move

        return end_move(repository, data)
    journal = _read(repository, data)
    lock = _hold_index(repository)
    try:
        whole, changed = _bring(repository, journal)
    finally:
        disk.discard(lock)
    _tidy(repository, journal, whole)
    told = (
        "an interrupted change was found whole"
        if whole
        else "an interrupted change was taken back, make it again"
    )
    left = [f"{path} was changed since and is left as it is" for path in changed]
    return [f"{told}: {journal.subject}", *left]


def settle(repository: Repository, journal: Journal) -> bool:
    """Bring files and index to the new state when the commit was made, else to the old one.

    Returns:
        whether it was.

    Raises:
        RepositoryError: when git is still at it; the journal stays for the next command.
    """
    if not ours_ended(repository.own, _PATIENCE):
        raise RepositoryError("git is still at work", hint="the next command ends the change")
    repository.remove_abandoned()
    whole, _ = _bring(repository, journal)
    _tidy(repository, journal, whole)
    return whole


def _bring(repository: Repository, journal: Journal) -> tuple[bool, list[str]]:
    """Take the files back unless the commit was made.

    Returns:
        whether it was, and the files that somebody has changed since and that are left.
    """
    whole = _landed(repository, journal)
    return whole, [] if whole else _take_back(repository, journal)


def _tidy(repository: Repository, journal: Journal, whole: bool) -> None:
    """Remove what was left beside the files, mend the index, and forget the journal."""
    folders = {(repository.root / entry.path).parent for entry in journal.files}
    for folder in (*folders, repository.own):
        disk.sweep(folder)
    if whole:
        repository.settle_index([entry.path for entry in journal.files])
    else:
        repository.forget_intent(journal.unknown)
    close(repository)


def _hold_index(repository: Repository) -> Path:
    repository.remove_abandoned()
    repository.refuse_locked()
    try:
        os.close(os.open(repository.index_lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        repository.refuse_locked()
        raise
    return repository.index_lock


def _landed(repository: Repository, journal: Journal) -> bool:
    """Tell whether the change's commit was made: the head has moved and has the new files.

    Where a hook changed what was committed, its subject and what it stands on tell the commit.
    """
    paths = [entry.path for entry in journal.files]
    if repository.state(paths).head == journal.head:
        return False
    if repository.last() == (journal.head, journal.subject):
        return True
    return all(repository.committed(entry.path) == _decoded(entry.new) for entry in journal.files)


def _kept(repository: Repository) -> dict[str, Any] | None:
    """Return what the journal holds; None when there is none.

    Raises:
        RepositoryError: when it is no journal of ours.
    """
    try:
        # Without waiting for whoever writes into a pipe.
        descriptor = os.open(repository.own / JOURNAL, _READ_ONLY)
    except FileNotFoundError:
        return None
    except OSError:
        raise _unreadable(repository) from None
    try:
        with open(descriptor, "rb") as stream:
            data = json.loads(stream.read())
    except (OSError, ValueError, RecursionError):
        raise _unreadable(repository) from None
    if not isinstance(data, dict):
        raise _unreadable(repository)
    return data


def _read(repository: Repository, data: dict[str, Any]) -> Journal:
    """Return the journal of a change.

    Git's folder can have come with a copy, so that what stands there is not taken on trust: it names
    files of the record and nothing else.

    Raises:
        RepositoryError: when it is no journal of ours.
    """
    try:
        files = tuple(Entry(**entry) for entry in data.pop("files"))
        found = Journal(files=files, unknown=tuple(data.pop("unknown")), **data)
        if not _is_sound(found, WorkTree(repository.root)):
            raise _unreadable(repository)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise _unreadable(repository) from None
    return found


def _is_sound(journal: Journal, tree: WorkTree) -> bool:
    paths = (*journal.unknown, *(entry.path for entry in journal.files))
    for entry in journal.files:
        _decoded(entry.old), _decoded(entry.new)
    texts = (journal.subject, journal.since, journal.head or "")
    return all(isinstance(text, str) for text in texts) and all(
        is_kept(path) and not tree.leads_out(path) for path in paths
    )


def _unreadable(repository: Repository) -> RepositoryError:
    return RepositoryError(
        "the journal of an interrupted change can't be read",
        hint=f"see what differs with: git status\nthen remove {repository.own / JOURNAL}",
    )
