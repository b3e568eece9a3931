"""What git says happened, on real repositories."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nacoord.record.git import GitError
from nacoord.record.history import recent
from tests.support.git import NOON
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.records import write

ZONE = "America/New_York"


def commit(folder: Path, name: str, subject: str, on: str = NOON, who: str = "A. Staffer") -> None:
    write(folder, {name: subject})
    commit_all(folder, subject, on, who)


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    folder = tmp_path / "repo"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    return folder


def _subjects(folder: Path, until: date | None = date(2021, 1, 20)) -> list[str]:
    return [change.subject for change in recent(folder, 7, until, ZONE) or []]


def test_outside_git_and_before_the_first_commit_there_is_no_history(
    tmp_path: Path, repo: Path
) -> None:
    (tmp_path / "plain").mkdir()

    assert recent(tmp_path / "plain", 7, None, ZONE) is None
    assert recent(repo, 7, None, ZONE) is None


def test_a_change_names_its_records(repo: Path) -> None:
    write(repo, {"issues/b.yaml": "b", "nacoord.yaml": "n", "README.md": "r", "issues/x.txt": "x"})
    commit(repo, "agencies/a.yaml", "a and b: begun", who="Zoë \x1b[31mRed")
    change = (recent(repo, 7, date(2021, 1, 20), ZONE) or [])[0]

    assert change.records == ("a", "b", "nacoord.yaml")
    assert change.on == date(2021, 1, 18)
    assert change.subject == "a and b: begun"


def test_the_window_ends_with_today_or_with_the_newest_change(repo: Path) -> None:
    commit(repo, "issues/a.yaml", "old", "2021-01-02T12:00:00-05:00")
    commit(repo, "issues/b.yaml", "week", "2021-01-14T12:00:00-05:00")
    commit(repo, "issues/c.yaml", "later", "2026-11-20T12:00:00-05:00")

    assert _subjects(repo) == ["week"]
    assert _subjects(repo, until=None) == ["later"]


def test_the_offices_time_zone_decides_the_day(repo: Path) -> None:
    commit(repo, "issues/a.yaml", "late", "2021-01-20T02:00:00+00:00")

    assert [change.on for change in recent(repo, 7, date(2021, 1, 20), ZONE) or []] == [
        date(2021, 1, 19)
    ]
    assert [change.on for change in recent(repo, 7, date(2021, 1, 20), "UTC") or []] == [
        date(2021, 1, 20)
    ]


def test_a_change_on_a_side_branch_is_not_lost_at_a_merge(repo: Path) -> None:
    """Plain `git log -- path` prunes the side when the merge took the other version."""
    commit(repo, "issues/a.yaml", "one")
    git(repo, "checkout", "-q", "-b", "side")
    commit(repo, "issues/a.yaml", "on the side")
    git(repo, "checkout", "-q", "main")
    commit(repo, "issues/b.yaml", "on main")
    git(repo, "merge", "-q", "-s", "ours", "--no-edit", "side")

    assert sorted(_subjects(repo)) == ["on main", "on the side", "one"]


def test_a_record_in_a_larger_repository_sees_its_own_changes_only(repo: Path) -> None:
    commit(repo, "office/issues/a.yaml", "ours")
    commit(repo, "code/main.py", "unrelated")
    commit(repo, "issues/b.yaml", "another record")

    assert _subjects(repo / "office") == ["ours"]


def test_odd_subjects_stay_one_change(repo: Path) -> None:
    commit(repo, "issues/a.yaml", 'quote " and \t tab and ü and %s')
    commit(repo, "issues/a.yaml", "-dash")

    assert _subjects(repo) == ["-dash", 'quote " and \t tab and ü and %s']


def test_a_linked_worktree_has_the_history_too(repo: Path, tmp_path: Path) -> None:
    commit(repo, "issues/a.yaml", "one")
    git(repo, "worktree", "add", "-q", str(tmp_path / "linked"), "-b", "other")

    assert _subjects(tmp_path / "linked") == ["one"]


def test_a_detached_head_is_history_all_the_same(repo: Path) -> None:
    commit(repo, "issues/a.yaml", "one")
    git(repo, "checkout", "-q", "--detach")

    assert _subjects(repo) == ["one"]


def test_git_missing_is_said(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(GitError, match="git is not installed"):
        recent(repo, 7, None, ZONE)


def test_a_repository_of_another_owner_is_refused_with_gits_remedy(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(repo, "issues/a.yaml", "one")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(GitError) as found:
        recent(repo, 7, None, ZONE)

    assert "safe.directory" in found.value.hint


def test_a_hostile_configuration_is_not_run(repo: Path, tmp_path: Path) -> None:
    commit(repo, "issues/a.yaml", "one")
    trap = f"touch {tmp_path}/ran"
    for key in ("core.pager", "core.fsmonitor", "diff.external", "gpg.program", "core.sshCommand"):
        git(repo, "config", key, trap)
    git(repo, "config", "log.showSignature", "true")

    assert _subjects(repo) == ["one"]
    assert not (tmp_path / "ran").exists()
