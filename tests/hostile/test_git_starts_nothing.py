"""A question starts no program that came with a repository; a change starts hooks, and `audit` names them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from nacoord.cli.table import COMMANDS
from tests.hostile import canaries
from tests.support.asking import ASKING
from tests.support.asking import CHANGING
from tests.support.asking import lines
from tests.support.cli import run
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.office import office
from tests.support.records import BASE
from tests.support.records import write


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    return tmp_path / "canary"


def ask_everything(tmp_path: Path, canary: Path) -> None:
    """Run every question; none may start anything, and none may fail as nacoord's own bug."""
    (tmp_path / "out").mkdir()
    for words in lines(str(tmp_path / "out")):
        found = run(words)
        assert canaries.ran(canary) == set(), words
        assert found.code != 70, (words, found.err)


def test_every_command_asks_or_changes() -> None:
    assert set(ASKING) | CHANGING == set(COMMANDS)
    assert not set(ASKING) & (CHANGING - {"radar", "brief"})


def test_the_canaries_sing(folder: Path, canary: Path) -> None:
    canaries.plant(folder, canary)

    assert canaries.proves_itself(folder, canary) >= {"core.fsmonitor", "filter.evil.process"}


def test_no_question_starts_what_a_repository_names(
    folder: Path, tmp_path: Path, canary: Path
) -> None:
    canaries.plant(folder, canary)

    ask_everything(tmp_path, canary)


@pytest.mark.slow
@pytest.mark.parametrize("but", ["process", "process and clean"])
def test_no_question_starts_what_another_setting_hid(
    folder: Path, tmp_path: Path, canary: Path, but: str
) -> None:
    canaries.plant(folder, canary)
    git(folder, "config", "-f", ".git/more", "--unset", "core.fsmonitor")
    git(folder, "config", "-f", ".git/more", "--unset", "filter.evil.process")
    if "clean" in but:
        git(folder, "config", "-f", ".git/more", "--unset", "filter.evil.clean")

    ask_everything(tmp_path, canary)


