"""New records: empty or with the sample, in git, and never over what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from nacoord.desk.checks.table import check
from nacoord.record.git import GitError
from nacoord.record.loader import load
from nacoord.record.starter import StarterError
from nacoord.record.starter import ensure_git
from nacoord.record.starter import start
from tests.conftest import ROOT


@pytest.mark.parametrize("sample", [False, True])
def test_a_new_record_passes_check(sample: bool, tmp_path: Path) -> None:
    count = start(tmp_path / "deep/new", sample=sample)
    loaded = load(tmp_path / "deep/new", "")

    assert check(loaded) == []
    assert len(loaded.records) == count


def test_the_sample_is_the_projects_own_record(tmp_path: Path) -> None:
    start(tmp_path / "new", sample=True)

    assert dict(load(tmp_path / "new", "").records) == dict(load(ROOT / "data", "").records)


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "issues").mkdir()
    (tmp_path / "issues/mine.txt").write_text("mine")
    with pytest.raises(StarterError, match="exists already"):
        start(tmp_path, sample=True)

    assert sorted(path.name for path in tmp_path.rglob("*")) == ["home", "issues", "mine.txt"]


def test_a_record_is_never_made_twice(tmp_path: Path) -> None:
    start(tmp_path / "new", sample=False)
    with pytest.raises(StarterError, match="exists already"):
        start(tmp_path / "new", sample=False)


def test_git_is_made_only_where_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "repo/below").mkdir(parents=True)

    assert ensure_git(tmp_path / "repo")
    assert not ensure_git(tmp_path / "repo")
    assert not ensure_git(tmp_path / "repo/below")
    assert not (tmp_path / "repo/below/.git").exists()


def test_without_git_the_word_is_clear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(GitError, match="git is not installed"):
        ensure_git(tmp_path)
