"""What is kept in git's folder is kept with a sum that only this user's nacoord can make.

The sum notices what a crash left half written, and what somebody else wrote: git's folder can have
come with a copy or an archive. The key of the sum stands in the user's own state folder and never
leaves it. The name under which data is kept is part of the sum: a torn index can lead to another row
that is whole in itself.
"""

from __future__ import annotations

import os
import stat
from _blake2 import blake2b
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

FILE = "seal.key"
# The bytes of a sum.
SIZE = 16
_KEY = 32


def seal(data: bytes, name: bytes = b"") -> bytes:
    """Return the sum of data kept under a name (keyed BLAKE2b, RFC 7693), in SIZE bytes."""
    made = blake2b(b"%d\0%s" % (len(name), name), key=_key(_place()), digest_size=SIZE)
    made.update(data)
    return made.digest()


def sealed(data: bytes, name: bytes) -> bytes:
    """Return data with its sum before it."""
    return seal(data, name) + data


def opened(data: bytes, name: bytes) -> bytes | None:
    """Return data that was sealed; None when it is not what it was."""
    told = data[SIZE:]
    return told if seal(told, name) == data[:SIZE] else None


def holds(connection: sqlite3.Connection, tables: Iterable[str]) -> bool:
    """Tell whether a database has just these tables, each made by its statement.

    Anything else in one, a view for example, could be a program of somebody else's.
    """
    made = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    return sorted(sql for (sql,) in made) == sorted(tables)


def _place() -> str:
    # XDG Base Directory Specification 0.8.
    state = os.environ.get("XDG_STATE_HOME", "")
    return state if state.startswith("/") else os.path.expanduser("~/.local/state")


@cache
def _key(place: str) -> bytes:
    """Return the user's key, made when there is none; one for this run only where none can be kept."""
    folder = os.path.join(place, "nacoord")
    file = os.path.join(folder, FILE)
    with suppress(OSError):
        return _read(file)
    made = os.urandom(_KEY)
    with suppress(OSError):
        os.makedirs(folder, mode=0o700, exist_ok=True)
        temporary = f"{file}.{os.getpid()}"
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            os.write(descriptor, made)
        finally:
            os.close(descriptor)
        try:
            # Of two that make one at the same time, the first is the key.
            os.link(temporary, file)
        finally:
            os.unlink(temporary)
    with suppress(OSError):
        return _read(file)
    return made


def _read(file: str) -> bytes:
    descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(f"{file} is no file")
        found = os.read(descriptor, _KEY + 1)
    finally:
        os.close(descriptor)
    if len(found) != _KEY:
        raise OSError(f"{file} is no key")
    return found
