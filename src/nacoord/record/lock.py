"""One change at a time: a lock in git's folder that says who holds it and since when."""

from __future__ import annotations

import fcntl
import getpass
import json
import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import suppress
from datetime import datetime
from errno import EACCES
from errno import EPERM
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
        NacoordError: when git's folder can't be written.
    """
    holder = folder / "holder.json"
    # The lock goes when its descriptor is closed, by us or by the system (flock(2)).
    try:
        folder.mkdir(exist_ok=True)
        descriptor = opened(folder / "lock")
        if not os.access(folder, os.W_OK | os.X_OK):
            os.close(descriptor)
            raise PermissionError(EACCES, os.strerror(EACCES))
    except OSError as error:
        raise _unwritable(folder, error) from None
    try:
        if not taken(descriptor, wait):
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


def opened(file: Path) -> int:
    """Open a file to be locked, which is made when it isn't there; one of another user is only read.

    Raises:
        OSError: when the disk says no.
    """
    try:
        return os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
    except PermissionError:
        # To lock it, it need not be written (flock(2)).
        return os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)


def _unwritable(folder: Path, error: OSError) -> NacoordError:
    place = folder if folder.exists() else folder.parent
    hint = ""
    if error.errno in (EACCES, EPERM):
        hint = (
            "it may be of another user, as after sudo; make it yours:\n"
            f"sudo chown -R {shlex.quote(_name())} {shlex.quote(str(place))}"
        )
    return NacoordError(f"{place} can't be written: {error.strerror}", hint=hint, exit_code=4)


def _name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # A user whom the system has no name for.
        return str(os.geteuid())


def taken(descriptor: int, wait: float) -> bool:
    """Take the lock of an open file; tell whether that worked in so many seconds."""
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
        "who": _name(),
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
