"""`migrate`, and every command on a record in an older or a newer format."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.cli import run
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.office import know_me
from tests.support.office import office
from tests.support.office import state

DUE = "nacoord: this record has format 0 and is read as 1; bring it to that with: nacoord migrate\n"
REFUSED = (
    "nacoord: nothing was changed: this record has format 0, and changes are made in format 1\n"
    "  bring it to that first: nacoord migrate\n"
)


def made_older(folder: Path) -> None:
    """Write a record as it would have been in format 0: the inverse of what migrate does."""
    file = folder / "nacoord.yaml"
    file.write_text(re.sub(r"^format: 1\n", "", file.read_text(), flags=re.MULTILINE))
    for clock in (folder / "clocks").glob("*.yaml"):
        text = clock.read_text()
        clock.write_text(re.sub(r"holidays: \[(\w+)\]", lambda found: found[0].lower(), text))


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample record as it would have been in format 0, committed."""
    know_me()
    place = tmp_path / "record"
    shutil.copytree(ROOT / "data", place)
    made_older(place)
    git(place, "init", "-q")
    commit_all(place, "Begin the record")
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small record in format 0, committed."""
    place = office(tmp_path / "record")
    (place / "clocks/example-clock.yaml").write_text(
        "title: Example clock   # ours\nsteps:\n"
        "  - {name: First, days: 3, calendar: business, holidays: [us]}\n"
    )
    made_older(place)
    commit_all(place, "Write it as it was")
    monkeypatch.chdir(place)
    return place


def test_the_sample_in_the_older_format_becomes_the_sample_again(sample: Path) -> None:
    assert (sample / "clocks/foia.yaml").read_bytes() != (
        ROOT / "data/clocks/foia.yaml"
    ).read_bytes()
    questions = (
        ["status", "-q"],
        ["radar", "--json", "-q"],
        ["clocks", "-q"],
        ["agenda", "-q"],
        ["list", "clock", "--json", "-q"],
        ["check", "-q"],
        ["export", "csv", "clock", "-q"],
    )
    older = [run(words).out for words in questions]
    done = run(["migrate", "-m", "The new office reads it"])

    assert (done.code, done.err) == (0, "")
    for path in sample.rglob("*.yaml"):
        assert path.read_bytes() == (ROOT / "data" / path.relative_to(sample)).read_bytes()
    # Status alone tells the commit itself.
    assert [run(words).out for words in questions][1:] == older[1:]
    assert git(sample, "status", "--porcelain") == ""
    assert git(sample, "rev-list", "--count", "HEAD") == "2\n"


def test_the_commit_says_what_it_is(folder: Path) -> None:
    done = run(["migrate", "-m", "The new office reads it"])

    assert done.out == (
        f"[{git(folder, 'rev-parse', 'HEAD')[:10]}] migrate: format 0 → 1\n"
        "  nacoord.yaml: format 1\n"
        "  example-clock: steps.holidays + First / US, steps.holidays − First / us\n"
    )
    assert git(folder, "log", "-1", "--format=%B") == (
        "migrate: format 0 → 1\n\nThe new office reads it\n\n"
        "Nacoord-Action: migrate\nNacoord-Format: 0 1\nNacoord-Record: nacoord.yaml format\n\n"
    )
    assert (folder / "clocks/example-clock.yaml").read_text() == (
        "title: Example clock   # ours\nsteps:\n"
        "  - {name: First, days: 3, calendar: business, holidays: [US]}\n"
    )


def test_an_older_record_is_answered_from_and_says_once_what_is_due(folder: Path) -> None:
    for words in (["status"], ["show", "example-clock"], ["check"], ["log"], ["diff"], ["radar"]):
        ran = run(words)
        assert ran.err.count(DUE) == 1, words
        assert ran.code in (0, 1)
    assert "holidays" not in run(["check"]).out
    assert run(["status", "-q"]).err == ""
    assert json.loads(run(["list", "clock", "--json"]).out)["faults"] == []


@pytest.mark.parametrize(
    "words",
    [
        ["set", "example", "health=red"],
        ["set", "example", "health=red", "--dry-run"],
        ["note", "example", "A word"],
        ["new", "agency", "x", "title=X", "level=federal", "sphere=domestic"],
        ["rename", "example", "other"],
        ["remove", "example-call", "-m", "Twice"],
        ["edit", "example"],
        ["undo"],
        ["radar", "--mute", "stale", "example", "--until", "2030-01-01", "-m", "Known"],
        ["brief", "--save"],
    ],
    ids=lambda words: words[0],
)
def test_a_change_of_an_older_record_is_refused(
    words: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "false")
    before = state(folder)
    ran = run(words)

    assert (ran.code, ran.out) == (1, "")
    assert ran.err.endswith(REFUSED)
    assert state(folder) == before


def test_what_was_edited_by_hand_is_kept_before_a_migration(folder: Path) -> None:
    file = folder / "issues/example.yaml"
    file.write_text(file.read_text() + "notes: [{on: 2021-01-20, text: By hand}]\n")
    before = state(folder)
    refused = run(["migrate"])

    assert refused.code == 1
    assert "changed by hand and not committed: issues/example.yaml" in refused.err
    assert state(folder) == before

    assert run(["commit"]).code == 0
    assert run(["migrate"]).code == 0
    assert "By hand" in file.read_text()


def test_a_new_file_that_was_never_committed_is_not_swept_in(folder: Path) -> None:
    (folder / "clocks/new.yaml").write_text("title: New\nfixed: [{due: 2030-01-01}]\n")
    refused = run(["migrate"])

    assert refused.code == 1
    assert "clocks/new.yaml" in refused.err


def test_what_cannot_be_read_is_mended_before_a_migration(folder: Path) -> None:
    (folder / "issues/odd.yaml").write_text("title: [\n")
    commit_all(folder, "A slip")
    before = state(folder)
    refused = run(["migrate"])

    assert refused.code == 3
    assert "see what to mend with: nacoord check" in refused.err
    assert state(folder) == before


def test_dry_run_shows_the_diff_and_changes_nothing(folder: Path) -> None:
    before = state(folder)
    ran = run(["migrate", "--dry-run"])

    assert ran.code == 0
    assert "+format: 1" in ran.out
    assert "holidays: [US]" in ran.out
    assert state(folder) == before


def test_there_is_nothing_to_migrate_twice(folder: Path) -> None:
    run(["migrate"])
    before = state(folder)
    ran = run(["migrate"])

    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "nacoord: nothing to migrate: this record has format 1\n"
    assert run(["migrate", "--json"]).json["data"]["commit"] is None
    assert state(folder) == before


def test_what_was_cannot_be_migrated(folder: Path) -> None:
    assert run(["migrate", "--as-of", "HEAD"]).code == 2
    assert git(folder, "rev-list", "--count", "HEAD") == "2\n"


def test_a_hook_that_says_no_leaves_everything_as_it_was(folder: Path) -> None:
    hook = folder / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\necho not today; exit 1\n")
    hook.chmod(0o755)
    before = state(folder)
    ran = run(["migrate"])

    assert ran.code == 4
    assert state(folder) == before


def test_history_tells_a_migration_as_no_change_of_a_record(folder: Path) -> None:
    first = git(folder, "rev-parse", "--short=7", "HEAD").strip()
    git(folder, "config", "user.email", "b@nao.example")
    run(["migrate"])
    made = git(folder, "rev-parse", "--short=7", "HEAD").strip()
    log = run(["log"]).out

    assert f"{made} nacoord.yaml: format 0 → 1" in log
    assert "holidays" not in log.split(first)[0]
    assert "migrate" not in run(["history", "example-clock"]).out
    lines = run(["blame", "example-clock"]).out.splitlines()
    assert [line.split()[0] for line in lines if "holidays" in line] == [first]
    assert "holidays" not in run(["diff", "HEAD~1"]).out
    findings = run(["audit", "--json"]).json["data"]["findings"]
    assert not [each for each in findings if each["code"] == "not-as-said"]


def test_what_else_is_in_the_commit_of_a_migration_is_told(folder: Path) -> None:
    run(["migrate", "-m", "Bring it to today's"])
    file = folder / "issues/example.yaml"
    file.write_text(file.read_text().replace("health: green", "health: red"))
    git(folder, "commit", "-qa", "--amend", "--no-edit")

    assert "health green → red" in run(["log"]).out
    found = run(["audit"])
    assert "example changed, and the trailers don't say so" in found.out


def test_a_migration_does_not_wake_what_rests(folder: Path) -> None:
    from nacoord.record.history import _touched
    from nacoord.record.history import touched

    before = touched(folder, "UTC")
    git(folder, "config", "user.email", "b@nao.example")
    run(["migrate"])
    after = touched(folder, "UTC")

    assert after["example-clock"] == before["example-clock"]
    assert after["nacoord.yaml"] > before["nacoord.yaml"]
    assert _touched(folder, "UTC", "HEAD") == after
    assert "example-clock" not in run(["status"]).out.split("CHANGED")[-1]


def test_older_moments_are_answered_across_a_migration(folder: Path) -> None:
    run(["migrate"])
    ran = run(["show", "example-clock", "--as-of", "HEAD~1", "--json"])

    assert ran.code == 0
    assert "format 0" not in ran.err
    assert ran.json["data"]["record"]["steps"][0]["holidays"] == ["US"]


def test_a_change_from_before_a_migration_is_undone_in_todays_words(folder: Path) -> None:
    clock = folder / "clocks/example-clock.yaml"
    clock.write_text(clock.read_text().replace("[us]", "[mx]"))
    commit_all(folder, "Of Mexico")
    run(["migrate"])
    assert run(["undo", "HEAD~1"]).code == 0
    assert "holidays: [US]" in clock.read_text()

    refused = run(["undo", "HEAD~1"])
    assert refused.code == 1
    assert "brought the record to another format, which is not taken back" in refused.err


@pytest.mark.parametrize(
    "words",
    [
        *(["status"], ["show", "example"], ["log"], ["diff"], ["check"], ["commit"], ["migrate"]),
        *(["set", "example", "health=red"], ["audit", "--anchor"], ["status", "--as-of", "HEAD~1"]),
    ],
    ids=" ".join,
)
def test_a_newer_record_is_refused_by_every_command(words: list[str], folder: Path) -> None:
    file = folder / "nacoord.yaml"
    file.write_text(f'format: 2\nneeds: "0.9"\nnew: [1]\n{file.read_text()}')
    commit_all(folder, "Come from the future")
    (folder / "issues/example.yaml").write_text("title: Edited by hand\n")
    before = state(folder)
    ran = run(words)

    assert ran.code == 3
    assert ran.out == ""
    assert ran.err == (
        "nacoord.yaml:1:9: error[unknown-format]: this record has format 2; nacoord 0.1.0 reads"
        " formats up to 1\n"
        "    1 | format: 2\n"
        "      |         ^\n"
        "  = install nacoord 0.9 or newer: pip install --upgrade 'nacoord>=0.9'\n"
        "nacoord: this record was made by a newer nacoord; nothing is read or changed\n"
    )
    assert state(folder) == before


def test_a_newer_moment_is_refused_where_it_is_asked_for(folder: Path) -> None:
    run(["migrate"])
    text = (folder / "nacoord.yaml").read_text()
    (folder / "nacoord.yaml").write_text(text.replace("format: 1", "format: 2"))
    commit_all(folder, "Come from the future")
    (folder / "nacoord.yaml").write_text(text)
    commit_all(folder, "And go back")

    assert run(["status"]).code == 0
    assert run(["status", "--as-of", "HEAD~1"]).code == 3
    assert run(["diff", "HEAD~1"]).code == 3
    assert run(["status", "--as-of", "HEAD~2"]).code == 0
