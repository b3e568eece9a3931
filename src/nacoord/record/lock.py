"""One change at a time: a lock in git's folder that says who holds it and since when."""

from __future__ import annotations

import getpass
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from nacoord.model.errors import NacoordError

WAIT = 10.0


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
    from filelock import FileLock
    from filelock import Timeout

    folder.mkdir(exist_ok=True)
    holder = folder / "holder.json"
    try:
        with FileLock(folder / "lock", timeout=wait):
            with suppress(OSError):
                holder.write_text(json.dumps(_me()), encoding="utf-8")
            try:
                yield
            finally:
                with suppress(OSError):
                    holder.unlink()
    except Timeout:
        raise LockedError(
            f"the record is being changed by {_told(holder)}",
            hint="nothing was changed; try again when that has ended",
        ) from None


def _me() -> dict[str, str]:
    return {
        "who": getpass.getuser() if "USER" in os.environ or hasattr(os, "getuid") else "somebody",
        "host": socket.gethostname(),
        "process": str(os.getpid()),
        "since": datetime.now().astimezone().isoformat(timespec="seconds"),
    }


def _told(holder: Path) -> str:
    try:
        data = json.loads(holder.read_text(encoding="utf-8"))
        return f"{data['who']} on {data['host']} (process {data['process']}) since {data['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another command"
