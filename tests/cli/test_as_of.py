"""`--as-of` on every read: the record as it stood, and words that say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli import run
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.records import BASE
from tests.support.records import write


@pytest.fixture(autouse=True)
def in_history(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in a record that was broken once, and whose office had another name then."""
    monkeypatch.chdir(base)
    git(base, "init", "-q", "-b", "main")
    write(base, {"agencies/dhs.yaml": "title: [\n"})
    commit_all(base, "begun", "2021-01-10T12:00:00-05:00")
    write(base, {"agencies/dhs.yaml": BASE["agencies/dhs.yaml"]})
    commit_all(base, "dhs: mended", "2021-01-12T12:00:00-05:00")


READS = [
    ["status"],
    ["list"],
    ["show", "sre"],
    ["search", "texas"],
    ["agenda"],
    ["untold"],
    ["matrix"],
    ["check"],
]


@pytest.mark.parametrize("command", READS, ids=lambda words: words[0])
def test_every_read_answers_from_then(command: list[str]) -> None:
    then = run([*command, "--as-of", "2021-01-11"])
    now = run([*command, "--as-of", "HEAD"])

    assert then.code == 3
    assert ":agencies/dhs.yaml:2:1: error[bad-yaml]" in then.err + then.out
    assert "committed 2021-01-10" in then.err
    assert now.code == 0


def test_json_names_the_commit(base: Path) -> None:
    head = git(base, "rev-parse", "HEAD").strip()

    assert run(["list", "--as-of", "HEAD", "--json"]).json["as_of"] == head
    assert run(["list", "--json"]).json["as_of"] is None


def test_today_is_the_day_asked_for_unless_something_says_otherwise() -> None:
    assert run(["list", "--as-of", "2021-01-15", "--json"]).json["today"] == "2021-01-15"
    assert run(["list", "--as-of", "HEAD~1", "--json"]).json["today"] == "2021-01-10"
    said = ["--today", "2021-03-01", "list", "--as-of", "2021-01-15", "--json"]
    assert run(said).json["today"] == "2021-03-01"


def test_how_a_day_was_read_is_said() -> None:
    found = run(["--today", "2021-01-13", "list", "--as-of", "-1d"])

    assert "as of Tuesday 2021-01-12: commit" in found.err


def test_a_relative_day_counts_from_today() -> None:
    found = run(["--today", "2021-01-13", "list", "--as-of", "-1w", "--json"])

    assert found.code == 2
    assert "the history begins after 2021-01-06" in found.err


def test_what_changed_is_told_as_of_then() -> None:
    assert "dhs: mended" not in run(["status", "--as-of", "HEAD~1"]).out
    assert "dhs: mended" in run(["status", "--as-of", "HEAD"]).out


@pytest.mark.parametrize("word", ["nowhere", "--output=pwned", "2021-02-30"])
def test_what_is_no_moment(word: str, base: Path) -> None:
    found = run(["status", f"--as-of={word}"])

    assert found.code == 2
    assert word in found.err
    assert not (base / "pwned").exists()


def test_lines_of_faults_between_records_are_those_of_then(base: Path) -> None:
    write(base, {"people/new.yaml": "title: N\nrole: R\nagency: nowhere\n"})
    commit_all(base, "wrong", "2021-01-14T12:00:00-05:00")
    write(base, {"people/new.yaml": "# a line more\ntitle: N\nrole: R\nagency: dhs\n"})
    found = run(["check", "--as-of", "HEAD"])

    assert found.code == 1
    assert ":people/new.yaml:3:9: error[unknown-agency]" in found.out
    assert run(["check"]).code == 0
