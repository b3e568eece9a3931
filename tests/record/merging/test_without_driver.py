"""What a merge without the driver breaks, as one on a hosting service, is found with file and line."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.cli import run
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.records import BASE
from tests.support.records import write

ISSUE = BASE["issues/example.yaml"]
AGENCY = "title: Mexican water commission\nlevel: foreign\nsphere: foreign\ncountry: MX\n"
NEW = BASE["issues/new-issue.yaml"]

CASES: dict[str, tuple[Mapping[str, str | None], Mapping[str, str | None], str]] = {
    "a clash committed with its markers": (
        {"issues/example.yaml": ISSUE.replace("green", "red")},
        {"issues/example.yaml": ISSUE.replace("green", "amber")},
        "issues/example.yaml:6:1: error[merge-conflict]",
    ),
    "one key from each side": (
        {"issues/example.yaml": ISSUE.replace("theme: trade", "tags: [a]\ntheme: trade")},
        {"issues/example.yaml": ISSUE.replace("next_step:", "tags: [b]\nnext_step:")},
        "issues/example.yaml:17:1: error[duplicate-key]",
    ),
    "one id in two kinds": (
        {"agencies/conagua.yaml": AGENCY},
        {"issues/conagua.yaml": NEW},
        "agencies/conagua.yaml:1:1: error[duplicate-id]",
    ),
    "a reference to what the other side removed": (
        {"agencies/quebec.yaml": None},
        {"issues/example.yaml": ISSUE.replace("agency: sre", "agency: quebec")},
        "issues/example.yaml:14:13: error[unknown-agency]",
    ),
    "a reference to what the other side renamed": (
        {
            "agencies/quebec.yaml": None,
            "agencies/qc.yaml": BASE["agencies/quebec.yaml"] + "formerly: [quebec]\n",
        },
        {"issues/example.yaml": ISSUE.replace("agency: sre", "agency: quebec")},
        "issues/example.yaml:14:13: error[unknown-agency]",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_check_finds_it(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs, wanted = CASES[name]
    write(tmp_path / "work", BASE)
    monkeypatch.chdir(tmp_path / "work")
    here = Path()
    git(here, "init", "-q", "-b", "main")
    commit_all(here, "Begin")
    git(here, "branch", "theirs")
    for branch, files in (("theirs", theirs), ("main", ours)):
        git(here, "switch", "-q", branch)
        for path, text in files.items():
            if text is None:
                Path(path).unlink()
            else:
                write(here, {path: text})
        commit_all(here, f"Change on {branch}")
    merge = ["git", "-c", "user.name=A", "-c", "user.email=a@b", "merge", "-q", "theirs"]
    subprocess.run(merge, check=False, capture_output=True)
    if Path(".git/MERGE_HEAD").exists():
        commit_all(here, "Merged on a server")

    found = run(["check"])

    assert found.code in {1, 3}
    assert wanted in found.out
