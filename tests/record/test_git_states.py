"""Every state a repository can be in: a change works there, or is refused with the way out."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.cli import Ran
from tests.support.cli import run
from tests.support.git import git
from tests.support.office import office
from tests.support.office import state
from tests.support.records import BASE
from tests.support.records import write


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = office(tmp_path / "record")
    monkeypatch.chdir(place)
    return place


def change() -> Ran:
    return run(["set", "example", "priority=P2"])


def refused(folder: Path, *words: str, code: int = 4) -> None:
    before = state(folder)
    found = change()
    assert found.code == code, found.err
    for word in words:
        assert word in found.err, found.err
    assert state(folder) == before


def hook(folder: Path, name: str, script: str) -> None:
    file = folder / ".git" / "hooks" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


def test_no_repository(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(base)
    found = change()
    assert (found.code, "git -C" in found.err) == (4, True)


def test_unborn(folder: Path) -> None:
    shutil.rmtree(folder / ".git")
    git(folder, "init", "-q")
    found = change()
    assert found.code == 1
    assert "nacoord commit" in found.err
    assert run(["commit", "-m", "Begin"]).code == 0
    assert change().code == 0
    assert git(folder, "status", "--porcelain") == ""


def test_detached(folder: Path) -> None:
    git(folder, "checkout", "-q", "--detach")
    refused(folder, "no branch is checked out", "git switch")


@pytest.mark.parametrize("what", ["merge", "cherry-pick", "rebase"])
def test_in_the_midst_of(folder: Path, what: str) -> None:
    git(folder, "switch", "-q", "-c", "side")
    assert run(["set", "state", "country=MX"]).code == 0
    git(folder, "switch", "-q", "main")
    assert run(["set", "state", "country=CA"]).code == 0
    with pytest.raises(subprocess.CalledProcessError):
        git(folder, what, "side")
    found = change()
    assert found.code == 4
    assert f"a {what} is under way" in found.err
    assert "--abort" in found.err


def test_index_lock_left_behind(folder: Path) -> None:
    (folder / ".git" / "index.lock").touch()
    found = change()
    assert found.code == 4
    assert "index.lock" in found.err
    (folder / ".git" / "index.lock").unlink()
    assert change().code == 0


def test_nobody_is_known(folder: Path) -> None:
    Path(os.environ["HOME"], ".gitconfig").unlink()
    refused(folder, "git config --global user.name")
    assert run(["note", "example", "x"]).code == 4


def test_unsafe_directory(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    found = change()
    assert found.code == 4
    assert "safe.directory" in found.err


def test_submodule_and_linked_work_tree(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outer = tmp_path / "outer"
    outer.mkdir()
    git(outer, "init", "-q")
    git(
        outer,
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        str(folder),
        "inner",
    )
    git(outer / "inner", "switch", "-q", "main")
    monkeypatch.chdir(outer / "inner")
    assert change().code == 0
    monkeypatch.chdir(folder)
    git(folder, "worktree", "add", "-q", "-b", "other", str(tmp_path / "linked"))
    monkeypatch.chdir(tmp_path / "linked")
    assert change().code == 0
    assert (
        git(tmp_path / "linked", "log", "-1", "--format=%s").strip() == "example: priority P1 → P2"
    )
    assert git(folder, "status", "--porcelain") == ""


def test_sparse(folder: Path) -> None:
    git(folder, "sparse-checkout", "set", "--no-cone", "/*", "!/clocks/")
    refused(folder, "sparse", "git sparse-checkout disable")


def test_shallow(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert change().code == 0
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{folder}", "shallow")
    monkeypatch.chdir(tmp_path / "shallow")
    assert run(["set", "example", "priority=P3"]).code == 0
    found = run(["history", "example"])
    assert found.code == 0
    assert "git fetch --unshallow" in found.err


def test_bare(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(folder), "bare.git")
    monkeypatch.chdir(tmp_path / "bare.git")
    found = change()
    assert found.code == 2
    assert "bare repository" in found.err


def test_autocrlf(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(tmp_path, "-c", "core.autocrlf=true", "clone", "-q", str(folder), "windows")
    place = tmp_path / "windows"
    git(place, "config", "core.autocrlf", "true")
    monkeypatch.chdir(place)
    assert b"\r\n" in (place / "issues" / "example.yaml").read_bytes()
    assert change().code == 0
    assert b"priority: P2\r\n" in (place / "issues" / "example.yaml").read_bytes()
    assert git(place, "status", "--porcelain") == ""
    assert git(place, "diff", "--stat", "HEAD~1", "--").count("|") == 1
    assert run(["undo"]).code == 0


@pytest.mark.parametrize("name", ["pre-commit", "commit-msg", "prepare-commit-msg"])
def test_a_hook_that_says_no(folder: Path, name: str) -> None:
    hook(folder, name, "echo 'not on Fridays' >&2; exit 1")
    refused(folder, "not on Fridays")
    found = run(["new", "agency", "fresh", "title=Fresh", "level=federal", "sphere=both"])
    assert found.code == 4
    assert git(folder, "status", "--porcelain") == ""


def test_a_hook_that_edits(folder: Path) -> None:
    hook(
        folder, "pre-commit", "echo '# checked' >> issues/example.yaml; git add issues/example.yaml"
    )
    found = change()
    assert found.code == 0
    assert "a hook changed issues/example.yaml" in found.err
    assert git(folder, "status", "--porcelain") == ""
    assert "# checked" in (folder / "issues" / "example.yaml").read_text()


def test_a_hook_that_edits_only_what_is_committed(folder: Path) -> None:
    blob = "$(echo 'title: Other' | git hash-object -w --stdin)"
    hook(folder, "pre-commit", f"git update-index --cacheinfo 100644,{blob},issues/example.yaml")
    found = change()
    assert found.code == 0
    assert "a hook changed issues/example.yaml" in found.err
    assert git(folder, "show", "HEAD:issues/example.yaml") == "title: Other\n"
    assert "priority: P2" in (folder / "issues" / "example.yaml").read_text()


def test_a_hook_that_commits_something_else(folder: Path) -> None:
    hook(
        folder,
        "post-commit",
        "test -e log && exit; date > log; git add log; git commit -q -m Log",
    )
    found = run(["set", "example", "priority=P2", "--json"])
    assert found.code == 0
    assert found.err == ""
    assert found.json["data"]["commit"] == git(folder, "rev-parse", "HEAD").strip()
    assert git(folder, "log", "--format=%s").split("\n")[:2] == ["Log", "example: priority P1 → P2"]


def test_signing_that_fails(folder: Path) -> None:
    git(folder, "config", "commit.gpgsign", "true")
    git(folder, "config", "gpg.program", "false")
    refused(folder, "nothing was changed", "sign")


def test_a_subfolder_of_a_larger_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = tmp_path / "larger"
    office(top)
    write(top / "policy" / "record", BASE)
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "A record below")
    (top / "code.py").write_text("staged")
    git(top, "add", "code.py")
    (top / "issues" / "example.yaml").write_text("unstaged")
    monkeypatch.chdir(top / "policy" / "record")
    assert change().code == 0
    assert git(top, "status", "--porcelain") == "A  code.py\n M issues/example.yaml\n"
    assert git(top, "show", "--name-only", "--format=").split() == [
        "policy/record/issues/example.yaml"
    ]
    assert "P1 → P2" in run(["history", "example"]).out
    assert "P1 → P2" in run(["log"]).out


def _dies_at(shim: Path, *words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each git die that is started with one of some words."""
    real = shutil.which("git")
    shim.parent.mkdir()
    cases = "|".join(f'*" {word} "*' for word in words)
    shim.write_text(f'#!/bin/sh\ncase " $* " in {cases}) kill -9 $$;; esac\nexec {real} "$@"\n')
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", f"{shim.parent}:{os.environ['PATH']}")


