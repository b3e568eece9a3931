"""Time commands as whole processes, taking turns, so that a slow moment of the machine hits all."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# In an argument, stands for a number that no other run of this command gets.
TURN = "TURN"
# Rounds that a median needs; a slow group gets no more than these.
_FEWEST = 3
# Started small, since a process counts its starter's memory as its own peak until it runs.
_PEAK = """
import os, sys
null = os.open(os.devnull, os.O_WRONLY)
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, null, 1)])
_, ended, used = os.wait4(child, 0)
print(used.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(ended))
"""


@dataclass(frozen=True)
class Work:
    """A command to be timed.

    Attributes:
        name: what it is called in the table.
        argv: its words; TURN in one of them becomes a number.
        symbol: how a bar names it, for a floor.
        before: called before each run with that number, outside of the time.
        fine: the exit codes of a run that went well.
        more: environment variables of its own.
        folder: where it runs, if not where its stopwatch says.
    """

    name: str
    argv: Sequence[str]
    symbol: str = ""
    before: Callable[[int], None] | None = None
    fine: tuple[int, ...] = (0,)
    more: Mapping[str, str] | None = None
    folder: Path | None = None


@dataclass(frozen=True)
class Figure:
    """What came of a command: the median, least and most seconds; or why it failed."""

    median: float = 0.0
    least: float = 0.0
    most: float = 0.0
    runs: int = 0
    failed: str = ""


class FailedError(Exception):
    """A command that was to be measured did not end well."""


class Stopwatch:
    """Runs commands in a folder and times them."""

    def __init__(self, folder: Path, environment: Mapping[str, str], runs: int) -> None:
        self._folder = folder
        self._environment = environment
        self._runs = runs
        self._turn = 0

    def take_turns(
        self, works: Sequence[Work], *, warm_up: bool = True, patience: float = 90.0
    ) -> dict[str, Figure]:
        """Time each command once a round, after a round that doesn't count; return figures by name.

        A command that fails is left out of later rounds; its figure says why.

        Args:
            works: the commands and the floors that they are compared with.
            warm_up: false when no run can profit from one before.
            patience: seconds after which only as many rounds are run as a median needs; after
                four times as many, no more.
        """
        times: dict[str, list[float]] = {work.name: [] for work in works}
        failed: dict[str, str] = {}
        begun = time.perf_counter()
        for round_ in range(-1 if warm_up else 0, self._runs):
            spent = time.perf_counter() - begun
            if (round_ >= _FEWEST and spent > patience) or (round_ > 0 and spent > 4 * patience):
                break
            for work in works:
                if work.name in failed:
                    continue
                try:
                    took = self.run(work)
                except FailedError as why:
                    failed[work.name] = str(why)
                else:
                    if round_ >= 0:
                        times[work.name].append(took)
        return {name: _figure(found, failed.get(name, "")) for name, found in times.items()}

    def run(self, work: Work) -> float:
        """Run a command once and return its seconds.

        Raises:
            FailedError: when it ends with another code than it may; it tells its stderr.
        """
        argv = self._prepare(work)
        environment = {**self._environment, **(work.more or {})}
        begun = time.perf_counter()
        done = subprocess.run(
            argv,
            cwd=work.folder or self._folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        took = time.perf_counter() - begun
        if done.returncode not in work.fine:
            raise FailedError(_why(argv, done.returncode, done.stderr))
        return took

    def peak(self, work: Work) -> Figure:
        """Return the peak memory of a command, in bytes, as the kernel counts its resident set."""
        found = []
        for _ in range(_FEWEST):
            argv = self._prepare(work)
            done = subprocess.run(
                [sys.executable, "-S", "-c", _PEAK, *argv],
                cwd=self._folder,
                env=self._environment,
                capture_output=True,
                check=False,
            )
            if done.returncode not in work.fine:
                return Figure(failed=_why(argv, done.returncode, done.stderr))
            found.append(float(done.stdout) * 1024)
        return _figure(found, "")

    def _prepare(self, work: Work) -> list[str]:
        self._turn += 1
        if work.before:
            work.before(self._turn)
        return [word.replace(TURN, str(self._turn)) for word in work.argv]


def _figure(found: list[float], failed: str) -> Figure:
    if failed or not found:
        return Figure(failed=failed or "never run")
    return Figure(statistics.median(found), min(found), max(found), len(found))


def _why(argv: Sequence[str], code: int, said: bytes) -> str:
    command = " ".join([Path(argv[0]).name, *argv[1:]])
    tail = said.decode(errors="replace").strip()[-600:] or "it said nothing on stderr"
    return f"{command[:200]} ended with {code}: {tail}"
