"""Real processes: who holds the lock is said, and a killed command leaves the old or the new."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nacoord.record import abandoned
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


def _begin(folder: Path, *, start_new_session: bool = False) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "nacoord", "set", "example", "priority=P2"]
    process = subprocess.Popen(
        words,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=start_new_session,
    )
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

    assert lock.exists()
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


def _kill(process: subprocess.Popen[bytes]) -> Path:
    """Kill a command with its git, and return the lock that it leaves."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    return Path(".git", "index.lock").absolute()


def test_a_lock_behind_which_another_git_may_live_is_left(folder: Path, tmp_path: Path) -> None:
    lock = _kill(_begin(folder, start_new_session=True))
    # It waits for its standard input, here.
    other = subprocess.Popen(["git", "hash-object", "--stdin"], cwd=folder, stdin=subprocess.PIPE)

    found = run(["set", "example", "priority=P3"])
    assert found.code == 4
    assert f"rm {lock}" in found.err
    assert lock.exists()
    other.communicate()
    (folder / ".git" / "go-on").touch()

    assert run(["set", "example", "priority=P3"]).code == 0
    assert not lock.exists()


def test_a_lock_that_no_change_of_ours_left_is_left(folder: Path) -> None:
    lock = folder / ".git" / "index.lock"
    lock.touch()

    assert run(["set", "example", "priority=P3"]).code == 4
    assert lock.exists()


@pytest.mark.parametrize("words", [["status"], ["set", "example", "priority=P3"]])
def test_what_a_git_locked_that_was_killed_on_a_fetch_is_free_again(
    folder: Path, words: list[str]
) -> None:
    own = folder / ".git" / "nacoord"
    own.mkdir(exist_ok=True)
    locks = [
        folder / ".git" / name
        for name in ("config.lock", "packed-refs.lock", "refs/remotes/origin/main.lock")
    ]
    for place in (own / "git", own / "git.4194305.1", *locks):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch()
    (folder / ".git" / "go-on").touch()

    assert run(words).code == 0
    assert not [lock for lock in locks if lock.exists()]
    assert not list(own.glob("git.*"))


@pytest.mark.parametrize(("user", "left"), [(os.geteuid(), True), (os.geteuid() + 1, False)])
def test_a_git_that_can_not_be_looked_into_counts_if_it_makes_files_of_ours(
    folder: Path, user: int, left: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    process = tmp_path / "proc" / "77"
    # What can't be read, is told by the system's error.
    (process / "environ").mkdir(parents=True)
    (process / "comm").write_text("git\n")
    (process / "status").write_text(f"Name:\tgit\nUid:\t7\t7\t7\t{user}\n")
    (tmp_path / "proc" / "1").mkdir()
    (tmp_path / "proc" / "1" / "comm").write_text("init\n")
    monkeypatch.setattr(abandoned, "_PROCESSES", tmp_path / "proc")
    lock = folder / ".git" / "index.lock"
    lock.touch()

    abandoned.remove_abandoned(folder, folder / ".git")

    assert lock.exists() == left


def test_interrupted_alone_it_ends_its_git_and_says_how_far_it_got(folder: Path) -> None:
    process = _begin(folder)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    (folder / ".git" / "go-on").touch()

    assert process.returncode == 130
    assert err.decode() == "nacoord: interrupted\n  nothing was changed\n"
    assert not (folder / ".git" / "index.lock").exists()
    assert git(folder, "status", "--porcelain") == ""


def test_what_a_hook_leaves_running_is_not_waited_for(folder: Path) -> None:
    hook = folder / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\nsleep 600 &\necho $! > .git/sleeper\n")

    assert run(["set", "example", "priority=P3"]).code == 0
    sleeper = int((folder / ".git" / "sleeper").read_text())
    os.kill(sleeper, 0)
    # It keeps no later command either.
    assert run(["set", "example", "priority=P4"]).code == 0
    os.kill(int((folder / ".git" / "sleeper").read_text()), signal.SIGKILL)
    os.kill(sleeper, signal.SIGKILL)


def test_killed_after_a_commit_that_a_hook_changed(folder: Path) -> None:
    hooks = folder / ".git" / "hooks"
    add = "cat >> issues/example.yaml; git add issues/example.yaml"
    (hooks / "pre-commit").write_text(f"#!/bin/sh\necho 'tags: [hooked]' | ({add})\n")
    (hooks / "post-commit").write_text("#!/bin/sh\ntouch .git/in-hook\nsleep 600\n")
    (hooks / "post-commit").chmod(0o755)
    _kill(_begin(folder, start_new_session=True))

    found = run(["status"])

    assert "an interrupted change was found whole: example: priority P1 → P2" in found.err
    assert "tags: [hooked]" in (folder / "issues" / "example.yaml").read_text()
    assert git(folder, "status", "--porcelain") == ""
