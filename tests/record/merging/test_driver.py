"""The driver, called by a real git merge."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from nacoord.record.merging.driver import command
from tests.support.cli import run
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.records import BASE
from tests.support.records import write

ISSUE = "issues/example.yaml"
TEXT = BASE[ISSUE]


@pytest.fixture(params=["", "data"])
def work(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A record, at the top or below, in a clone that has the driver."""
    folder = tmp_path / "work"
    write(folder / request.param, {**BASE, ".gitattributes": "*.yaml merge=nacoord\n"})
    git(folder, "init", "-q", "-b", "main")
    commit_all(folder, "Begin")
    git(folder, "branch", "theirs")
    git(folder, "config", "merge.nacoord.driver", command([sys.executable, "-m", "nacoord"]))
    git(folder, "config", "merge.renames", "false")
    return folder / request.param


def _merge(work: Path, ours: str, theirs: str, path: str = ISSUE) -> int:
    for branch, text in (("theirs", theirs), ("main", ours)):
        git(work, "switch", "-q", branch)
        write(work, {path: text})
        commit_all(work, f"Change on {branch}")
    done = subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@b", "merge", "-q", "theirs"],
        cwd=work,
        check=False,
        capture_output=True,
    )
    assert b"Traceback" not in done.stderr
    return done.returncode


def test_both_changes_of_one_line_are_taken(work: Path) -> None:
    code = _merge(work, TEXT + "tags: [a]\n", TEXT + "tags: [b]\n")

    assert code == 0
    assert (work / ISSUE).read_text() == TEXT + "tags: [a, b]\n"


def test_a_clash_stands_between_markers_and_the_rest_is_merged(work: Path) -> None:
    code = _merge(
        work, TEXT.replace("green", "red"), TEXT.replace("green", "amber") + "tags: [b]\n"
    )

    assert code == 1
    text = (work / ISSUE).read_text()
    assert "<<<<<<< ours\nhealth: red\n||||||| base\nhealth: green\n=======\n" in text
    assert "health: amber\n>>>>>>> theirs\n" in text
    assert text.endswith("tags: [b]\n")
    checked = run(["check", "--data", str(work)])
    assert checked.code in {1, 3}
    assert "merge-conflict" in checked.err + checked.out


def test_a_side_that_can_not_be_read_is_left_to_a_person(work: Path) -> None:
    code = _merge(work, TEXT + "tags: [a]\n", TEXT.replace("P1", "P2") + "title: twice\n")

    assert code == 1


def test_a_yaml_file_that_is_no_record_merges_by_lines(work: Path) -> None:
    lines = "a: 1\nb: 2\nc: 3\nb: 2\n"
    write(work, {"other.yaml": lines})
    commit_all(work, "Another file")
    git(work, "branch", "-f", "theirs", "main")

    code = _merge(work, lines.replace("a: 1", "a: 9"), lines + "d: 4\n", "other.yaml")

    assert code == 0
    assert (work / "other.yaml").read_text() == "a: 9\nb: 2\nc: 3\nb: 2\nd: 4\n"


def test_the_program_may_be_anywhere() -> None:
    line = command(["/opt/my tools/py'thon", "-m", "nacoord"])

    assert shlex.split(line.replace("%", ""))[:4] == [
        "/opt/my tools/py'thon",
        "-m",
        "nacoord",
        "merge-driver",
    ]


def test_files_that_are_not_there_are_an_error_in_words(tmp_path: Path) -> None:
    ran = run(["merge-driver", "no", "nor", "neither", "7", "issues/x.yaml"])

    assert ran.code == 4
    assert "no" in ran.err
