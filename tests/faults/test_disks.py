"""Real disks that are full or read-only: reads answer as ever, a change is made or refused, whole."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.faults.operations import RECORD
from tests.faults.operations import make_place
from tests.support.cli import Ran
from tests.support.cli import run
from tests.support.git import git
from tests.support.office import office
from tests.support.office import state

Mount = Callable[..., None]
QUESTIONS = (
    ["status", "mexico"],
    ["check"],
    ["log"],
    ["history", "example"],
    ["search", "example"],
    ["show", "example"],
    ["radar"],
    ["status", "--as-of", "HEAD"],
)
CHANGES = (
    ["set", "example", "priority=P2"],
    ["new", "agency", "fresh", "title=Fresh", "level=federal", "sphere=both"],
    ["rename", "example", "better"],
    ["remove", "quebec", "-m", "Twice"],
    ["brief", "--save"],
)


@pytest.fixture
def mount() -> Iterator[Mount]:
    """Mount for the test: words of mount(8), the place last."""
    places: list[str] = []

    def made(*words: str) -> None:
        done = subprocess.run(["mount", *words], capture_output=True, check=False)
        if done.returncode:
            pytest.skip(f"nothing can be mounted here: {done.stderr.decode().strip()}")
        if words[-1] not in places:
            places.append(words[-1])

    if shutil.which("mount") is None or os.geteuid() != 0:
        pytest.skip("only root can mount a disk")
    here = Path.cwd()
    yield made
    os.chdir(here)
    for place in reversed(places):
        # What a test of this process still has open would keep it.
        subprocess.run(["umount", "--lazy", place], check=True)


def _answers() -> list[Ran]:
    return [run([*question, "--today", "2021-01-20"]) for question in QUESTIONS]


def _fill(disk: Path, free: int) -> Path:
    """Fill a disk but for some bytes; return the file that does it."""
    file = disk / "filler"
    about = os.statvfs(disk)
    with file.open("wb") as stream:
        stream.write(b"\0" * max(0, about.f_bavail * about.f_frsize - free))
    return file


@pytest.fixture
def small(tmp_path: Path, mount: Mount, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A disk of four megabytes with a record on it, in which the working folder is."""
    disk = tmp_path / "small"
    disk.mkdir()
    mount("-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk))
    monkeypatch.chdir(office(disk / "record"))
    shutil.rmtree(disk / "record" / ".git" / "hooks")
    return disk


@pytest.mark.parametrize("warm", [pytest.param(False, marks=pytest.mark.slow), True])
def test_a_full_disk_changes_no_answer(small: Path, warm: bool) -> None:
    right = _answers()
    if not warm:
        shutil.rmtree(small / "record" / ".git" / "nacoord")
    _fill(small, 0)

    assert _answers() == right


def _change_when_full(small: Path, words: list[str], free: int) -> bool:
    """Make a change with so many bytes free; tell whether it was made, and leave the old record."""
    old = state(small / "record")
    filler = _fill(small, free)
    ran = run([*words, "--today", "2021-01-20"])

    assert ran.code in (0, 4), ran
    full = run(["check"])
    assert full.code == 0, full
    filler.unlink()
    found = run(["check"])
    assert found.code == 0
    now = state(small / "record")
    assert now[1] == "", (ran, found)
    made = now[0] != old[0]
    assert made == (now[2] != old[2])
    assert made or ran.code == 4
    assert not made or "nothing was changed" not in ran.err
    assert git(small / "record", "fsck", "--strict", "--no-dangling") == ""
    git(small / "record", "reset", "--quiet", "--hard", old[0].strip())
    return made


def test_a_change_on_a_full_disk_is_whole_or_not_made(small: Path) -> None:
    tried = {free: _change_when_full(small, CHANGES[0], free << 10) for free in (0, 24, 400)}

    assert not tried[0]
    assert tried[400]


@pytest.mark.slow
@pytest.mark.parametrize("words", CHANGES, ids=lambda words: words[0])
def test_every_change_at_every_free_size(small: Path, words: list[str]) -> None:
    made = [_change_when_full(small, words, free << 12) for free in range(64)]

    assert not made[0]
    assert made[-1]


@pytest.mark.parametrize(
    "place",
    [
        "record",
        *(
            pytest.param(place, marks=pytest.mark.slow)
            for place in ("record/.git", "record/issues", "record/.git/objects")
        ),
    ],
)
def test_a_read_only_disk(
    place: str, tmp_path: Path, mount: Mount, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = office(tmp_path / "record")
    monkeypatch.chdir(folder)
    right = _answers()
    shutil.rmtree(folder / ".git" / "nacoord")
    old = state(folder)
    mount("--bind", str(tmp_path / place), str(tmp_path / place))
    mount("-o", "remount,ro,bind", str(tmp_path / place))
    os.chdir(folder)

    assert _answers() == right
    for words in CHANGES[:1] if place == "record/issues" else CHANGES:
        ran = run([*words, "--today", "2021-01-20"])
        assert ran.code == 4, ran
        assert "Read-only file system" in ran.err or "read-only" in ran.err, ran
        assert state(folder) == old
    assert _answers() == right
    assert not list(folder.rglob(".nacoord-*"))


def test_a_change_interrupted_on_a_disk_that_is_read_only_now(
    tmp_path: Path, mount: Mount, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    folder = make_place(tmp_path / "place", "taking-back") / RECORD
    mount("--bind", str(folder), str(folder))
    mount("-o", "remount,ro,bind", str(folder))
    monkeypatch.chdir(folder)

    found = run(["status"])

    assert found.code == 0
    assert "an interrupted change is not ended yet: " in found.err
    assert "can't be written: Read-only file system" in found.err
    assert run(["set", "new-issue", "priority=P2"]).code == 4
