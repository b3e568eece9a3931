"""Work spread over processes comes to what one process makes of it."""

from __future__ import annotations

import os
import signal
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
