"""The index's file: rows and parts in SQLite, each of them checked when it is read.

Nothing is journaled on disk and nothing is flushed: the sums notice what a crash left half written.
Commits, ids and touched files are rows that are only ever added, checked by a sum each and by their
number; all else is parts, of which the state knows the sums.
"""

from __future__ import annotations

import json
import os
import sqlite3
import stat
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from typing import Any

from nacoord.record.historyindex.errors import DamagedError
from nacoord.record.historyindex.errors import UnansweredError
from nacoord.record.sealing import holds
from nacoord.record.sealing import opened
from nacoord.record.sealing import seal
from nacoord.record.sealing import sealed

# Raise it with every change of what is kept, or of how.
_FORMAT = 2
_TABLES = (
    "CREATE TABLE parts (name TEXT PRIMARY KEY, data BLOB NOT NULL)",
    "CREATE TABLE commits (number INTEGER PRIMARY KEY, data BLOB NOT NULL)",
    "CREATE TABLE ids (id BLOB PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE touches (number INTEGER, path BLOB, data BLOB NOT NULL,"
    " PRIMARY KEY (number, path)) WITHOUT ROWID",
)
# What sqlite says when somebody else is at it or the disk won't, and nothing is wrong with the file.
_PASSING = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_AUTH,
        sqlite3.SQLITE_NOMEM,
    }
)


