"""Where nobody reads what is printed, a change that landed is told all the same, or is not made."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli import spawn
from tests.support.git import git
from tests.support.office import office

FULL = Path("/dev/full")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return office(tmp_path / "record")


@pytest.mark.skipif(not FULL.exists(), reason="the system has no /dev/full")
@pytest.mark.parametrize("words", [[], ["--json"]])
def test_a_change_that_can_not_be_printed_is_told(folder: Path, words: list[str]) -> None:
    ran = spawn(["set", "example", "priority=P2", *words], folder, f"> {FULL}")

    head = git(folder, "rev-parse", "HEAD")[:10]
    assert ran.returncode == 4
    assert ran.stderr.decode() == (
        "nacoord: the system said no: No space left on device\n"
        f"  the change was made, as {head}: example: priority P1 → P2\n"
    )
    assert git(folder, "status", "--porcelain") == ""


@pytest.mark.skipif(not FULL.exists(), reason="the system has no /dev/full")
def test_a_change_that_is_not_printed_lands(folder: Path) -> None:
    assert spawn(["set", "example", "priority=P2", "-q"], folder, f"> {FULL}").returncode == 0
    assert git(folder, "log", "-1", "--format=%s") == "example: priority P1 → P2\n"


@pytest.mark.parametrize("shell", ["| true", "| head -c 1", ">&-", ">&- 2>&-", "2>&- | true"])
def test_a_change_lands_though_its_reader_has_gone(folder: Path, shell: str) -> None:
    ran = spawn(["set", "example", "priority=P2"], folder, shell)

    assert ran.returncode == 0
    assert ran.stderr.decode() == ""
    assert git(folder, "log", "-1", "--format=%s") == "example: priority P1 → P2\n"
    assert git(folder, "status", "--porcelain") == ""
