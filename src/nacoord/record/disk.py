"""Files written so that a crash leaves the old or the new: temporary file, fsync, rename."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

# Hidden, so that no reader takes one for a record; ignored by nobody else's tools either.
PREFIX = ".nacoord-"
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def write_beside(file: Path, data: bytes) -> Path:
    """Write data to a new file beside another, safely on the disk; return where.

    Raises:
        OSError: when the disk says no; nothing is left behind then.
    """
    temporary = file.parent / f"{PREFIX}{file.name}.{os.getpid()}"
    mode = _mode(file)
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(temporary, flags, mode)
    try:
        try:
            with open(descriptor, "wb", closefd=False) as stream:
                stream.write(data)
            os.fchmod(descriptor, mode)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError:
        discard(temporary)
        raise
    return temporary


def _mode(file: Path) -> int:
    try:
        return os.stat(file).st_mode & 0o777
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask


def put_in_place(temporary: Path, file: Path) -> None:
    """Rename a temporary file to its place."""
    os.replace(temporary, file)


def discard(file: Path) -> None:
    """Remove a file if it is there."""
    try:
        os.unlink(file)
    except FileNotFoundError:
        return


def sweep(folder: Path) -> None:
    """Remove what a killed command left beside the files of a folder."""
    for file in folder.glob(f"{PREFIX}*"):
        if not file.is_dir():
            discard(file)


def settle(folder: Path) -> None:
    """Make the renames in a folder safe against a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def settle_all(folder: Path, files: Sequence[Path]) -> None:
    """Make files of a folder safe against a loss of power: at one stroke where the system can.

    syncfs(2) of Linux costs a disk far less than an fsync of each of thousands of files.
    """
    import ctypes

    sync = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        if sync and sync(descriptor) == 0:
            return
    finally:
        os.close(descriptor)
    for place in (*files, *{file.parent for file in files}):
        descriptor = os.open(place, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def remove_left(place: Path, prefix: str = PREFIX) -> None:
    """Remove what killed commands have left beside a place, where they built or wrote it.

    Args:
        place: what was to be built.
        prefix: with which their names begin; the place's name and the process's number follow.
    """
    pattern = re.compile(rf"{re.escape(prefix + place.name)}\.(\d+)")
    for name in os.listdir(place.parent):
        found = pattern.fullmatch(name)
        if found and not runs(int(found[1])):
            left = place.parent / name
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                discard(left)


def runs(process: int) -> bool:
    """Tell whether another process of a number is there."""
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def exchange(one: Path, other: Path) -> None:
    """Exchange two folders, at one instant where the system can (renameat2(2), Linux 3.15)."""
    import ctypes

    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    paths = (os.fsencode(one), os.fsencode(other))
    if rename and rename(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE) == 0:
        return
    aside = other.with_name(f"{one.name}.old")
    os.rename(other, aside)
    try:
        os.rename(one, other)
    except OSError:
        os.rename(aside, other)
        raise
    os.rename(aside, one)


def write_whole(file: Path, data: bytes) -> None:
    """Write a file so that it is the old or the new at any instant."""
    put_in_place(write_beside(file, data), file)
    settle(file.parent)
