"""A folder of the work tree: which of its files are as they were, by one pass of stat."""

from __future__ import annotations

import marshal
import os
import stat
from contextlib import suppress

from nacoord.record.files import names_record

# What tells that a file is as it was: name, mode, modified, changed (nanoseconds), size, inode.
Stand = tuple[str, int, int, int, int, int]

# A file that changes twice within one tick of the file system's clock looks the same both times. One
# that changed so shortly before it was looked at is read again, as git does (racy-git.txt). Systems
# that tell whole seconds count in twos (FAT).
_TICK = 20_000_000
_WHOLE_SECONDS = 2_000_000_000
_SECOND = 1_000_000_000
# Stands for a file that must be read again.
_NEVER = (0, 0, 0, 0)


def stands(folder: str) -> list[Stand]:
    """Return how everything in a folder stands, by name; nothing when there is no such folder.

    Raises:
        OSError: when the system does not let it be seen.
    """
    found: list[Stand] = []
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except FileNotFoundError:
        return found
    try:
        with os.scandir(descriptor) as items:
            for item in items:
                with suppress(FileNotFoundError):
                    s = item.stat(follow_symlinks=False)
                    found.append(
                        (item.name, s.st_mode, s.st_mtime_ns, s.st_ctime_ns, s.st_size, s.st_ino)
                    )
    finally:
        os.close(descriptor)
    found.sort()
    return found


def dumped(found: list[Stand]) -> bytes:
    """Return how files stand, as it is kept and compared."""
    return marshal.dumps(found, 2)


def settled(found: list[Stand], now: int) -> bytes:
    """Return how files stand as it is to be kept: what changed just now counts as never seen.

    Args:
        found: how they stand.
        now: the time of the file system's clock when they were looked at; 0 when it is not known.
    """
    return dumped([(one[0], one[1], *_NEVER) if is_racy(one, now) else one for one in found])


def is_racy(one: Stand, now: int) -> bool:
    """Tell whether a file changed so shortly before a moment that it may have changed again since."""
    # Nobody sets the time of a change but the system; the other one can be set at will.
    changed = one[3]
    margin = _TICK if changed % _SECOND else _WHOLE_SECONDS
    return changed >= now - margin


def is_plain(one: Stand) -> bool:
    """Tell whether something in a folder is a file that should be a record."""
    return stat.S_ISREG(one[1]) and names_record(one[0])


def stood(kept: bytes) -> dict[str, Stand]:
    """Return how the files of a folder stood, by name."""
    return {one[0]: one for one in marshal.loads(kept)} if kept else {}


def blob_of(data: bytes) -> bytes:
    """Return the name that git gives to a file's content."""
    from hashlib import sha1

    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).digest()
