"""`nacoord sync` with real remotes: what came and went, and every way in which it can be refused."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from nacoord.record import journal
from nacoord.record.lock import locked
from nacoord.record.repository import Repository
from nacoord.record.repository import open_repository
from nacoord.record.syncing.config import Config
from nacoord.record.syncing.upstream import Upstream
from tests.support.cli import run
from tests.support.cli import spawn
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.office import office
from tests.support.remotes import at
from tests.support.remotes import clone
from tests.support.remotes import done
from tests.support.remotes import fake_ssh
from tests.support.remotes import head
from tests.support.remotes import hook
from tests.support.remotes import shared
from tests.support.remotes import untouched


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    return shared(tmp_path)


@pytest.fixture
def ana(remote: Path) -> Path:
    return remote.parent / "ana"


@pytest.fixture
def bea(remote: Path) -> Path:
    return clone(remote.parent, "bea")


def test_what_one_sends_the_other_gets_in_words(ana: Path, bea: Path) -> None:
    assert done(ana, "sync").out == "Nothing new: here and origin/main are the same\n"
    done(ana, "set", "example", "priority=P2")
    sent = done(ana, "sync").out
    got = done(bea, "sync").out

    assert "Went out to origin/main: 1 change, by Ana" in sent
    assert "Came in from origin/main: 1 change, by Ana" in got
    assert "example: priority P1 → P2" in got
    assert head(ana) == head(bea) == head(ana, "refs/remotes/origin/main")
    assert git(bea, "status", "--porcelain", "--branch") == "## main...origin/main\n"
    assert "priority: P2" in (bea / "issues" / "example.yaml").read_text()


def test_changes_of_both_are_merged_by_field_and_sent(ana: Path, bea: Path) -> None:
    done(ana, "set", "example", "priority=P2")
    done(ana, "note", "example", "From Ana")
    done(ana, "sync")
    done(bea, "set", "example", "theme=water")
    done(bea, "note", "example", "From Bea")
    shown = done(bea, "sync").out

    assert "Came in from origin/main: 2 changes, by Ana" in shown
    assert "Went out to origin/main: 2 changes, by Bea" in shown
    text = (bea / "issues" / "example.yaml").read_text()
    assert all(word in text for word in ("priority: P2", "theme: water", "From Ana", "From Bea"))
    assert git(bea, "log", "-1", "--format=%B") == (
        "sync: 2 changes of origin/main with 2 of ours\n\nNacoord-Action: sync\n\n"
    )
    done(ana, "sync")
    assert head(ana) == head(bea)
    assert git(ana, "fsck", "--strict", "--no-dangling") == ""
    # Nothing is told twice, and an audit finds nothing in the merge.
    assert "sync:" not in done(ana, "log").out
    audit = at(ana, "audit", "--json").json["data"]["findings"]
    assert not [each for each in audit if each["commit"] == head(ana)]


@pytest.mark.slow
def test_json_tells_both_ways(ana: Path, bea: Path) -> None:
    done(ana, "set", "example", "priority=P2")
    done(ana, "sync")
    done(bea, "note", "example", "From Bea")
    data = done(bea, "sync", "--json").json["data"]

    assert [data[way]["count"] for way in ("came_in", "went_out")] == [1, 1]
    assert data["came_in"]["entries"][0]["who"] == "Ana"
    assert data["sent"]
    assert data["merge"] == data["head"] == head(bea)


@pytest.mark.slow
def test_json_tells_both_values(ana: Path, bea: Path) -> None:
    done(ana, "set", "example", "priority=P2")
    done(ana, "sync")
    done(bea, "set", "example", "priority=P3")
    found = at(bea, "sync", "--json")

    assert found.code == 1
    clash = found.json["data"]["disputes"][0]["disagreement"]["clash"]
    assert (clash["ours"], clash["theirs"]) == ("P3", "P2")
    assert not found.json["data"]["sent"]


@pytest.mark.slow
def test_quiet_says_nothing(ana: Path) -> None:
    done(ana, "note", "example", "Called")
    found = done(ana, "sync", "-q")

    assert (found.out, found.err) == ("", "")


@pytest.mark.slow
def test_a_trial_tells_and_touches_nothing(ana: Path, bea: Path) -> None:
    done(ana, "set", "example", "priority=P2")
    done(ana, "sync")
    done(bea, "note", "example", "From Bea")
    before = untouched(bea)
    shown = done(bea, "sync", "--dry-run").out

    assert "Would come in from origin/main: 1 change, by Ana" in shown
    assert "Would go out to origin/main: 1 change, by Bea" in shown
    assert untouched(bea) == before


@pytest.mark.slow
def test_without_push_it_only_takes_in(ana: Path, bea: Path) -> None:
    done(ana, "set", "example", "priority=P2")
    done(ana, "sync")
    done(bea, "note", "example", "From Bea")
    there = head(ana)
    shown = done(bea, "sync", "--no-push").out

    assert "Came in from" in shown
    assert "Waits to go out to origin/main: 1 change, by Bea" in shown
    assert head(bea.parent / "shared.git", "main") == there


def test_a_disagreement_stops_with_both_values_and_leaves_all(ana: Path, bea: Path) -> None:
    done(ana, "set", "example", "priority=P2")
    done(ana, "sync")
    done(bea, "set", "example", "priority=P3")
    before = untouched(bea)
    found = at(bea, "sync")

    assert found.code == 1
    assert "example.priority" in found.out
    assert "P3  Bea" in found.out
    assert "P2  Ana" in found.out
    assert "nacoord resolve" in found.out
    assert untouched(bea)[1:] == before[1:]
    assert head(bea.parent / "shared.git", "main") == head(ana)
    # The office works on.
    done(bea, "note", "example", "Later")


def test_errors_that_come_in_are_told(ana: Path, bea: Path) -> None:
    file = bea / "issues/example.yaml"
    file.write_text(file.read_text().replace("owner: example-officer", "owner: nobody-known"))
    commit_all(bea, "By hand, past the check")
    git(bea, "push", "-q")

    ran = done(ana, "sync")

    assert "nacoord: the record has an error now; see: nacoord check\n" in ran.err
    assert "has an error" not in done(ana, "sync").err


def test_what_waits_on_one_branch_is_not_merged_into_another(ana: Path, bea: Path) -> None:
    done(bea, "set", "example", "priority=P2")
    done(bea, "sync")
    done(ana, "set", "example", "priority=P3")
    assert at(ana, "sync").code == 1
    git(ana, "switch", "-q", "-c", "side", "HEAD~1")

    refused = at(ana, "resolve", "--all", "--theirs")

    assert refused.code == 1
    assert "waits on another branch, main\n  go there with: git switch main" in refused.err
    git(ana, "switch", "-q", "main")
    assert at(ana, "resolve", "--all", "--theirs").code == 0


def test_what_was_chosen_is_sent_with_what_lost(ana: Path, bea: Path) -> None:
    done(ana, "set", "example", "priority=P2")
    done(ana, "sync")
    done(bea, "set", "example", "priority=P3")
    assert at(bea, "sync").code == 1
    done(bea, "resolve", "example.priority", "--value", "P4")
    body = git(bea, "log", "-1", "--format=%B")
    assert "P2" in body
    assert "P3" in body
    assert "Nacoord-Record: example priority" in body
    assert done(bea, "sync").out.startswith("Went out to origin/main")
    done(ana, "sync")

    assert head(ana) == head(bea)
    assert "priority: P4" in (ana / "issues" / "example.yaml").read_text()
    assert "example: priority" in done(ana, "log", "-n", "1").out
    audit = at(ana, "audit", "--json").json["data"]["findings"]
    assert not [each for each in audit if each["commit"] == head(ana)]


def test_right_apart_and_wrong_together_is_refused_with_its_line(ana: Path, bea: Path) -> None:
    done(ana, "new", "agency", "fresh", "title=Fresh", "level=federal", "sphere=both")
    done(ana, "sync")
    done(bea, "sync")
    done(ana, "remove", "fresh", "-m", "Not ours")
    done(ana, "sync")
    done(bea, "set", "example-agency", "parent=fresh")
    before = untouched(bea)
    found = at(bea, "sync")

    assert found.code == 1
    assert "agencies/example-agency.yaml:" in found.err
    assert "together" in found.err
    assert untouched(bea)[1:] == before[1:]


def test_what_was_edited_by_hand_stays_and_is_told(ana: Path, bea: Path) -> None:
    done(ana, "set", "example", "priority=P2")
    done(ana, "sync")
    file = bea / "agencies" / "state.yaml"
    file.write_text(file.read_text() + "# mine\n")
    found = done(bea, "sync")

    assert "not sent: state" in found.err
    assert file.read_text().endswith("# mine\n")

    done(ana, "set", "state", "tags+=x")
    done(ana, "sync")
    found = at(bea, "sync")
    assert found.code == 1
    assert "changed by hand and not committed: agencies/state.yaml" in found.err
    assert "nacoord commit state" in found.err
    done(bea, "commit", "state")
    done(bea, "sync")
    assert "# mine" in file.read_text()
    assert "tags" in file.read_text()


def test_a_rewritten_remote_is_refused_even_after_a_fetch_by_hand(ana: Path, bea: Path) -> None:
    done(ana, "set", "example", "priority=P2")
    done(ana, "sync")
    done(bea, "sync")
    git(ana, "reset", "-q", "--hard", "HEAD~1")
    (ana / "issues" / "example.yaml").write_text(
        (ana / "issues" / "example.yaml").read_text().replace("P1", "P4")
    )
    commit_all(ana, "Another past", who="Mallory")
    git(ana, "push", "-q", "--force")
    git(bea, "fetch", "-q")
    git(bea, "gc", "-q", "--prune=now")
    before = untouched(bea)
    found = at(bea, "sync")

    assert found.code == 1
    assert "the history of origin/main was rewritten" in found.err
    assert "Mallory" in found.err
    assert "it lacks 1 change that it had" in found.err
    assert head(bea)[:7] in found.err
    assert untouched(bea) == before
    assert head(bea.parent / "shared.git", "main") == head(ana)


def test_a_remote_that_went_back_is_refused_and_can_be_given_all_back(ana: Path, bea: Path) -> None:
    done(ana, "set", "example", "priority=P2")
    done(ana, "sync")
    done(bea, "sync")
    remote = bea.parent / "shared.git"
    git(remote, "update-ref", "refs/heads/main", head(bea, "HEAD~1"))
    found = at(bea, "sync")

    assert found.code == 1
    advice = next(line for line in found.err.splitlines() if "to put it back" in line)
    subprocess.run(advice.split(": ", 1)[1], shell=True, cwd=bea, check=True, capture_output=True)
    assert done(bea, "sync").out.startswith("Nothing new")


def test_another_history_is_refused(ana: Path, tmp_path: Path) -> None:
    other = office(tmp_path / "other")
    (other / "nacoord.yaml").write_text((other / "nacoord.yaml").read_text() + "# other\n")
    commit_all(other, "Other", on="2021-01-19T12:00:00-05:00")
    git(other, "checkout", "-q", "--orphan", "fresh")
    git(other, "commit", "-q", "-m", "Fresh")
    git(other, "branch", "-M", "fresh", "main")
    (tmp_path / "our office.git").symlink_to("shared.git")
    git(other, "remote", "add", "origin", str(tmp_path / "our office.git"))
    before = untouched(other)
    found = at(other, "sync")

    assert found.code == 1
    assert "another history" in found.err
    assert f"nacoord clone '{tmp_path}/our office.git' DIR" in found.err
    assert untouched(other) == before


def test_a_branch_that_is_gone_is_not_made_again_by_itself(ana: Path) -> None:
    done(ana, "sync")
    remote = ana.parent / "shared.git"
    git(remote, "update-ref", "-d", "refs/heads/main")
    found = at(ana, "sync")

    assert found.code == 1
    assert "origin/main is gone" in found.err
    advice = found.err.splitlines()[-1].split(": ", 1)[1]
    subprocess.run(advice, shell=True, cwd=ana, check=True, capture_output=True)
    done(ana, "sync")
    assert head(remote, "main") == head(ana)


@pytest.mark.parametrize(
    ("made", "told"),
    [
        ("format: 1\n", "nothing was taken in: nacoord.yaml of origin/main can't be read"),
        ("a module", "origin/main has no record where it is here: no nacoord.yaml"),
    ],
)
def test_a_remote_without_an_office_to_read_is_told(
    made: str, told: str, ana: Path, bea: Path
) -> None:
    if made == "a module":
        git(ana, "update-index", "--cacheinfo", f"160000,{head(ana)},nacoord.yaml")
        git(ana, "commit", "-q", "-m", "A module")
    else:
        (ana / "nacoord.yaml").write_text(made)
        commit_all(ana, "Half of an office")
    git(ana, "push", "-q")
    before = untouched(bea)
    found = at(bea, "sync")

    assert told in found.err
    words = found.err.splitlines()[-1].split(": ", 1)[1]
    subprocess.run(words, shell=True, cwd=bea, check=True, capture_output=True)
    assert untouched(bea) == before


@pytest.mark.slow
def test_a_branch_that_is_called_otherwise_now_is_followed(ana: Path, bea: Path) -> None:
    git(ana.parent / "shared.git", "branch", "-m", "main", "trunk")
    found = at(bea, "sync")
    advice = next(line for line in found.err.splitlines() if "another name" in line)
    words = advice.split(": ", 1)[1].replace("NAME", "trunk")
    subprocess.run(words, shell=True, cwd=bea, check=True, capture_output=True)

    done(bea, "note", "example", "Called")
    assert "Went out to origin/trunk: 1 change" in done(bea, "sync").out


@pytest.mark.slow
def test_a_branch_that_only_git_saw_is_not_made_again_either(bea: Path) -> None:
    git(bea.parent / "shared.git", "update-ref", "-d", "refs/heads/main")

    assert "origin/main is gone" in at(bea, "sync").err


def test_what_another_sync_here_saw_meanwhile_is_no_rewritten_history(
    ana: Path, bea: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nacoord.record.syncing import fetching

    done(ana, "set", "example", "priority=P2")
    done(ana, "sync")
    real = fetching.fetch

    def fetch(repository: Repository, upstream: Upstream, settings: Config) -> str | None:
        tip = real(repository, upstream, settings)
        git(bea, "fetch", "-q", str(ana))
        fetching.remember(repository, upstream, head(bea, "FETCH_HEAD"))
        return tip and head(bea, "HEAD")

    monkeypatch.setattr(fetching, "fetch", fetch)
    assert done(bea, "sync", "--no-push").out.startswith("Nothing new")


@pytest.mark.slow
def test_a_branch_where_the_remote_has_a_folder_of_branches_is_told_as_what_it_is(
    ana: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nacoord.cli.syncing._PAUSE", 0)
    git(ana.parent / "shared.git", "branch", "team/plans", "main")
    git(ana, "switch", "-q", "-c", "team")
    found = at(ana, "sync")

    assert found.code == 1
    assert "origin/team does not take it: failed to update ref" in found.err
    assert "'refs/heads/team/plans' exists" in found.err
    assert "others" not in found.err

    git(ana.parent / "shared.git", "branch", "-D", "team/plans")
    done(ana, "sync")
    git(ana.parent / "shared.git", "branch", "-D", "team")
    git(ana, "branch", "-m", "team/ana")
    git(ana, "branch", "--unset-upstream")
    assert "Went out to origin/team/ana" in done(ana, "sync").out


@pytest.mark.slow
def test_a_mirror_is_sent_one_branch_and_nothing_by_force(ana: Path, bea: Path) -> None:
    git(bea, "push", "-q", "origin", "HEAD:refs/heads/other")
    git(ana, "config", "remote.origin.mirror", "true")
    git(ana, "config", "remote.origin.fetch", "+refs/*:refs/*")
    done(ana, "note", "example", "Called")
    done(ana, "sync")

    remote = ana.parent / "shared.git"
    assert head(remote, "main") == head(ana)
    assert head(remote, "other") == head(bea)


@pytest.mark.slow
def test_a_remote_that_names_contents_otherwise_is_told(ana: Path) -> None:
    git(ana.parent, "init", "-q", "--bare", "--object-format=sha256", "-b", "main", "other.git")
    git(ana, "remote", "set-url", "origin", "../other.git")
    git(ana, "update-ref", "-d", "refs/remotes/origin/main")
    found = at(ana, "sync")

    assert found.code == 4
    assert "one of them is of sha1, the other of sha256" in found.err
    assert "reached" not in found.err


@pytest.mark.slow
def test_a_partial_clone_is_told_and_the_way_out_works(ana: Path, bea: Path) -> None:
    remote = ana.parent / "shared.git"
    for word in ("P2", "P3"):
        done(ana, "set", "example", f"priority={word}")
    done(ana, "sync")
    git(remote, "config", "uploadpack.allowFilter", "true")
    git(ana.parent, "clone", "-q", "--filter=blob:none", f"file://{remote}", "part")
    part = ana.parent / "part"
    done(ana, "set", "example", "priority=P1")
    done(ana, "sync")
    done(part, "note", "state", "Called")
    found = at(part, "sync")

    assert found.code == 1
    assert "partial clone" in found.err
    for line in found.err.splitlines()[1:]:
        words = line.split("with: ")[-1]
        subprocess.run(words, shell=True, cwd=part, check=True, capture_output=True)
    assert "Merged" in done(part, "sync").out
    done(part, "log")


def test_a_change_killed_while_one_chooses_is_taken_back_before_the_merge(
    ana: Path, bea: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nacoord.cli import landing

    done(ana, "set", "example", "priority=P2")
    done(ana, "sync")
    done(bea, "set", "example", "priority=P3")
    assert at(bea, "sync").code == 1
    file = bea / "agencies" / "dhs.yaml"
    before = file.read_bytes()

    @contextmanager
    def late(own: Path) -> Iterator[None]:
        after = before + b"# half\n"
        entry = journal.Entry("agencies/dhs.yaml", journal.encoded(before), journal.encoded(after))
        kept = journal.Journal("dhs: half", head(bea), "2021-01-20", (entry,), ())
        journal.write(open_repository(bea), kept)
        file.write_bytes(after)
        with locked(own):
            yield

    monkeypatch.setattr(landing, "locked", late)
    found = done(bea, "resolve", "--all", "--theirs")

    assert "taken back, make it again: dhs: half" in found.err
    assert file.read_bytes() == before
    assert git(bea, "status", "--porcelain") == ""


def test_a_merge_that_was_made_by_other_means_waits_no_more(ana: Path, bea: Path) -> None:
    done(ana, "set", "example", "priority=P2")
    done(ana, "sync")
    done(bea, "set", "example", "priority=P3")
    assert at(bea, "sync").code == 1
    git(bea, "merge", "-q", "-s", "ours", "-m", "Ours", "refs/remotes/origin/main")
    done(bea, "sync")

    assert "nothing to resolve" in done(bea, "resolve").err


def test_the_first_push_sets_the_upstream(tmp_path: Path) -> None:
    place = office(tmp_path / "office")
    found = at(place, "sync")
    assert found.code == 1
    assert "git remote add origin URL" in found.err

    git(tmp_path, "init", "-q", "--bare", "empty.git")
    git(place, "remote", "add", "origin", "../empty.git")
    shown = done(place, "sync").out
    assert "Went out to origin/main: 1 change" in shown
    assert git(place, "rev-parse", "--abbrev-ref", "@{upstream}") == "origin/main\n"
    assert done(place, "sync").out.startswith("Nothing new")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("/nowhere/shared.git", "does not appear to be a git repository"),
        ("ssh://gone/shared.git", "Could not resolve hostname gone"),
        ("http://127.0.0.1:9/shared.git", "Failed to connect to 127.0.0.1"),
    ],
)
def test_without_a_connection_it_says_what_waits(
    url: str, why: str, ana: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_SSH_COMMAND", fake_ssh(ana.parent))
    done(ana, "note", "example", "Called")
    git(ana, "remote", "set-url", "origin", url)
    before = untouched(ana)
    found = at(ana, "sync")

    assert found.code == 4
    assert f"{url} can't be reached: " in found.err
    assert why in found.err
    assert "1 change waits here to be sent" in found.err
    assert len(found.err.splitlines()) == 1
    assert untouched(ana) == before


def test_a_password_in_an_address_is_never_printed(ana: Path) -> None:
    git(ana, "remote", "set-url", "origin", "http://me:secret-word@127.0.0.1:9/shared.git")
    found = at(ana, "sync")

    assert found.code == 4
    assert "127.0.0.1:9" in found.err
    assert "secret-word" not in found.err + found.out


@pytest.mark.parametrize("url", ["ext::sh -c touch% {}", "--upload-pack=touch {}", "fd::7"])
def test_an_address_that_would_run_something_is_refused(
    url: str, ana: Path, tmp_path: Path
) -> None:
    trap = tmp_path / "trap"
    git(ana, "config", "remote.origin.url", url.format(trap))
    found = at(ana, "sync")

    assert found.code == 1
    assert "is no address" in found.err
    assert not trap.exists()


@pytest.mark.slow
def test_by_ssh_it_asks_nobody(
    ana: Path, bea: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_ssh(tmp_path)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    git(ana, "remote", "set-url", "origin", f"ssh://host{tmp_path}/shared.git")
    done(ana, "note", "example", "Called")
    done(ana, "sync")
    done(bea, "sync")

    assert head(ana) == head(bea)
    assert "BatchMode=yes" in (tmp_path / "called").read_text()


@pytest.mark.slow
def test_a_hook_there_that_says_no_is_told_and_all_is_kept(ana: Path, bea: Path) -> None:
    done(ana, "set", "example", "priority=P2")
    done(ana, "sync")
    remote = ana.parent / "shared.git"
    hook(remote, "pre-receive", 'echo "Not before noon, says the office"; exit 1')
    done(bea, "note", "example", "Called")
    found = at(bea, "sync")

    assert found.code == 1
    assert "pre-receive hook declined" in found.err
    assert "Not before noon, says the office" in found.err
    assert "not sent yet" in found.err
    assert "Came in from origin/main" in found.out
    assert head(remote, "main") == head(ana)
    hook(remote, "pre-receive", "exit 0")
    assert "Went out" in done(bea, "sync").out


@pytest.mark.slow
def test_a_remote_that_can_not_be_written_is_told(ana: Path) -> None:
    remote = ana.parent / "shared.git"
    git(remote, "config", "receive.unpackLimit", "1")
    shutil.rmtree(remote / "objects" / "pack", ignore_errors=True)
    (remote / "objects" / "pack").write_text("no folder\n")
    done(ana, "note", "example", "Called")
    here = head(ana)
    found = at(ana, "sync")

    assert found.code in (1, 4)
    assert "not sent yet" in found.err or "waits here" in found.err
    assert head(ana) == here


@pytest.mark.slow
def test_a_remote_with_files_is_explained(ana: Path, tmp_path: Path) -> None:
    git(ana, "clone", "-q", str(tmp_path / "shared.git"), str(tmp_path / "open"))
    git(ana, "remote", "set-url", "origin", str(tmp_path / "open"))
    done(ana, "note", "example", "Called")
    found = at(ana, "sync")

    assert found.code == 1
    assert "has no files of its own: git clone --bare" in found.err
    assert len(found.err.splitlines()) == 3


@pytest.mark.slow
@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("detached", "no branch is checked out"),
        ("merging", "a merge is under way"),
        ("shallow", "git fetch --unshallow"),
        ("local", "another branch of this repository"),
        ("empty", "nothing is committed yet"),
    ],
)
def test_a_state_in_which_nothing_can_be_synced_is_told(
    state: str, said: str, ana: Path, tmp_path: Path
) -> None:
    place = ana
    if state == "detached":
        git(ana, "switch", "-q", "--detach")
    elif state == "merging":
        (ana / ".git" / "MERGE_HEAD").write_text(head(ana))
    elif state == "shallow":
        done(ana, "note", "example", "Called")
        done(ana, "sync")
        place = tmp_path / "cut"
        git(tmp_path, "clone", "-q", "--depth=1", f"file://{tmp_path}/shared.git", str(place))
    elif state == "local":
        git(ana, "switch", "-q", "-c", "side", "--track", "main")
    else:
        place = tmp_path / "fresh"
        assert run(["init", str(place)]).code == 0
        git(place, "remote", "add", "origin", str(tmp_path / "shared.git"))
    found = at(place, "sync")

    assert found.code in (1, 4)
    assert said in found.err


@pytest.mark.slow
@pytest.mark.parametrize("name", ["pre-merge-commit", "prepare-commit-msg", "commit-msg"])
def test_a_hook_here_that_says_no_leaves_all_as_it_was(name: str, ana: Path, bea: Path) -> None:
    done(ana, "set", "example", "priority=P2")
    done(ana, "sync")
    done(bea, "note", "example", "Called")
    hook(bea, name, f'echo "no, says {name}" >&2; exit 1')
    before = untouched(bea)
    found = at(bea, "sync")

    assert found.code == 4
    assert f"no, says {name}" in found.err
    assert untouched(bea)[1:] == before[1:]
    assert git(bea, "rev-parse", "main") == git(bea, "rev-parse", "HEAD")


@pytest.mark.slow
def test_hooks_here_see_the_merged_files_and_may_add_to_the_message(ana: Path, bea: Path) -> None:
    done(ana, "set", "example", "priority=P2")
    done(ana, "sync")
    done(bea, "set", "state", "tags+=x")
    hook(bea, "pre-merge-commit", "git show :issues/example.yaml > .git/seen")
    hook(bea, "commit-msg", 'echo "Reviewed-by: Hook" >> "$1"')
    hook(bea, "post-merge", "echo moved > .git/after")
    done(bea, "sync")

    assert "priority: P2" in (bea / ".git" / "seen").read_text()
    assert "Reviewed-by: Hook" in git(bea, "log", "-1", "--format=%B")
    assert (bea / ".git" / "after").read_text() == "moved\n"


def test_signing_that_fails_leaves_all_as_it_was(ana: Path, bea: Path) -> None:
    done(ana, "set", "example", "priority=P2")
    done(ana, "sync")
    done(bea, "note", "example", "Called")
    git(bea, "config", "commit.gpgSign", "true")
    git(bea, "config", "gpg.program", "false")
    before = untouched(bea)
    found = at(bea, "sync")

    assert found.code == 4
    assert "sign" in found.err
    assert untouched(bea)[1:] == before[1:]
    assert head(bea.parent / "shared.git", "main") == head(ana)


@pytest.mark.slow
def test_in_a_linked_work_tree_and_a_subfolder(ana: Path, tmp_path: Path) -> None:
    git(ana, "worktree", "add", "-q", "-b", "other", str(tmp_path / "linked"))
    done(tmp_path / "linked", "note", "example", "Called")
    assert "Went out to origin/other" in done(tmp_path / "linked", "sync").out

    whole = tmp_path / "whole"
    git(tmp_path, "init", "-q", str(whole))
    shutil.copytree(ana, whole / "a" / "the office", ignore=shutil.ignore_patterns(".git"))
    commit_all(whole, "A record in a folder")
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "whole.git")
    git(whole, "remote", "add", "origin", str(tmp_path / "whole.git"))
    done(whole / "a" / "the office", "sync")
    second = clone(tmp_path, "second", "whole.git")
    done(second / "a" / "the office", "set", "example", "priority=P2")
    done(second / "a" / "the office", "sync")
    done(whole / "a" / "the office", "note", "example", "Called")
    (whole / "readme").write_text("x\n")
    commit_all(whole, "No record")
    shown = done(whole / "a" / "the office", "sync").out
    assert "Came in from origin/main: 1 change" in shown
    assert "1 change of files that are no records" in shown


def test_when_others_are_faster_it_merges_and_sends_again(ana: Path, bea: Path) -> None:
    done(bea, "note", "example", "From Bea")
    # While Bea's push waits in her hook, Ana's is there first; once.
    hook(
        bea,
        "pre-push",
        f"[ -e .git/once ] && exit 0; touch .git/once\ncd {ana} && unset GIT_DIR && git push -q origin main",
    )
    done(ana, "set", "example", "priority=P2")
    shown = done(bea, "sync").out

    assert "Came in from origin/main: 1 change, by Ana" in shown
    assert "Went out to origin/main: 1 change, by Bea" in shown
    done(ana, "sync")
    assert head(ana) == head(bea)


@pytest.mark.slow
def test_when_others_are_always_faster_it_says_so_and_keeps_all(
    ana: Path, bea: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nacoord.cli.syncing._PAUSE", 0)
    hook(
        bea,
        "pre-push",
        f"cd {ana} && unset GIT_DIR && date +%N >> other && git add other && "
        "git commit -q -m Other && git push -q origin main",
    )
    done(bea, "note", "example", "From Bea")
    found = at(bea, "sync")

    assert found.code == 1
    assert "others sent to origin/main each time just before us" in found.err
    assert "From Bea" in (bea / "issues" / "example.yaml").read_text()
    (bea / ".git" / "hooks" / "pre-push").unlink()
    done(bea, "sync")
    done(ana, "sync")
    assert head(ana) == head(bea)


@pytest.mark.slow
def test_two_that_send_at_once_both_arrive(ana: Path, bea: Path, tmp_path: Path) -> None:
    hook(tmp_path / "shared.git", "pre-receive", "sleep 0.2")
    done(ana, "note", "example", "From Ana")
    done(bea, "note", "example", "From Bea")
    children = []
    for place in (ana, bea):
        child = os.fork()
        if child == 0:
            code = 99
            try:
                code = at(place, "sync").code
            finally:
                os._exit(code)
        children.append(child)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]

    assert codes == [0, 0]
    done(ana, "sync")
    done(bea, "sync")
    assert head(ana) == head(bea)
    text = (ana / "issues" / "example.yaml").read_text()
    assert "From Ana" in text
    assert "From Bea" in text


def test_git_itself_merges_by_field_once_it_is_set_up(ana: Path, bea: Path) -> None:
    done(ana, "sync")
    settings = git(ana, "config", "--local", "--list")
    assert "merge.nacoord.driver=" in settings
    assert "merge.renames=false" in settings


@pytest.mark.slow
def test_a_screen_fits_and_shows_no_control_characters(
    ana: Path, bea: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(ana, "config", "user.name", "A\x1b[31mna [red]x[/red]")
    done(ana, "note", "example", "One")
    done(ana, "sync")
    for number in range(14):
        done(bea, "note", "state", f"Note {number} with some more words to it")
    for width in (40, 80, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        shown = done(bea, "sync", "--dry-run", "--color", "always").out
        assert "\x1b[31mna" not in shown
        plain = done(bea, "sync", "--dry-run", "--color", "never").out
        assert max(map(len, plain.splitlines())) <= width
        assert "and 2 more: nacoord log" in plain


@pytest.mark.slow
def test_in_a_pipe(ana: Path) -> None:
    found = spawn(["sync"], ana, "| head -1")

    assert found.stdout == b"Nothing new: here and origin/main are the same\n"
    assert found.returncode == 0
