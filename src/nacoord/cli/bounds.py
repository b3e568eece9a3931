"""Bounds for what an office's own template may take: it can ask for any amount of memory and time."""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# What a page takes beyond what is in use: far more than the longest handover book needs.
MEMORY = 1024 * 1024 * 1024
# Seconds of work, not of waiting.
SECONDS = 30.0


class TooLongError(Exception):
    """The time is up."""

    def __init__(self) -> None:
        super().__init__(f"it takes more than {SECONDS:g} seconds of work")


@contextmanager
def bounded() -> Iterator[None]:
    """Let what is done inside take so much memory and time, and no more.

    Beyond it a MemoryError or a TooLongError is raised where it happens. Where the system can't say
    how much memory is in use, memory is not bounded (setrlimit(2), setitimer(2)).
    """

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooLongError

    before = resource.getrlimit(resource.RLIMIT_AS)
    handler = signal.signal(signal.SIGVTALRM, stop)
    # Again and again: what is tried in vain inside may be tried another way.
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS, SECONDS / 10)
    used = _in_use()
    if used is not None:
        most = used + MEMORY
        known = [each for each in before if each != resource.RLIM_INFINITY]
        resource.setrlimit(resource.RLIMIT_AS, (min([most, *known]), before[1]))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, handler)
        resource.setrlimit(resource.RLIMIT_AS, before)


def _in_use() -> int | None:
    """Return the size of this process in bytes (proc(5), statm)."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return None
