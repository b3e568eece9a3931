"""A sync that is killed or fails at any step loses nothing, and the next one ends it."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.git import git
from tests.support.remotes import at
from tests.support.remotes import clone
from tests.support.remotes import done
from tests.support.remotes import head
from tests.support.remotes import shared

STEPS = ("open", "fsync", "replace", "unlink", "link", "mkdir", "rmdir")


def _child(place: Path, number: int, act: Callable[[], None], after: bool) -> int:
    """Sync in a forked child in which one operation acts; return its exit status."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
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

    code = 99
    try:
        for name in STEPS:
            setattr(os, name, wrap(getattr(os, name)))
        subprocess.run = wrap(subprocess.run)  # type: ignore[assignment]
        code = at(place, "sync").code
        if code == 0 and count < number:
            code = 77
    finally:
        os._exit(code)


def _die() -> None:
    os._exit(137)


def _fail() -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.slow
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("act", [_die, _fail])
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
        if code == 77:
            assert number > 60
            return
        # 3: a file could not be read.
        assert code in (0, 1, 3, 4, 137), (number, code)
        lock = here / "bea" / ".git" / "index.lock"
        assert act is _die or not lock.exists(), number
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