@dataclass(slots=True)
class State:
    """What an index holds.

    Attributes:
        world: the world it was made in.
        count: how many commits.
        heads: the commits of it that no other commit of it comes from.
        sums: the sum of each part.
    """

    world: str
    count: int = 0
    heads: list[str] = field(default_factory=list)
    sums: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit as the index holds it: its message whole, and when it was committed (seconds)."""

    id: str
    parents: tuple[str, ...]
    at: int
    who: str
    email: str
    message: str
    touches: int


@dataclass(frozen=True, slots=True)
class Touch:
    """A file that a commit has otherwise than a parent.

    Attributes:
        path: relative to the record.
        own: False when a merge took it over from one of its parents.
        blobs: of an own touch the content before, one for each parent, and after; an empty text
            where there was no file. None at all when git tells it in words of its own, as of a
            file that became a link.
    """

    path: str
    own: bool
    blobs: tuple[str, ...]


class Store:
    """An open index."""

    def __init__(self, file: Path, world: str) -> None:
        """Open an index, made or not.

        Raises:
            UnansweredError: when it can't be opened.
        """
        self.file = file
        self._world = world
        if os.path.lexists(file) and not stat.S_ISREG(os.lstat(file).st_mode):
            # To read a pipe would wait for ever, and a link leads to somebody else's database.
            raise UnansweredError(f"{file} is no file")
        with self._watched():
            self._db = sqlite3.connect(file, timeout=0.1, isolation_level=None)
        self.state = State(world)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def discard(self) -> None:
        """Throw the file away."""
        self.close()
        with suppress(OSError):
            os.unlink(self.file)

    @contextmanager
    def _watched(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
            kind = UnansweredError if code in _PASSING else DamagedError
            raise kind(str(error)) from None
        except (ValueError, KeyError, TypeError, IndexError, OverflowError) as error:
            # What was read is not of the shape that is written.
            raise DamagedError(str(error)) from None

    def begin(self) -> None:
        """See from now on what the file holds now, whatever another process adds."""
        with self._watched():
            self._db.execute("BEGIN")
            self._load()

    def begin_writing(self) -> None:
        """Keep others from writing until `commit`; who writes already is not waited for."""
        with self._watched():
            self._db.execute("PRAGMA busy_timeout = 0")
            self._db.execute("PRAGMA journal_mode = MEMORY")
            self._db.execute("PRAGMA synchronous = OFF")
            self._db.execute("PRAGMA cache_size = -32000")
            self._db.execute("BEGIN IMMEDIATE")
            self._load()
            if not self.state.count:
                self._clear()

    def commit(self) -> None:
        """Keep what was written."""
        told = [self.state.world, self.state.count, self.state.heads, self.state.sums]
        with self._watched():
            self._put("state", sealed(json.dumps(told).encode(), b"state"))
            self._db.execute("COMMIT")

    def end(self) -> None:
        """End what `begin` began."""
        if self._db.in_transaction:
            with self._watched():
                self._db.execute("ROLLBACK")

    def _load(self) -> None:
        self.state = State(self._world)
        (made,) = self._db.execute("PRAGMA user_version").fetchone()
        if made != _FORMAT:
            return
        if not holds(self._db, _TABLES):
            raise DamagedError("not ours")
        row = self._db.execute("SELECT data FROM parts WHERE name = 'state'").fetchone()
        if row is None:
            raise DamagedError("no state")
        found = State(*json.loads(_opened(row[0], "state")))
        if found.world == self._world:
            self.state = found

    def _clear(self) -> None:
        if not holds(self._db, ()):
            # What else there is could be anything: a new file takes its place.
            if not holds(self._db, _TABLES):
                raise DamagedError("not ours")
            for name in ("parts", "commits", "ids", "touches"):
                self._db.execute(f"DROP TABLE {name}")
        for statement in _TABLES:
            self._db.execute(statement)
        self._db.execute(f"PRAGMA user_version = {_FORMAT}")

    def part(self, name: str) -> bytes | None:
        """Return a part; None when there is none."""
        if name not in self.state.sums:
            return None
        with self._watched():
            row = self._db.execute("SELECT data FROM parts WHERE name = ?", (name,)).fetchone()
            if row is None or _sum(row[0], name) != self.state.sums[name]:
                raise DamagedError(name)
            return bytes(row[0])

    def put(self, name: str, data: bytes) -> None:
        """Write a part."""
        self.state.sums[name] = _sum(data, name)
        with self._watched():
            self._put(name, data)

    def drop(self, name: str) -> None:
        """Forget a part."""
        self.state.sums.pop(name, None)
        with self._watched():
            self._db.execute("DELETE FROM parts WHERE name = ?", (name,))

    def _put(self, name: str, data: bytes) -> None:
        self._db.execute("INSERT OR REPLACE INTO parts VALUES (?, ?)", (name, data))

    def number(self, id: str) -> int | None:
        """Return a commit's number; None when the index doesn't hold it."""
        if not self.state.count:
            return None
        with self._watched():
            found = self._db.execute("SELECT number FROM ids WHERE id = ?", (bytes.fromhex(id),))
            row = found.fetchone()
        if row is None or row[0] > self.state.count:
            return None
        if next(self.commits([row[0]])).id != id:
            raise DamagedError(id)
        return int(row[0])

    def add(self, commits: Iterable[Commit], touches: Iterable[tuple[int, Touch]]) -> None:
        """Add commits, numbered on, and the files that each touched, by its number."""
        rows, ids = [], []
        for number, commit in enumerate(commits, self.state.count + 1):
            told = "\0".join(
                (
                    commit.id,
                    " ".join(commit.parents),
                    f"{commit.at} {commit.touches}",
                    commit.who,
                    commit.email,
                    commit.message,
                )
            )
            rows.append((number, sealed(told.encode(), str(number).encode())))
            ids.append((bytes.fromhex(commit.id), number))
        touched = []
        for number, touch in touches:
            path = os.fsencode(touch.path)
            told = " ".join(touch.blobs) or "?" if touch.own else "-"
            touched.append((number, path, sealed(told.encode(), f"{number} {path!r}".encode())))
        with self._watched():
            self._db.executemany("INSERT INTO commits VALUES (?, ?)", rows)
            self._db.executemany("INSERT INTO ids VALUES (?, ?)", ids)
            self._db.executemany("INSERT INTO touches VALUES (?, ?, ?)", touched)
        self.state.count += len(rows)

    def commits(self, numbers: Sequence[int]) -> Iterator[Commit]:
        """Yield commits by their numbers, in the order asked for."""
        with self._watched():
            for number in numbers:
                row = self._db.execute("SELECT data FROM commits WHERE number = ?", (number,))
                yield _commit(_only(row.fetchone()), number)

    def touches(self, number: int, paths: Sequence[str] | None, count: int) -> list[Touch]:
        """Return the files that a commit touched, in git's order.

        Args:
            number: the commit's.
            paths: those files of it; None for all.
            count: how many it touched in all.
        """
        with self._watched():
            if paths is None:
                words = "SELECT path, data FROM touches WHERE number = ? ORDER BY path"
                rows = self._db.execute(words, (number,)).fetchall()
                if len(rows) != count:
                    raise DamagedError(f"touches of {number}")
            else:
                words = "SELECT path, data FROM touches WHERE number = ? AND path = ?"
                names = sorted(os.fsencode(path) for path in paths)
                rows = [_only(self._db.execute(words, (number, n)).fetchone()) for n in names]
            return [_touch(number, path, data) for path, data in rows]


def _sum(data: bytes, name: str) -> str:
    return seal(data, name.encode()).hex()


def _only(row: Any) -> Any:
    if row is None:
        raise DamagedError("a row is missing")
    return row if len(row) > 1 else row[0]


def _opened(data: bytes, key: str) -> bytes:
    told = opened(data, key.encode())
    if told is None:
        raise DamagedError(key)
    return told


def _commit(data: bytes, number: int) -> Commit:
    told = _opened(data, str(number)).decode()
    id, parents, numbers, who, email, message = told.split("\0", 5)
    at, touches = numbers.split(" ")
    return Commit(id, tuple(parents.split()), int(at), who, email, message, int(touches))


def _touch(number: int, path: bytes, data: bytes) -> Touch:
    told = _opened(data, f"{number} {path!r}").decode()
    own = told != "-"
    return Touch(os.fsdecode(path), own, tuple(told.split(" ")) if told not in "-?" else ())
