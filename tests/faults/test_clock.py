"""Clocks that are wrong, files from the far past and future, and both ends of the world."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.cli import Ran
from tests.support.cli import run
from tests.support.git import git
from tests.support.office import office

ZONES = (
    "Pacific/Kiritimati",
    "Etc/GMT+12",
    "America/St_Johns",
    "Asia/Kathmandu",
    "XYZ-25:59:59",
    "No/Such_Zone",
    "/dev/null",
    ":",
    "",
)
READS = (["status"], ["log", "--json"], ["history", "example", "--json"], ["agenda"], ["radar"])
# Before 1970 git itself keeps no date.
MOMENTS = (
    "1970-01-02T00:00:00Z",
    "2021-01-19T12:00:00Z",
    "2021-01-18T12:00:00Z",
    "2099-12-31T23:59:59Z",
)
with_faketime = pytest.mark.skipif(
    shutil.which("faketime") is None, reason="faketime is not installed: apt-get install faketime"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = office(tmp_path / "record")
    monkeypatch.chdir(place)
    return place


def _answers(today: str) -> list[Ran]:
    return [run([*words, "--today", today]) for words in READS]


def _without_what_is_kept(folder: Path, today: str) -> list[Ran]:
    shutil.rmtree(folder / ".git" / "nacoord", ignore_errors=True)
    return _answers(today)


@pytest.mark.parametrize(
    ("moments", "todays"),
    [
        (MOMENTS[1:3], ("2021-01-20",)),
        pytest.param(MOMENTS, ("2021-01-20", "2100-01-01"), marks=pytest.mark.slow),
    ],
)
def test_a_clock_that_was_set_back_and_forward_loses_nothing(
    moments: tuple[str, ...],
    todays: tuple[str, ...],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number, moment in enumerate(moments):
        monkeypatch.setenv("GIT_AUTHOR_DATE", moment)
        monkeypatch.setenv("GIT_COMMITTER_DATE", moment)
        assert run(["note", "example", f"Note {number}", "--today", "2021-01-20"]).code == 0
        for today in todays:
            kept = _answers(today)
            assert kept == _answers(today) == _without_what_is_kept(folder, today)
    told = run(["log", "--today", "2100-01-01"]).out
    notes = [f"Note {number}" for number in range(len(moments))]
    assert all(note in told for note in notes)
    # The last change is the one on top, whatever its date.
    assert run(["undo", "--today", "2021-01-20"]).code == 0
    text = (folder / "issues" / "example.yaml").read_text()
    assert [note in text for note in notes] == [True] * (len(notes) - 1) + [False]


@pytest.mark.parametrize(
    "moment",
    [
        2**32 + 1,
        *(
            pytest.param(moment, marks=pytest.mark.slow)
            for moment in (-(2**31), -1, 0, 2**31 - 1, 2**31, 2**33)
        ),
    ],
)
def test_a_files_time_says_nothing_of_what_it_holds(folder: Path, moment: int) -> None:
    file = folder / "issues" / "example.yaml"
    os.utime(file, (moment, moment))
    assert "Call the ministry" in run(["show", "example"]).out
    for what in ("Ring the ministry", "Bell the ministry"):
        file.write_text(
            file.read_text().replace("Call the", "Ring the").replace("Ring the", what[:8])
        )
        os.utime(file, (moment, moment))

        assert what in run(["show", "example"]).out
        assert run(["list", "issue", "--json"]).code == 0
    git(folder, "checkout", "--quiet", ".")
    os.utime(file, (moment, moment))
    assert run(["set", "example", "priority=P2"]).code == 0
    assert git(folder, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    "zone", [*ZONES[:1], *(pytest.param(zone, marks=pytest.mark.slow) for zone in ZONES[1:])]
)
def test_the_machines_zone_changes_no_answer(
    folder: Path, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = _answers("2021-01-20")
    monkeypatch.setenv("TZ", zone)

    assert _answers("2021-01-20") == right
    assert run(["set", "example", "priority=P2"]).code == 0
    assert git(folder, "status", "--porcelain") == ""


def _at(moment: str, folder: Path, *words: str, zone: str = "UTC") -> Ran:
    """Run a command with the clock at a moment."""
    done = subprocess.run(
        ["faketime", "--exclude-monotonic", moment, sys.executable, "-m", "nacoord", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "TZ": zone},
        capture_output=True,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@with_faketime
@pytest.mark.parametrize(
    "zone",
    [ZONES[0], *(pytest.param(zone, marks=pytest.mark.slow) for zone in ("UTC", ZONES[1]))],
)
def test_the_day_is_the_offices(folder: Path, zone: str) -> None:
    # Midnight in New York is five hours after that in Greenwich.
    for moment, day in (("04:59:50", "2021-01-19"), ("05:00:10", "2021-01-20")):
        ran = _at(f"2021-01-20 {moment} UTC", folder, "status", "--json", zone=zone)
        assert f'"today": "{day}"' in ran.out, ran


@pytest.mark.slow
@with_faketime
def test_a_change_under_a_clock_that_jumps(folder: Path) -> None:
    (folder / "issues" / "new-issue.yaml").touch()
    moments = ("2038-01-19 03:14:10 UTC", "1999-12-31 23:59:59 UTC", "2099-12-30 00:00:00 UTC")
    for number, moment in enumerate(moments):
        ran = _at(moment, folder, "note", "example", f"Note {number}")
        assert ran.code == 0, ran
        assert ran.err == ""
        assert _at(moment, folder, "check").code == 0
    assert git(folder, "rev-list", "--count", "HEAD").strip() == "4"
    assert git(folder, "status", "--porcelain") == ""
    assert git(folder, "fsck", "--strict", "--no-dangling") == ""