def test_a_git_that_says_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office(tmp_path / "record"))
    shim = tmp_path / "bin" / "git"
    shim.parent.mkdir()
    shim.write_text("#!/bin/sh\n")
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", f"{shim.parent}:{os.environ['PATH']}")

    ran = run(["set", "example", "priority=P2"])

    assert ran.code == 4
    assert "git did not say where its folder is" in ran.err


def test_a_git_that_was_killed_on_a_commit_is_no_matter_of_signing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office(tmp_path / "record"))
    _dies_at(tmp_path / "bin" / "git", "commit", monkeypatch=monkeypatch)

    ran = run(["set", "example", "priority=P2"])

    assert ran.code == 4
    assert "git was killed by signal 9" in ran.err
    assert "signing" not in ran.err


@pytest.mark.parametrize(
    "words",
    [["status"], ["brief"], ["log"], ["history", "example"], ["export", "ics", "-o", "../out.ics"]],
)
def test_no_answer_lacks_the_history_that_a_killed_git_would_have_told(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office(tmp_path / "record"))
    _dies_at(tmp_path / "bin" / "git", "log", "rev-list", monkeypatch=monkeypatch)

    ran = run(words)

    assert ran.code == 4, ran
    assert ran.out == ""
    assert "git was killed by signal 9" in ran.err
    assert "try again" in ran.err


def test_a_git_that_was_killed_says_nothing_of_what_it_was_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = office(tmp_path / "record")
    monkeypatch.chdir(folder)
    _dies_at(tmp_path / "bin" / "git", "--verify", "merge-base", "var", monkeypatch=monkeypatch)

    for words in (
        ["status", "--as-of", "HEAD"],
        ["undo"],
        ["brief", "--save"],
    ):
        ran = run(words)
        assert ran.code == 4, ran
        assert "git was killed by signal 9" in ran.err
