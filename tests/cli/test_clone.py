"""`nacoord clone` and `nacoord init --remote`: one command, and the others can begin."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.faults.running import Fault
from tests.faults.running import strike
from tests.support.cli import run
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.office import know_me
from tests.support.office import office
from tests.support.remotes import done
from tests.support.remotes import head
from tests.support.remotes import hook
from tests.support.remotes import shared


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    know_me()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_record_begun_at_a_remote_is_there_for_others(here: Path) -> None:
    git(here, "init", "-q", "--bare", "-b", "main", "shared.git")
    made = run(["init", "office", "--remote", "shared.git"])
    assert made.code == 0, made.err
    assert f"nacoord clone {here}/shared.git" in made.out
    got = run(["clone", "shared.git", "other"])
    assert got.code == 0, got.err

    for place in (here / "office", here / "other"):
        assert git(place, "status", "--porcelain", "--branch") == "## main...origin/main\n"
        assert git(place, "check-attr", "merge", "issues/x.yaml").endswith(": nacoord\n")
        assert "merge-driver %O %A %B %L %P" in git(place, "config", "merge.nacoord.driver")
    assert head(here / "office") == head(here / "other") == head(here / "shared.git", "main")
    done(here / "other", "check")
    audit = run(["audit", "--data", "office", "--json"]).json["data"]["findings"]
    assert audit == []
    done(here / "other", "set", "state", "tags+=x")
    done(here / "other", "sync")
    assert "state: tags" in done(here / "office", "sync").out


@pytest.mark.slow
def test_git_merges_by_field_in_a_clone(here: Path) -> None:
    git(here, "init", "-q", "--bare", "-b", "main", "shared.git")
    assert run(["init", "office", "--sample", "--remote", "shared.git"]).code == 0
    place = here / "office"
    git(place, "switch", "-q", "-c", "side")
    done(place, "set", "usmca-labor", "priority=P2")
    git(place, "switch", "-q", "main")
    done(place, "set", "usmca-labor", "health=red", "health_reason=Why")
    git(place, "merge", "-q", "--no-edit", "side")

    text = (place / "issues" / "usmca-labor.yaml").read_text()
    assert "priority: P2" in text
    assert "health: red" in text


def test_nothing_is_made_at_a_remote_that_holds_something(here: Path) -> None:
    shared(here, "our office.git")
    found = run(["init", "office", "--remote", "our office.git"])

    assert found.code == 1
    assert "holds something already: main" in found.err
    assert f"nacoord clone '{here}/our office.git'" in found.err
    assert not (here / "office").exists()


def test_nothing_is_made_without_a_connection_or_a_name(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = run(["init", "office", "--remote", "nowhere.git"])
    assert found.code == 4
    assert "can't be reached" in found.err
    assert not (here / "office").exists()

    git(here, "init", "-q", "--bare", "shared.git")
    (here / "home" / ".gitconfig").unlink()
    found = run(["init", "office", "--remote", "shared.git"])
    assert found.code == 4
    assert "user.email" in found.err
    assert not (here / "office").exists()


@pytest.mark.parametrize(
    "step",
    [
        "repository.Repository.add_intent",
        "repository.Repository.commit",
        "syncing.beginning.upstream_of",
        "syncing.beginning.send",
        "syncing.beginning.remember",
        "syncing.beginning.set_upstream",
    ],
)
def test_one_that_was_interrupted_can_be_typed_again(
    step: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(here, "init", "-q", "--bare", "-b", "main", "shared.git")
    words = ["init", "office", "--remote", "shared.git"]

    def stop(*words: object, **named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(f"nacoord.record.{step}", stop)
        assert run(words).code == 130
    found = run(words)

    assert found.code == 0, found.err
    assert "Begin the record, sent to" in found.out
    assert git(here / "shared.git", "rev-list", "--count", "main") == "1\n"
    assert git(here / "office", "status", "--porcelain") == ""
    assert done(here / "office", "sync").out.startswith("Nothing new")
    assert found.out.startswith("Found the record that was begun in office.")


def test_the_repository_that_counts_is_that_of_the_record(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared(here)
    for name in ("one.git", "two.git", "three.git"):
        git(here, "init", "-q", "--bare", "-b", "main", name)
    monkeypatch.chdir(here / "ana")
    assert run(["init", str(here / "other"), "--remote", "../one.git"]).code == 0

    monkeypatch.chdir(here)
    found = run(["init", "ana/part/office", "--remote", "two.git"])
    assert found.code == 1
    assert "has a remote already" in found.err

    git(here, "init", "-q", "alone")
    git(here / "alone", "commit", "-q", "--allow-empty", "-m", "Begin")
    git(here / "alone", "checkout", "-q", "--detach")
    found = run(["init", "alone/office", "--remote", "two.git"])
    assert found.code == 4
    assert "no branch is checked out" in found.err
    assert not (here / "ana" / "part").exists()
    assert not (here / "alone" / "office").exists()


def test_a_record_in_a_folder_is_found(here: Path) -> None:
    place = office(here / "whole" / "data")
    git(here / "whole", "init", "-q", "-b", "main")
    import shutil

    shutil.rmtree(place / ".git")
    commit_all(here / "whole", "A record in a folder")
    found = run(["clone", "whole", "got"])

    assert found.code == 0, found.err
    assert "in got/data, from" in found.out
    assert "*.yaml merge=nacoord" in found.out
    done(here / "got" / "data", "check")


def test_what_it_says_is_plain_and_can_be_typed(here: Path) -> None:
    place = office(here / "theirs")
    file = place / "nacoord.yaml"
    file.write_text(file.read_text().replace("name: Test Office", 'name: "A \\e[31m [red]Office"'))
    commit_all(place, "A name")
    found = run(["clone", "theirs", "my office"])

    assert found.code == 0, found.err
    assert "\x1b" not in found.out
    assert "[red]Office" in found.out
    assert "cd 'my office'; nacoord status" in found.out


@pytest.mark.parametrize("what", ["nothing", "no record", "no repository", "a full folder"])
def test_what_is_no_record_leaves_nothing(what: str, here: Path) -> None:
    if what == "nothing":
        git(here, "init", "-q", "--bare", "source")
    elif what == "no record":
        git(here, "init", "-q", "source")
        (here / "source" / "readme").write_text("Hello\n")
        commit_all(here / "source", "Hello")
    elif what == "a full folder":
        office(here / "source")
        (here / "got").mkdir()
        (here / "got" / "mine").write_text("mine\n")
    found = run(["clone", "source", "got"])

    assert found.code in (1, 4)
    assert found.err.startswith("nacoord: ")
    if what == "a full folder":
        assert [item.name for item in (here / "got").iterdir()] == ["mine"]
    else:
        assert not (here / "got").exists()


@pytest.mark.parametrize("stood", [False, True])
def test_one_that_was_killed_can_be_typed_again(stood: bool, here: Path) -> None:
    shared(here)
    if stood:
        (here / "got").mkdir()
    child = os.fork()
    if child == 0:
        try:
            from nacoord.record.syncing import cloning

            cloning.remember = lambda *_: os._exit(9)
            run(["clone", "shared.git", "got"])
        finally:
            os._exit(99)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    found = run(["clone", "shared.git", "got"])

    assert found.code == 0, found.err
    assert done(here / "got", "sync").out.startswith("Nothing new")
    left = {item.name for item in (*here.iterdir(), *(here / "got").iterdir())}
    assert not {name for name in left if name.startswith(".nacoord-")}


def test_a_branch_that_the_remote_does_not_name_is_found(here: Path) -> None:
    remote = shared(here)
    git(remote, "symbolic-ref", "HEAD", "refs/heads/elsewhere")
    found = run(["clone", "shared.git", "got"])

    assert found.code == 0, found.err
    assert git(here / "got", "branch", "--show-current") == "main\n"
    assert done(here / "got", "sync").out.startswith("Nothing new")


def test_no_hook_runs_and_no_module_is_followed(here: Path) -> None:
    remote = shared(here)
    ana = here / "ana"
    hook(here / "template", "post-checkout", f"touch {here}/trap")
    git(here, "config", "--global", "init.templateDir", str(here / "template"))
    git(here, "config", "--global", "submodule.recurse", "true")
    (ana / ".gitmodules").write_text('[submodule "x"]\n\tpath = x\n\turl = ../evil.git\n')
    git(ana, "update-index", "--add", "--cacheinfo", f"160000,{head(ana)},x")
    git(ana, "add", ".gitmodules")
    git(ana, "commit", "-q", "-m", "A module")
    git(ana, "push", "-q")
    (here / "trap").unlink(missing_ok=True)
    found = run(["clone", str(remote), "got"])

    assert found.code == 0, found.err
    assert not (here / "trap").exists()
    assert not any((here / "got" / "x").iterdir())


@pytest.mark.parametrize("url", ["--upload-pack=touch trap", "ext::sh -c touch% trap"])
@pytest.mark.parametrize("command", [["clone"], ["init", "office", "--remote"]])
def test_an_address_that_would_run_something_is_refused(
    url: str, command: list[str], here: Path
) -> None:
    words = [*command, url] if command != ["clone"] else ["clone", "--", url]
    found = run(words)

    assert found.code == 1, found.err
    assert "is no address" in found.err
    assert not (here / "trap").exists()
    assert not (here / "office").exists()


def test_what_a_clone_sets_up_is_not_told_as_somebody_elses(here: Path) -> None:
    git(here, "init", "-q", "--bare", "-b", "main", "shared.git")
    run(["init", "office", "--remote", "shared.git"])

    assert run(["audit", "--json", "--data", "office"]).json["data"]["started"] == []

    git(here / "office", "config", "merge.nacoord.driver", "evil %A")
    told = run(["audit", "--json", "--data", "office"]).json["data"]["started"]
    assert told == ["merge.nacoord.driver=evil %A"]


@pytest.mark.parametrize(
    ("mode", "at"),
    [
        ("before", "commit"),
        ("after", "commit"),
        pytest.param("after", "remote", marks=pytest.mark.slow),
        pytest.param("before", "push", marks=pytest.mark.slow),
        ("after", "push"),
    ],
)
def test_a_beginning_at_a_remote_that_was_killed_is_gone_on_with(
    mode: str, at: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    git(here, "init", "-q", "--bare", "-b", "main", "shared.git")
    words = ("init", "office", "--remote", "shared.git")
    assert strike(here, words, Fault(mode, at)).code == -9
    # As its git leaves it that is killed with it.
    folder = here / "office" / ".git"
    for left in ("index.lock", "nacoord/git", "nacoord/git.4194305.1"):
        (folder / left).touch()
    (here / "office" / ".nacoord-.gitattributes.4194305").touch()
    if mode == "after":
        # Its index came no further than to the intent to add the files.
        (folder / "index").unlink()
        (folder / "index.lock").unlink()
        git(here / "office", "add", "--intent-to-add", ".gitattributes", "*.gitkeep", "*.yaml")

    ran = run([*words])

    assert ran.code == 0, ran.err
    assert head(here / "office") == head(here / "shared.git", "main")
    assert git(here / "office", "log", "--format=%s") == "Begin the record\n"
    assert git(here / "office", "status", "--porcelain", "-b") == "## main...origin/main\n"
    again = run([*words])
    assert again.code == 0
    assert "Found the record that was begun" in again.out
