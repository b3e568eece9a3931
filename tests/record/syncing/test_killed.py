"""A sync that is killed or fails at any step loses nothing, and the next one ends it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.git import git
from tests.support.remotes import at
from tests.support.remotes import clone
from tests.support.remotes import done
from tests.support.remotes import head
from tests.support.remotes import shared
from tests.support.steps import PAST_THE_END
from tests.support.steps import child
from tests.support.steps import die
from tests.support.steps import fail

STEPS = ("open", "fsync", "replace", "unlink", "link", "mkdir", "rmdir")


def _child(place: Path, number: int, act: Callable[[], None], after: bool) -> int:
    """Sync in a forked child in which one operation acts; return its exit status."""
    return child(lambda: at(place, "sync").code, number, act, after=after, steps=STEPS)


@pytest.mark.slow
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("act", [die, fail])
def test_stopped_at_every_step(act: Callable[[], None], after: bool, tmp_path: Path) -> None:
    start = tmp_path / "start"
    start.mkdir()
    shared(start)
    clone(start, "bea")
    done(start / "ana", "set", "example", "priority=P2")
    done(start / "ana", "sync")
    done(start / "bea", "note", "example", "From Bea")
    mine = head(start / "bea")
    # Where a killed command may stop, on the way; some at a time, so that all are tried in turn.
    for number in range(1, 400):
        here = tmp_path / "office"
        shutil.copytree(start, here, symlinks=True)
        remote = here / "shared.git"
        for place in ("ana", "bea"):
            git(here / place, "remote", "set-url", "origin", str(remote))
        code = _child(here / "bea", number, act, after)
        if code == PAST_THE_END:
            assert number > 60
            return
        # 3: a file could not be read.
        assert code in (0, 1, 3, 4, 137), (number, code)
        lock = here / "bea" / ".git" / "index.lock"
        assert act is die or not lock.exists(), number
        assert at(here / "bea", "check").code == 0, number
        assert git(here / "bea", "status", "--porcelain") == "", number
        ran = at(here / "bea", "sync")
        assert ran.code == 0, (number, ran.err)
        done(here / "ana", "sync")
        assert head(here / "ana") == head(here / "bea") == head(remote, "main"), number
        git(here / "ana", "merge-base", "--is-ancestor", mine, "HEAD")
        text = (here / "ana" / "issues" / "example.yaml").read_text()
        assert "priority: P2" in text, number
        assert text.count("From Bea") == 1, number
        assert git(here / "bea", "fsck", "--strict", "--no-dangling") == ""
        shutil.rmtree(here)
    raise AssertionError("the sync never came to its end")
