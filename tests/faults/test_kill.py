"""Killed at any system call that changes something, alone or with its git, the record is whole."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.faults.operations import OPERATIONS
from tests.faults.oracle import Bench

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace is not installed: apt-get install strace"
)


def _try(folder: Path, name: str, how: str, count: int) -> None:
    """Try some of the faults of a kind on an operation; `python -m tests.faults.run` tries all."""
    bench = Bench(folder / "bench", name)
    faults = list(bench.faults(how))
    for fault in random.Random(f"{name} {how}").sample(faults, min(count, len(faults))):
        outcome = bench.strike(fault)
        assert not outcome.wrong, (fault, outcome)
    os.chdir(ROOT)


@pytest.fixture(autouse=True)
def own_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))


def test_killed(tmp_path: Path) -> None:
    _try(tmp_path, "set", "signal=KILL", 2)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["signal=KILL", "signal=INT", "error=EIO", "error=ENOSPC"])
@pytest.mark.parametrize("name", OPERATIONS)
def test_struck(name: str, how: str, tmp_path: Path) -> None:
    _try(tmp_path, name, how, 8 if how == "signal=KILL" else 3)
