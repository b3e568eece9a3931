"""The database in git's folder that holds what was read before."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from collections.abc import Iterable
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from types import MappingProxyType
from typing import NamedTuple
from zlib import crc32

import nacoord
from nacoord.model.office import FORMAT
from nacoord.record.sealing import SIZE
from nacoord.record.sealing import holds
from nacoord.record.sealing import opened
from nacoord.record.sealing import seal
from nacoord.record.sealing import sealed

FILE = "records.sqlite"
# Raised when what is kept, or how, changes.
_FORMAT = 4
# Trees of commits that are kept: an office asks about few moments again and again.
_TREES = 140
_TABLES = (
    "CREATE TABLE version (tag TEXT)",
    "CREATE TABLE listing (key TEXT PRIMARY KEY, stand BLOB, data BLOB, chunks BLOB)",
    "CREATE TABLE part (key BLOB, what TEXT, data BLOB, PRIMARY KEY (key, what))",
)
# Where the code is that decides what a file says and what doesn't hold: what other code kept is void.
_CODE = ("model", "model/kinds", "record", "record/cache", "desk", "desk/checks")
KEY = 20


class LostError(Exception):
    """Something that was kept is not there any more, or is not what it was."""


class Kept(NamedTuple):
    """What is to be kept of a folder.

    Attributes:
        key: of which.
        stand: how its files stood; empty for what can't change.
        data: what is known of it.
        chunks: the keys of its chunks, one after the other.
        parts: parts of chunks that are new, by key and what they are.
    """

    key: str
    stand: bytes
    data: bytes
    chunks: bytes = b""
    parts: Mapping[tuple[bytes, str], bytes] = MappingProxyType({})


class Found(NamedTuple):
    """What was kept of a folder.

    Attributes:
        stand: how its files stood; it may be torn, which an equal one can't be.
        data: what is known of it.
        seal: the checksum of `stand`.
    """

    stand: bytes
    data: bytes
    seal: bytes

    @property
    def whole(self) -> bool:
        """True when `stand` is what it was."""
        return seal(self.stand) == self.seal


class Database:
    """A database that is open for reading; what is not in it is as if it had never been."""

    def __init__(self, folder: str) -> None:
        self._path = os.path.join(folder, FILE)
        self._connection = _opened(self._path)

    def listing(self, key: str) -> Found | None:
        """Return how a folder stood and what was known of it then; None when that is not known."""
        named = _named(key)
        found = self._one("SELECT stand, data FROM listing WHERE key = ?", (named,))
        if found is None or not (body := opened(found[1], named.encode())):
            return None
        return Found(found[0], body[SIZE:], body[:SIZE])

    def part(self, key: bytes, what: str) -> bytes:
        """Return a part of a chunk.

        Raises:
            LostError: when it is not there, or not whole.
        """
        found = self._one("SELECT data FROM part WHERE key = ? AND what = ?", (key, what))
        if found is None or not (data := opened(found[0], key + what.encode())):
            raise LostError
        return data

    def _one(self, words: str, given: tuple[object, ...]) -> tuple[bytes, ...] | None:
        if self._connection is None:
            return None
        try:
            found: tuple[bytes, ...] | None = self._connection.execute(words, given).fetchone()
        except sqlite3.OperationalError:
            # Locked, or on a disk that fails: as good as absent, this time.
            return None
        except sqlite3.DatabaseError:
            self.drop()
            return None
        return found if found is None or all(isinstance(each, bytes) for each in found) else None

    def keep(self, folders: Iterable[Kept]) -> None:
        """Keep what was read; nothing is kept where that can't be done at once."""
        self.close()
        if os.path.lexists(self._path) and not _is_file(self._path):
            self.drop()
        try:
            self._make_folder()
            connection = sqlite3.connect(self._path, timeout=0.2, isolation_level=None)
        except (OSError, sqlite3.Error):
            return
        broken = False
        try:
            _write(connection, folders)
        except sqlite3.OperationalError:
            # Locked, or on a disk that fails: nothing is kept, this time.
            pass
        except sqlite3.DatabaseError:
            broken = True
        finally:
            connection.close()
        if broken:
            self.drop()
        self._connection = _opened(self._path)

    def drop(self) -> None:
        """Remove a database that is broken; the next read makes a new one."""
        self.close()
        with suppress(OSError):
            os.unlink(self._path)

    def close(self) -> None:
        """Close it."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    @property
    def clock(self) -> int:
        """The present in nanoseconds, as the file system that holds the database tells it."""
        try:
            path = self._make_folder()
            os.utime(path)
            return os.stat(path).st_mtime_ns
        except OSError:
            return 0

    def _make_folder(self) -> str:
        """Make the folder of the database; never git's own, which a moved work tree only names."""
        path = os.path.dirname(self._path)
        with suppress(FileExistsError):
            os.mkdir(path)
        return path


