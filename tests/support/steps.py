"""Work in a forked child in which the n-th operation on the disk or on git fails, or is the last."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Callable
from collections.abc import Sequence
from typing import Any

# What the work did not come as far as: it ended well before the step.
PAST_THE_END = 77


def die() -> None:
    """End as a process that is killed does."""
    os._exit(137)


def fail() -> None:
    """Fail as a disk that is full does."""
    raise OSError(errno.ENOSPC, "No space left on device")


def child(
    work: Callable[[], int],
    number: int,
    act: Callable[[], None],
    *,
    after: bool,
    steps: Sequence[str],
    also: Sequence[tuple[Any, str]] = (),
) -> int:
    """Do work in a forked child; return its exit status.

    Args:
        work: returns its exit code.
        number: which operation acts.
        act: what happens there.
        after: whether once the operation is done, rather than before.
        steps: the functions of `os` that are operations; so is every run of git.
        also: other functions that are, each with what it is of.
    """
    process = os.fork()
    if process:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    code = 99
    try:
        read = _step_at(number, act, after, [*((os, name) for name in steps), *also])
        code = work()
        if code == 0 and read() < number:
            code = PAST_THE_END
    finally:
        os._exit(code)


def _step_at(
    number: int, act: Callable[[], None], after: bool, operations: Sequence[tuple[Any, str]]
) -> Callable[[], int]:
    """Patch every operation so that the one with this number acts; return the counter's reader."""
    count = 0

    def wrap(operation: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*words: Any, **named: Any) -> Any:
            nonlocal count
            count += 1
            here = count == number
            if here and not after:
                act()
            result = operation(*words, **named)
            if here and after:
                act()
            return result

        return counted

    for owner, name in (*operations, (subprocess, "run")):
        setattr(owner, name, wrap(getattr(owner, name)))
    return lambda: count
