"""One change at a time: a lock in git's folder that says who holds it and since when."""

from __future__ import annotations

import fcntl
import getpass
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from time import sleep

from nacoord.model.errors import NacoordError

WAIT = 10.0
_PAUSE = 0.05
_TOLD_MOST = 4096


class LockedError(NacoordError):
    """Somebody else is changing the record."""


@contextmanager
def locked(folder: Path, wait: float = WAIT) -> Iterator[None]:
    """Hold the lock of a record; it goes with the process that holds it, however that ends.

    Args:
        folder: nacoord's folder in git's own.
        wait: how long to wait for another change to end, in seconds.

    Raises:
        LockedError: when it is still held then; the message says by whom and since when.
    """
    folder.mkdir(exist_ok=True)
    holder = folder / "holder.json"
    # The lock goes when its descriptor is closed, by us or by the system (flock(2)).
    mode = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(folder / "lock", mode, 0o644)
    try:
        if not _is_taken(descriptor, wait):
            raise LockedError(
                f"the record is being changed by {_told(holder)}",
                hint="nothing was changed; try again when that has ended",
            )
        with suppress(OSError):
            _tell(holder)
        try:
            yield
        finally:
            with suppress(OSError):
                holder.unlink()
    finally:
        os.close(descriptor)


def _is_taken(descriptor: int, wait: float) -> bool:
    """Take a lock; tell whether that worked while we waited."""
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if wait <= 0:
                return False
        else:
            return True
        sleep(_PAUSE)
        wait -= _PAUSE


def _tell(holder: Path) -> None:
    """Say who holds the lock; in a new file, whatever stands there now."""
    with suppress(FileNotFoundError):
        holder.unlink()
    with holder.open("x", encoding="utf-8") as file:
        json.dump(_me(), file)


def _me() -> dict[str, str]:
    return {
        "who": getpass.getuser() if "USER" in os.environ or hasattr(os, "getuid") else "somebody",
        "host": os.uname().nodename,
        "process": str(os.getpid()),
        "since": datetime.now().astimezone().isoformat(timespec="seconds"),
    }


def _told(holder: Path) -> str:
    try:
        # Without waiting for whoever writes into a pipe.
        descriptor = os.open(holder, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, encoding="utf-8") as file:
            data = json.loads(file.read(_TOLD_MOST))
        return f"{data['who']} on {data['host']} (process {data['process']}) since {data['since']}"
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return "another command"
