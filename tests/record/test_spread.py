"""Work spread over processes comes to what one process makes of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from nacoord.record.cache.spread import WORTH
from nacoord.record.cache.spread import spread
from nacoord.record.loader import load
from tests.record.test_cache import told
from tests.support.git import git
from tests.support.records import BASE
from tests.support.records import write


@pytest.fixture(autouse=True)
def _three_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nacoord.record.cache.spread._processors", lambda: 3)


def test_results_stand_in_the_order_of_the_jobs() -> None:
    assert spread(lambda job: job * job, range(100), WORTH) == [n * n for n in range(100)]


def test_several_processes_do_it() -> None:
    assert len(set(spread(lambda _: os.getpid(), range(9), 10 * WORTH))) == 3


def test_little_is_done_here() -> None:
    assert set(spread(lambda _: os.getpid(), range(9), WORTH - 1)) == {os.getpid()}
    assert spread(lambda _: os.getpid(), [], 10 * WORTH) == []


def test_a_process_that_dies_leaves_its_jobs_to_this_one() -> None:
    here = os.getpid()

    def run(job: int) -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return job + 1

    assert spread(run, range(30), 10 * WORTH) == list(range(1, 31))


def test_an_error_is_raised_here() -> None:
    def run(job: int) -> int:
        raise ValueError(job)

    with pytest.raises(ValueError, match="0"):
        spread(run, range(30), 10 * WORTH)


def _run(script: str) -> tuple[int, bytes, bytes]:
    """Run a program to the end of every process it starts: each holds its stdout open."""
    begun = (
        "import os, signal\n"
        "from nacoord.record.cache import spread as module\n"
        "module._processors = lambda: 3\n"
        "spread, WORTH, here = module.spread, module.WORTH, os.getpid()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", begun + script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as running:
        try:
            out, err = running.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            raise
    return running.returncode, out, err


@pytest.mark.parametrize("how", ["SIGKILL", "SIGTERM"])
def test_nobody_is_left_when_this_process_is_ended(how: str) -> None:
    code, _, err = _run(
        "def run(job):\n"
        f"    if os.getpid() == here: os.kill(here, signal.{how})\n"
        "    return bytes(1_000_000)\n"
        "spread(run, range(9), 10 * WORTH)\n"
    )

    assert code == -getattr(signal, how)
    assert err == b""


def test_an_interruption_ends_this_process_alone_however_early_it_comes() -> None:
    code, out, err = _run(
        "os.register_at_fork(after_in_child=lambda: os.kill(os.getpid(), signal.SIGINT))\n"
        "print(sum(spread(lambda job: job, range(9), 10 * WORTH)))\n"
    )

    assert (code, out, err) == (0, b"36\n", b"")


def test_a_large_record_reads_the_same(base: Path) -> None:
    texts = {
        f"issues/copy-{number:04}.yaml": BASE["issues/example.yaml"].replace(
            "Example", f"N{number}"
        )
        for number in range(2 * WORTH)
    }
    write(base, {**texts, "issues/copy-0003.yaml": "title: [\n", "issues/copy-0700.yaml": "{}\n"})
    git(base, "init", "-q")

    plain = told(load(base, "", keep=False))

    assert told(load(base, "")) == plain
    assert told(load(base, "")) == plain
