"""Real processes: who holds the lock is said, and a killed command leaves the old or the new."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nacoord.record.lock import LockedError
from nacoord.record.lock import locked
from tests.support.cli import run
from tests.support.git import git
from tests.support.office import office


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = office(tmp_path / "record")
    monkeypatch.chdir(place)
    hook = place / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        "#!/bin/sh\ntouch .git/in-hook\nwhile [ ! -e .git/go-on ]; do sleep 0.05; done\n"
    )
    hook.chmod(0o755)
    return place


def _begin(folder: Path) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "nacoord", "set", "example", "priority=P2"]
    process = subprocess.Popen(words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    for _ in range(600):
        if (folder / ".git" / "in-hook").exists():
            return process
        time.sleep(0.05)
    raise AssertionError("the hook never ran")


def test_the_lock_says_who_holds_it_and_since_when(folder: Path) -> None:
    process = _begin(folder)

    with pytest.raises(LockedError) as found, locked(folder / ".git" / "nacoord", wait=0.1):
        pass

    assert f"process {process.pid}" in found.value.message
    assert "since 20" in found.value.message
    (folder / ".git" / "go-on").touch()
    assert process.communicate()[0]
    assert process.returncode == 0


def test_killed_while_its_git_lives_on(folder: Path) -> None:
    process = _begin(folder)
    process.send_signal(signal.SIGKILL)
    process.communicate()

    waiting = run(["status"])
    assert "another git is at work here" in waiting.err
    (folder / ".git" / "go-on").touch()
    for _ in range(200):
        if not (folder / ".git" / "index.lock").exists():
            break
        time.sleep(0.05)
    found = run(["status"])

    assert "an interrupted change was found whole: example: priority P1 → P2" in found.err
    assert git(folder, "status", "--porcelain") == ""
    assert "an interrupted" not in run(["status"]).err


def test_killed_with_its_git(folder: Path) -> None:
    words = [sys.executable, "-m", "nacoord", "set", "example", "priority=P2"]
    process = subprocess.Popen(
        words,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while not (folder / ".git" / "in-hook").exists():
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    lock = folder / ".git" / "index.lock"

    found = run(["set", "example", "priority=P3"])
    assert found.code == 4
    assert f"rm {lock}" in found.err
    lock.unlink()
    (folder / ".git" / "go-on").touch()
    found = run(["set", "example", "priority=P3"])

    assert found.code == 0
    assert (
        "an interrupted change was taken back, make it again: example: priority P1 → P2"
        in found.err
    )
    assert git(folder, "log", "-1", "--format=%s").strip() == "example: priority P1 → P3"


def test_interrupted_by_a_person(folder: Path) -> None:
    process = _begin(folder)
    process.send_signal(signal.SIGINT)
    (folder / ".git" / "go-on").touch()
    process.communicate()

    assert process.returncode == 130
    head = git(folder, "log", "-1", "--format=%s").strip()
    assert head in ("Begin the record", "example: priority P1 → P2")
    assert git(folder, "status", "--porcelain") == ""
