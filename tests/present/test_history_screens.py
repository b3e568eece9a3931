"""The screens of changes and history on the sample, at four widths: golden files, read in review."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.cli import run
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.office import know_me

SCREENS = {
    "log": ["log"],
    "history": ["history", "labor-mechanism"],
    "blame": ["blame", "labor-mechanism"],
    "diff": ["diff", "HEAD~4"],
    "audit": ["audit"],
    "read-ahead-history": ["agenda", "--for", "labor-committee-prep", "--today", "2021-01-22"],
    "dry-run": ["set", "line-5", "health=red", "next_step.due=+2w", "--dry-run"],
}
CHANGES = [
    ["set", "usmca-labor", "health=red", "health_reason=First panel refused", "-m", "Call of 19 January"],
    ["note", "tijuana-sewage", "EPA will name projects by March"],
    ["link", "tijuana-sewage", "undermines", "border-limits", "--because", "Closed beaches"],
    ["rename", "usmca-labor", "labor-mechanism", "-m", "What people call it"],
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample in git with a few changes, made at times that are always the same."""
    place = tmp_path_factory.mktemp("history") / "data"
    shutil.copytree(ROOT / "data", place)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(place.parent))
        know_me()
        git(place, "init", "-q")
        commit_all(place, "Begin the record")
        for day, words in enumerate(CHANGES, 19):
            for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
                patch.setenv(name, f"2021-01-{day}T12:00:00-05:00")
            assert run([*words, "--data", str(place)]).code == 0
        file = place / "issues" / "line-5.yaml"
        file.write_text(file.read_text().replace("priority: P1", "priority: P2"))
        commit_all(place, "Quick fix", on="2021-01-23T12:00:00-05:00", who="Z. Hand")
    return place


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("name", SCREENS)
def test_screen(
    name: str,
    width: int,
    folder: Path,
    golden: Callable[[str, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    know_me()
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.chdir(folder)
    shown = run(["--color", "never", "-q", *SCREENS[name]]).out

    golden(f"screens/{name}-{width}.txt", shown)
    if name != "blame":
        assert max(map(len, shown.splitlines())) <= width


def test_in_blame_only_who_set_a_line_is_dim(folder: Path) -> None:
    shown = run(["blame", "labor-mechanism", "--data", str(folder), "--color", "always"]).out

    assert re.search(r"^\x1b\[2m\w{7} [^\x1b]+\x1b\[0mtitle: ", shown, re.MULTILINE)


def test_what_a_record_refers_to_is_painted_as_an_id_and_other_words_are_not(folder: Path) -> None:
    words = ["show", "labor-mechanism", "--data", str(folder), "--color", "always"]
    shown = run(words).out

    assert "domestic: \x1b[36milab\x1b[0m" in shown
    assert "\x1b[36mlabor\x1b[0m" not in shown, "a theme is no record"
