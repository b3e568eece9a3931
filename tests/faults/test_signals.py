"""Interrupted, told to end or hung up at any time, a change is made or not, and what is so is told."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.faults.operations import OPERATIONS
from tests.faults.operations import RECORD
from tests.faults.oracle import Bench
from tests.support.cli import Ran

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE, signal.SIGQUIT)


def _signalled(folder: Path, words: tuple[str, ...], number: int, delay: float) -> Ran:
    """Send a signal to a command and all that it started, as a terminal does."""
    process = subprocess.Popen(
        [sys.executable, "-m", "nacoord", *words],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "NACOORD_TODAY": "2021-01-20",
            "GIT_AUTHOR_DATE": "2021-01-20T12:00:00-05:00",
            "GIT_COMMITTER_DATE": "2021-01-20T12:00:00-05:00",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    # How long it takes is not asked: wherever the signal comes, the record must be whole.
    time.sleep(delay)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
    out, err = process.communicate()
    return Ran(process.returncode, out.decode(), err.decode())


def _try(folder: Path, name: str, number: int, count: int) -> None:
    bench = Bench(folder / "bench", name)
    delays = random.Random(f"{name} {number}")
    for _ in range(count):
        here = bench.place()
        delay = delays.uniform(0.01, 0.4)
        ran = _signalled(here / RECORD, bench.operation.words, number, delay)
        new, wrong = bench.judge(here, ran)
        assert not wrong, (signal.Signals(number).name, delay, ran, wrong)
        assert ran.code in (0, 130, 4, -number), ran
        if ran.code == 130 and name == "set":
            assert (
                "the change was made, as" in ran.err
            ) == new or ran.err == "nacoord: interrupted\n"
    os.chdir(ROOT)


@pytest.fixture(autouse=True)
def own_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))


@pytest.mark.slow
@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("name", ["set", "rename", "archive", "history"])
def test_signalled_at_any_time(name: str, number: int, tmp_path: Path) -> None:
    assert name in OPERATIONS
    _try(tmp_path, name, number, 3)
