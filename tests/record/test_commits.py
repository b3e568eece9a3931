"""Records as they stood at a commit or on a day, from real repositories."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from nacoord.record.commits import NoSuchMomentError
from nacoord.record.commits import named
from nacoord.record.commits import on_day
from nacoord.record.git import GitError
from nacoord.record.loader import load
from tests.conftest import ROOT
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.records import BASE
from tests.support.records import write

ZONE = "America/New_York"


@pytest.fixture
def repo(base: Path) -> Path:
    """The small record in a repository of its own, with three days of history."""
    git(base, "init", "-q", "-b", "main")
    commit_all(base, "begun", "2021-01-10T12:00:00-05:00")
    write(
        base,
        {"agencies/texas.yaml": BASE["agencies/texas.yaml"].replace("State of", "The State of")},
    )
    commit_all(base, "texas: title", "2021-01-12T23:30:00-05:00")
    (base / "clocks/example-clock.yaml").unlink()
    commit_all(base, "example-clock: removed", "2021-01-14T00:30:00-05:00")
    return base


def _title(repo: Path, day: date) -> str:
    return load(on_day(repo, day, ZONE), "").records["texas"].title


def test_a_day_is_the_record_at_its_end_in_the_offices_zone(repo: Path) -> None:
    assert _title(repo, date(2021, 1, 11)) == "State of Texas"
    assert _title(repo, date(2021, 1, 12)) == "The State of Texas"
    assert "example-clock" in load(on_day(repo, date(2021, 1, 13), ZONE), "").records
    assert "example-clock" not in load(on_day(repo, date(2021, 1, 14), ZONE), "").records


def test_the_work_tree_is_not_looked_at(repo: Path) -> None:
    shutil.rmtree(repo / "agencies")

    assert "texas" in load(named(repo, "HEAD", ZONE), "").records


@pytest.mark.parametrize("name", ["HEAD", "main", "HEAD~1", "@{0}"])
def test_a_commit_has_the_names_git_gives_it(name: str, repo: Path) -> None:
    assert load(named(repo, name, ZONE), "").whole


@pytest.mark.parametrize(
    "name", ["nowhere", "", "--output=x", "-h", "HEAD^{tree}", "HEAD:issues", "a b", "HEAD..main"]
)
def test_what_is_no_commit_is_refused(name: str, repo: Path) -> None:
    with pytest.raises(NoSuchMomentError) as found:
        named(repo, name, ZONE)

    assert found.value.exit_code == 2
    assert not (repo / "x").exists()


def test_before_the_first_commit_and_without_any(repo: Path, tmp_path: Path) -> None:
    with pytest.raises(NoSuchMomentError, match="begins after 2021-01-09"):
        on_day(repo, date(2021, 1, 9), ZONE)
    (tmp_path / "plain").mkdir()
    with pytest.raises(NoSuchMomentError, match="no history yet"):
        on_day(tmp_path / "plain", date(2021, 1, 9), ZONE)
    git(tmp_path / "plain", "init", "-q")
    with pytest.raises(NoSuchMomentError, match="no history yet"):
        on_day(tmp_path / "plain", date(2021, 1, 9), ZONE)


def test_a_commit_without_the_record_says_so(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    write(whole, {"README.md": "first"})
    git(whole, "init", "-q", "-b", "main")
    commit_all(whole, "begun", "2021-01-10T12:00:00-05:00")
    write(whole / "office", BASE)
    commit_all(whole, "record", "2021-01-12T12:00:00-05:00")

    assert load(named(whole / "office", "HEAD", ZONE), "").whole
    with pytest.raises(NoSuchMomentError, match="was not there"):
        named(whole / "office", "HEAD~1", ZONE)


def test_what_a_later_merge_brought_was_not_known_here_that_day(repo: Path) -> None:
    git(repo, "checkout", "-q", "-b", "side", "HEAD~1")
    write(
        repo,
        {"agencies/texas.yaml": BASE["agencies/texas.yaml"].replace("State of", "Great State of")},
    )
    commit_all(repo, "on the side", "2021-01-13T12:00:00-05:00")
    git(repo, "checkout", "-q", "main")
    git(repo, "merge", "-q", "--no-edit", "side", on="2021-01-20T12:00:00-05:00")

    assert _title(repo, date(2021, 1, 15)) == "The State of Texas"
    assert _title(repo, date(2021, 1, 20)) == "Great State of Texas"


def _same(folder: Path) -> None:
    """Assert that the last commit reads as the clean work tree does, faults included."""
    now, then = load(folder, "x"), load(named(folder, "HEAD", ZONE), "x")

    assert dict(then.records) == dict(now.records)
    assert dict(then.files) == dict(now.files)
    assert dict(then.broken) == dict(now.broken)
    assert sorted(map(str, then.faults)) == sorted(map(str, now.faults))


def test_a_commit_reads_as_the_work_tree_it_was_made_from(base: Path) -> None:
    write(base, {
        "issues/broken.yaml": "title: [\n", "issues/two.yaml": "a: 1\na: 2\n", "issues/With Space.yaml": "title: x\n",
        "issues/old.yml": "title: x\n", "issues/.hidden.yaml": "[", "issues/README.md": "#", "agencies/québec.yaml": "x",
        "issue/stray.yaml": "title: x\n", "issues/mexico/deep/y.yaml": "title: y\n", "notes/todo.txt": "x",
        "people/texas.yaml": BASE["people/example-officer.yaml"], "issues/crlf.yaml": "title: a\r\nx: 1\r\n",
    })  # fmt: skip
    (base / "issues/inside.yaml").symlink_to("example.yaml")
    (base / "issues/outside.yaml").symlink_to("/etc/hostname")
    (base / "issues/above.yaml").symlink_to("../../elsewhere.yaml")
    git(base, "init", "-q", "-b", "main")
    git(base, "config", "core.autocrlf", "false")
    commit_all(base, "begun", "2021-01-10T12:00:00-05:00")

    _same(base)


def test_the_sample_reads_the_same_from_a_commit(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "repo/data")
    git(tmp_path / "repo", "init", "-q", "-b", "main")
    commit_all(tmp_path / "repo", "begun", "2021-01-10T12:00:00-05:00")

    _same(tmp_path / "repo/data")


def test_links_in_a_circle_and_submodules_are_refused(base: Path, tmp_path: Path) -> None:
    (base / "issues/a.yaml").symlink_to("b.yaml")
    (base / "issues/b.yaml").symlink_to("a.yaml")
    git(base, "init", "-q", "-b", "main")
    other = tmp_path / "other"
    write(other, {"x": "x"})
    git(other, "init", "-q")
    commit_all(other, "x", "2021-01-10T12:00:00-05:00")
    head = git(other, "rev-parse", "HEAD").strip()
    git(base, "update-index", "--add", "--cacheinfo", f"160000,{head},issues/sub.yaml")
    git(base, "add", "-A", "--", "agencies", "nacoord.yaml", "issues/a.yaml", "issues/b.yaml")
    git(base, "commit", "-q", "-m", "begun")
    found = {fault.origin.file: fault.code for fault in load(named(base, "HEAD", ZONE), "").faults}

    assert found == {
        "issues/a.yaml": "unreadable-file",
        "issues/b.yaml": "unreadable-file",
        "issues/sub.yaml": "not-a-file",
    }


def test_an_object_that_is_missing_is_gits_failure(repo: Path) -> None:
    blob = git(repo, "rev-parse", "HEAD:agencies/texas.yaml").strip()
    file = repo / ".git/objects" / blob[:2] / blob[2:]
    file.unlink()
    with pytest.raises(GitError):
        load(named(repo, "HEAD", ZONE), "")


def test_a_git_that_can_not_be_run_is_not_told_as_an_unknown_name(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr("nacoord.record.git.subprocess.run", fail)

    with pytest.raises(GitError, match="git can't be run: Cannot allocate memory"):
        named(repo, "HEAD", ZONE)