@pytest.mark.slow
def test_no_question_fetches_what_a_partial_clone_lacks(
    folder: Path, tmp_path: Path, canary: Path
) -> None:
    blob = git(folder, "rev-parse", "HEAD:issues/example.yaml").strip()
    write(folder, {"issues/example.yaml": BASE["issues/example.yaml"] + "tags: [new]\n"})
    commit_all(folder, "Go on")
    (folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    say = f"sh -c 'echo fetched >> {canary}; exit 1'"
    for name, value in {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": str(tmp_path),
        "remote.origin.uploadpack": say,
        "protocol.file.allow": "always",
    }.items():
        git(folder, "config", name, value)
    (tmp_path / "out").mkdir()
    for words in lines(str(tmp_path / "out")):
        assert run(words).code != 70, words
        assert canaries.ran(canary) == set(), words
    git(folder, "config", "remote.origin.url", f"ext::{say}")
    git(folder, "config", "protocol.ext.allow", "always")

    assert run(["diff", "HEAD~1"]).code == 4
    assert canaries.ran(canary) == set()


def test_a_program_that_checks_signatures_is_ones_own(folder: Path, canary: Path) -> None:
    text = git(folder, "cat-file", "commit", "HEAD")
    head, _, body = text.partition("\n\n")
    for kind in ("PGP", "SSH"):
        signature = (
            f"gpgsig -----BEGIN {kind} SIGNATURE-----\n \n AAAA\n -----END {kind} SIGNATURE-----"
        )
        (folder / "signed").write_text(f"{head}\n{signature}\n\n{body}")
        made = git(folder, "hash-object", "-t", "commit", "-w", "--literally", "signed").strip()
        git(folder, "reset", "-q", "--hard", made)
        (folder / "signers").write_text("")
        for name in ("gpg.program", "gpg.ssh.program", "gpg.openpgp.program"):
            git(folder, "config", name, f"{_script(folder, canary, name)}")

        for words in (["--signed"], ["--signers", "signers"]):
            found = run(["audit", *words])
            assert found.code in (1, 4)
            assert "signature" in found.out + found.err
        assert canaries.ran(canary) == set()


def _script(folder: Path, canary: Path, name: str) -> Path:
    file = folder / ".git" / name
    file.write_text(f"#!/bin/sh\necho {name} >> {canary}\nexit 0\n")
    file.chmod(0o755)
    return file


@pytest.mark.slow
def test_a_folder_of_the_record_that_looks_like_gits_own_is_not_taken_for_it(
    folder: Path, tmp_path: Path, canary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Such a folder can come with any clone.
    inner = folder / "data"
    write(inner, BASE)
    git(folder, "clone", "-q", "--bare", ".", str(tmp_path / "bare"))
    shutil.copytree(tmp_path / "bare", inner, dirs_exist_ok=True)
    with (inner / "config").open("a") as file:
        file.write(
            f'[core]\n\tbare = false\n\tworktree = .\n\tfsmonitor = "echo ran >> {canary}"\n'
        )
        file.write(f'\tsshCommand = "echo ran >> {canary}"\n')
    (inner / "hooks").mkdir(exist_ok=True)
    for name in canaries.HOOKS:
        (inner / "hooks" / name).write_text(f"#!/bin/sh\necho {name} >> {canary}\n")
        (inner / "hooks" / name).chmod(0o755)
    monkeypatch.chdir(inner)

    ask_everything(tmp_path, canary)
    found = run(["set", "example", "priority=P2"])
    assert found.code == 4
    assert "named as git's own" in found.err
    assert canaries.ran(canary) == set()


@pytest.mark.slow
def test_no_question_looks_into_a_submodule(folder: Path, tmp_path: Path, canary: Path) -> None:
    other = office(tmp_path / "other")
    git(folder, "-c", "protocol.file.allow=always", "submodule", "-q", "add", str(other), "inner")
    commit_all(folder, "Have another")
    inner = folder / "inner"
    (inner / "nacoord.yaml").write_text("changed")
    git(inner, "config", "core.fsmonitor", f"echo inner >> {canary}")
    git(folder, "config", "diff.submodule", "diff")
    git(folder, "config", "status.submoduleSummary", "true")
    git(
        folder,
        "config",
        "-f",
        ".gitmodules",
        "submodule.inner.url",
        f"ext::sh -c 'echo x >> {canary}'",
    )

    ask_everything(tmp_path, canary)


def test_a_filter_that_cannot_be_kept_from_running_is_refused(folder: Path, canary: Path) -> None:
    with (folder / ".git" / "config").open("a") as file:
        file.write(f'[filter "a=b"]\n\tclean = "echo ran >> {canary}; cat"\n')
    (folder / ".gitattributes").write_text("* filter=a=b\n")
    file_ = folder / "issues" / "example.yaml"
    file_.write_bytes(file_.read_bytes())

    found = run(["archive", "-o", "../kept"])
    assert found.code == 4
    assert 'a filter "a=b"' in found.err
    assert run(["export", "json"]).code == 0
    assert canaries.ran(canary) == set()


def test_filters_of_ones_own_are_honoured(folder: Path, canary: Path) -> None:
    git(folder, "config", "--global", "filter.mine.clean", f"echo mine >> {canary}; cat")
    (folder / ".gitattributes").write_text("* filter=mine\n")
    file = folder / "issues" / "example.yaml"
    file.write_bytes(file.read_bytes())

    assert run(["export", "json"]).code == 0
    assert canaries.ran(canary) == {"mine"}


def test_hooks_run_with_a_change_and_may_push(folder: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare", "shared.git")
    git(folder, "remote", "add", "origin", str(tmp_path / "shared.git"))
    hook = folder / ".git" / "hooks" / "post-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\ngit push -q origin HEAD\n")
    hook.chmod(0o755)

    assert run(["set", "example", "priority=P2"]).code == 0
    assert git(tmp_path / "shared.git", "log", "--format=%s", "main").startswith(
        "example: priority"
    )


def test_audit_names_what_git_starts(folder: Path, canary: Path) -> None:
    assert run(["audit", "--json"]).json["data"]["started"] == []
    git(folder, "config", "--global", "core.editor", "vi")
    git(folder, "config", "core.fsmonitor", "true")
    assert "git starts" not in run(["audit"]).out
    canaries.plant(folder, canary)
    told = run(["audit", "--json"]).json["data"]["started"]
    shown = run(["audit"]).out

    assert "hook pre-commit" in told
    names = {each.partition("=")[0] for each in told}
    beyond = {
        "diff.guitool",
        "instaweb.httpd",
        "imap.tunnel",
        "sendemail.sendmailCmd",
        "web.browser",
    }
    assert {name.lower() for name in canaries.SETTINGS} - names == {n.lower() for n in beyond}
    assert f"git starts with a change here ({len(told)})" in shown
    assert "core.sshcommand=echo core.sshCommand >>" in shown


def test_hostile_words_in_a_configuration_are_shown_as_text(folder: Path) -> None:
    git(folder, "config", "filter.\x1b[31mx.clean", "echo \x1b]0;title\x07 [bold]x[/bold]")
    shown = run(["--color", "always", "audit"]).out

    assert "\x1b]0" not in shown
    assert "[bold]x[/bold]" in shown
