"""Files of another user, with permissions that hold: what is wrong is told, and reads answer still."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.cli import Ran
from tests.support.git import git
from tests.support.office import office

OTHER = 12345
# root without what lets it go past permissions is a user like any other (capabilities(7)).
_PLAIN = (
    "setpriv", "--inh-caps=-all", "--bounding-set=-dac_override,-dac_read_search,-fowner,-chown",
)  # fmt: skip
pytestmark = pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("setpriv") is None,
    reason="only root, with setpriv(1), can give files to another user",
)
READS = (["status"], ["check"], ["log"], ["history", "example"], ["show", "example"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return office(tmp_path / "record")


def _run(folder: Path, *words: str) -> Ran:
    done = subprocess.run(
        [*_PLAIN, sys.executable, "-m", "nacoord", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "NACOORD_TODAY": "2021-01-20"},
        capture_output=True,
        check=False,
    )
    ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in ran.err, ran
    assert "this is a bug" not in ran.err, ran
    return ran


def _give(*places: Path, mode: int | None = None) -> None:
    for place in places:
        os.chown(place, OTHER, OTHER)
        if mode is not None:
            place.chmod(mode)


def _give_all(folder: Path) -> None:
    _give(folder, *folder.rglob("*"))


def test_a_repository_of_another_user_is_explained_with_the_remedy(folder: Path) -> None:
    right = _run(folder, "check")
    _give_all(folder)

    ran = _run(folder, "set", "example", "priority=P2")
    assert ran.code == 4
    assert "dubious ownership" in ran.err
    assert f"git config --global --add safe.directory {folder}" in ran.err
    assert _run(folder, "check") == right
    read = _run(folder, "status")
    assert read.code == 0
    assert "safe.directory" in read.err


@pytest.mark.slow
def test_what_another_user_left_in_gits_folder_is_told(folder: Path) -> None:
    own = folder / ".git" / "nacoord"
    right = [_run(folder, *words) for words in READS]
    assert _run(folder, "note", "example", "Called").code == 0
    git(folder, "reset", "--quiet", "--hard", "HEAD^")
    # As after a `sudo nacoord`, the other way round.
    for mode in (0o755, 0o700):
        _give(*own.iterdir(), mode=mode & 0o644)
        _give(own, mode=mode)

        assert [_run(folder, *words) for words in READS] == right
        ran = _run(folder, "set", "example", "priority=P2")
        assert ran.code == 4
        assert f"{own} can't be written: Permission denied" in ran.err
        assert f"sudo chown -R root {own}" in ran.err
        assert git(folder, "status", "--porcelain") == ""


def test_files_of_another_user_in_a_folder_of_ones_own_hinder_nothing(folder: Path) -> None:
    assert _run(folder, "note", "example", "Called").code == 0
    _give(*(folder / ".git" / "nacoord").iterdir(), mode=0o644)

    assert _run(folder, "set", "example", "priority=P2").code == 0
    assert git(folder, "status", "--porcelain") == ""


def test_a_file_that_can_not_be_read_hides_no_other(folder: Path) -> None:
    _give(folder / "issues" / "example.yaml", mode=0o600)

    read = _run(folder, "list", "issue")
    assert read.code == 3
    assert (
        "issues/example.yaml: error[unreadable-file]: can't be read: Permission denied" in read.err
    )
    assert "new-issue" in read.out
    assert _run(folder, "set", "example", "priority=P2").code == 3
    assert _run(folder, "note", "new-issue", "Called").code == 0


@pytest.mark.slow
@pytest.mark.parametrize("place", ["issues", ".git/objects", ".git/refs/heads"])
def test_a_folder_that_can_not_be_written_leaves_everything_as_it_was(
    folder: Path, place: str
) -> None:
    (folder / ".git" / "nacoord").mkdir()
    head = git(folder, "rev-parse", "HEAD")
    _give(
        folder / place, *(each for each in (folder / place).iterdir() if each.is_dir()), mode=0o755
    )

    ran = _run(folder, "set", "example", "priority=P2")

    assert ran.code == 4
    assert "ermission" in ran.err
    assert "nothing was changed" in ran.err
    os.chown(folder / place, 0, 0)
    assert git(folder, "rev-parse", "HEAD") == head
    assert git(folder, "status", "--porcelain") == ""
    assert not (folder / ".git" / "nacoord" / "journal.json").exists()


@pytest.mark.slow
def test_where_gits_folder_can_not_be_read_the_record_can(folder: Path) -> None:
    _give(folder / ".git", mode=0o700)

    assert _run(folder, "check").code == 0
    assert _run(folder, "show", "example").code == 0
    ran = _run(folder, "set", "example", "priority=P2")
    assert ran.code == 4
    assert f"see whose it is: ls -la {folder / '.git'}" in ran.err
