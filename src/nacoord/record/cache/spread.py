"""Work spread over the processors: a first read of a record takes as long as its slowest part."""

from __future__ import annotations

import os
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from contextlib import suppress
from typing import Any
from typing import TypeVar

J = TypeVar("J")
R = TypeVar("R")

# Starting a process and hearing from it takes as long as reading some two hundred files.
WORTH = 400
_MOST = 8


def spread(run: Callable[[J], R], jobs: Sequence[J], weight: int) -> list[R]:
    """Return what each job comes to, in order; done by several processes where that is worth it.

    A process that fails leaves its jobs to this one, so that an error is raised here.

    Args:
        run: does a job. It must not touch what can't be shared between processes, as a database.
        jobs: what to do.
        weight: how many files all of them read.
    """
    share = min(_processors(), weight // (WORTH // 2), len(jobs)) if weight >= WORTH else 1
    if share < 2:
        return [run(job) for job in jobs]
    import multiprocessing

    context = multiprocessing.get_context("fork")
    ends: list[Any] = []
    for number in range(1, share):
        here, there = context.Pipe(duplex=False)
        heard = [*(end for end, _ in ends), here]
        given = (run, jobs[number::share], there, heard)
        worker = context.Process(target=_work, args=given, daemon=True)
        # Where there is no room for another process, this one does its share.
        with suppress(OSError), _uninterrupted():
            worker.start()
        there.close()
        ends.append((here, worker))
    found = {0: [run(job) for job in jobs[::share]]}
    for number, (here, worker) in enumerate(ends, start=1):
        found[number] = _heard(here, worker) or [run(job) for job in jobs[number::share]]
    return [found[place % share][place // share] for place in range(len(jobs))]


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Start a process that no interruption reaches: whoever waits for it ends it."""
    import signal

    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(run: Callable[[J], R], jobs: Sequence[J], end: Any, heard: Sequence[Any]) -> None:
    # Only the process that waits may hold what it hears from: when it is gone, sending must fail,
    # not wait for ever.
    for other in heard:
        other.close()
    try:
        found = [run(job) for job in jobs]
    except Exception:
        found = []
    try:
        end.send(found)
    except OSError:
        os._exit(1)


def _heard(here: Any, worker: Any) -> list[Any]:
    """Return what a process found; nothing when it failed."""
    if worker.pid is None:
        return []
    try:
        found: list[Any] = here.recv()
    except (EOFError, OSError):
        found = []
    finally:
        here.close()
        worker.join()
    return found


def _processors() -> int:
    if not hasattr(os, "fork"):
        return 1
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), _MOST)
    return min(os.cpu_count() or 1, _MOST)