def _named(key: str) -> str:
    """Return a key as SQLite takes it; the path in one may hold bytes that are no text."""
    return key.encode("utf-8", "backslashreplace").decode()


def _opened(path: str) -> sqlite3.Connection | None:
    if not _is_file(path):
        return None
    try:
        connection = sqlite3.connect(f"file:{_quoted(path)}?mode=ro", uri=True, timeout=0.5)
    except sqlite3.Error:
        return None
    try:
        # No transaction is held while an answer is made or read: others may write.
        connection.isolation_level = None
        if _is_ours(connection):
            return connection
    except sqlite3.Error:
        pass
    connection.close()
    return None


def _is_file(path: str) -> bool:
    """Tell whether a path is a file itself.

    To open a pipe would wait for whoever writes into it, and a link leads to somebody else's database.
    """
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except OSError:
        return False


def _quoted(path: str) -> str:
    """Return a path as a URI has it (RFC 3986), as far as SQLite reads it."""
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _write(connection: sqlite3.Connection, folders: Iterable[Kept]) -> None:
    # What is lost with the power is noticed by its checksum, and read from the files again.
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA page_size = 16384")
    connection.execute("BEGIN IMMEDIATE")
    if not _is_ours(connection):
        _clear(connection)
    parts: dict[tuple[bytes, str], bytes] = {}
    for each in folders:
        parts.update(each.parts)
        named = _named(each.key)
        data = sealed(seal(each.stand) + each.data, named.encode())
        connection.execute(
            "INSERT OR REPLACE INTO listing VALUES (?, ?, ?, ?)",
            (named, each.stand, data, each.chunks),
        )
    _add(connection, parts)
    _forget(connection)
    connection.execute("COMMIT")


def _is_ours(connection: sqlite3.Connection) -> bool:
    """Tell whether this code wrote a database, run by this user."""
    if not holds(connection, _TABLES):
        return False
    said = connection.execute("SELECT tag FROM version").fetchone()
    return bool(said == (f"{tag()} {seal(tag().encode()).hex()}",))


def _clear(connection: sqlite3.Connection) -> None:
    if not holds(connection, ()):
        # What else there is could be anything: a new file takes its place.
        if not holds(connection, _TABLES):
            raise sqlite3.DatabaseError("not ours")
        for name in ("version", "listing", "part"):
            connection.execute(f"DROP TABLE {name}")
    for statement in _TABLES:
        connection.execute(statement)
    said = f"{tag()} {seal(tag().encode()).hex()}"
    connection.execute("INSERT INTO version VALUES (?)", (said,))


def _add(connection: sqlite3.Connection, parts: Mapping[tuple[bytes, str], bytes]) -> None:
    connection.executemany(
        "INSERT OR REPLACE INTO part VALUES (?, ?, ?)",
        ((key, what, sealed(data, key + what.encode())) for (key, what), data in parts.items()),
    )


def _forget(connection: sqlite3.Connection) -> None:
    """Take away the oldest trees and what no folder needs any more, once it is as much as the rest."""
    connection.execute(
        "DELETE FROM listing WHERE key LIKE 'tree:%' AND rowid NOT IN"
        " (SELECT rowid FROM listing WHERE key LIKE 'tree:%' ORDER BY rowid DESC LIMIT ?)",
        (_TREES,),
    )
    needed: set[bytes] = set()
    for (chunks,) in connection.execute("SELECT chunks FROM listing"):
        needed.update(chunks[at : at + KEY] for at in range(0, len(chunks), KEY))
    held = {key for (key,) in connection.execute("SELECT DISTINCT key FROM part")}
    if len(held) > 2 * len(needed) + 64:
        gone = ((key,) for key in held - needed)
        connection.executemany("DELETE FROM part WHERE key = ?", gone)


@cache
def tag() -> str:
    """Return what a database must have been written by to be read: this code, on this Python, of this format."""
    return (
        f"{_FORMAT} {FORMAT} {nacoord.__version__} {sys.implementation.cache_tag} {_code_stamp()}"
    )


def _code_stamp() -> int:
    here = os.path.dirname(nacoord.__file__)
    stamp = 0
    for folder in _CODE:
        with suppress(OSError), os.scandir(os.path.join(here, folder)) as found:
            for item in found:
                if item.name.endswith(".py"):
                    about = item.stat()
                    # The order in which a folder tells its files doesn't count.
                    stamp ^= crc32(f"{item.name} {about.st_size} {about.st_mtime_ns}".encode())
    return stamp
