"""The move from one commit to another: everything arrives, nothing that is somebody's is lost."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nacoord.record import moving
from nacoord.record.lock import locked
from nacoord.record.moving import MovedOnError
from nacoord.record.moving import move
from nacoord.record.recovery import recover_interrupted
from nacoord.record.repository import HandEditedError
from nacoord.record.repository import RepositoryError
from nacoord.record.repository import open_repository
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.office import office
from tests.support.office import state
from tests.support.steps import PAST_THE_END
from tests.support.steps import child
from tests.support.steps import die
from tests.support.steps import fail

STRANGE = "issues/señal 'uno' \"dos\" ¿tres? [x] *.yaml"


def two_commits(folder: Path) -> tuple[Path, str, str]:
    """Make a record with all sorts of differences between two commits; the old is checked out."""
    place = office(folder)
    (place / "run.sh").write_text("echo\n")
    (place / "link").symlink_to("run.sh")
    (place / "was-file").write_text("file\n")
    (place / "was-folder" / "deep").mkdir(parents=True)
    (place / "was-folder" / "deep" / "one.txt").write_text("one\n")
    (place / "going").mkdir()
    (place / "going" / "away.txt").write_text("gone\n")
    (place / "same.txt").write_text("same\n")
    commit_all(place, "Old")
    old = git(place, "rev-parse", "HEAD").strip()
    (place / "issues" / "example.yaml").write_text(
        (place / "issues" / "example.yaml").read_text().replace("P1", "P2")
    )
    (place / STRANGE).write_text("title: Odd\n")
    (place / "run.sh").chmod(0o755)
    (place / "link").unlink()
    (place / "link").symlink_to("same.txt")
    (place / "was-file").unlink()
    (place / "was-file").mkdir()
    (place / "was-file" / "inner.txt").write_text("inner\n")
    shutil.rmtree(place / "was-folder")
    (place / "was-folder").write_text("now a file\n")
    (place / "going" / "away.txt").unlink()
    commit_all(place, "New")
    new = git(place, "rev-parse", "HEAD").strip()
    git(place, "reset", "-q", "--hard", old)
    return place, old, new


def go(folder: Path, old: str, new: str) -> list[str]:
    repository = open_repository(folder)
    with locked(repository.own):
        return move(repository, old, new, "sync: 1 change")


def clean(folder: Path, commit: str) -> None:
    """Assert that a commit is checked out whole, as git would have done it, and nothing is left."""
    assert git(folder, "rev-parse", "HEAD").strip() == commit
    assert git(folder, "status", "--porcelain", "--ignored") == ""
    other = folder.parent / "as-git-does"
    shutil.rmtree(other, ignore_errors=True)
    git(folder, "worktree", "prune")
    git(folder, "worktree", "add", "-q", "--detach", str(other), commit)
    assert tree(folder) == tree(other)
    shutil.rmtree(other)
    nothing_left(folder)


def nothing_left(folder: Path) -> None:
    kept = {item.name for item in (folder / ".git" / "nacoord").glob("*")}
    assert not {name for name in kept if name.startswith(("journal", "index"))}
    assert not (folder / ".git" / "index.lock").exists()
    assert not (folder / ".nacoord-move").exists()


def tree(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for file in sorted(folder.rglob("*")):
        name = str(file.relative_to(folder))
        if name.split("/", maxsplit=1)[0] == ".git":
            continue
        if file.is_symlink():
            found[name] = ("link", os.readlink(file))
        elif not file.is_file():
            found[name] = "no file"
        else:
            found[name] = (file.read_bytes(), bool(file.stat().st_mode & 0o100))
    return found


def test_everything_arrives_as_git_would_have_it(tmp_path: Path) -> None:
    place, old, new = two_commits(tmp_path / "record")

    assert go(place, old, new) == []
    clean(place, new)
    assert "nacoord: sync: 1 change" in git(place, "reflog", "-1")

    assert go(place, new, old) == []
    clean(place, old)


def test_line_ends_and_attributes_are_those_of_the_new_commit(tmp_path: Path) -> None:
    place = office(tmp_path / "record")
    git(place, "config", "core.autocrlf", "true")
    for item in ("issues", "agencies", "people", "commitments", "engagements", "clocks"):
        shutil.rmtree(place / item, ignore_errors=True)
    (place / "nacoord.yaml").unlink()
    git(place, "reset", "-q", "--hard")
    (place / "plain.txt").write_bytes(b"a\r\nb\r\n")
    commit_all(place, "Old")
    old = git(place, "rev-parse", "HEAD").strip()
    assert b"\r\n" in (place / "issues" / "example.yaml").read_bytes()
    (place / ".gitattributes").write_bytes(b"*.txt eol=lf\n")
    (place / "plain.txt").write_bytes(b"a\nc\n")
    (place / "issues" / "example.yaml").write_bytes(
        (place / "issues" / "example.yaml").read_bytes().replace(b"P1", b"P2")
    )
    commit_all(place, "New")
    new = git(place, "rev-parse", "HEAD").strip()
    git(place, "reset", "-q", "--hard", old)

    go(place, old, new)

    clean(place, new)
    assert (place / "plain.txt").read_bytes() == b"a\nc\n"
    assert b"\r\n" in (place / "issues" / "example.yaml").read_bytes()


def test_what_is_staged_edited_or_untracked_elsewhere_stays(tmp_path: Path) -> None:
    place, old, new = two_commits(tmp_path / "record")
    (place / "same.txt").write_text("staged\n")
    git(place, "add", "same.txt")
    (place / "same.txt").write_text("edited\n")
    (place / "mine.txt").write_text("mine\n")
    (place / "added.txt").write_text("added\n")
    git(place, "add", "added.txt")
    (place / "nacoord.yaml").write_text((place / "nacoord.yaml").read_text() + "# mine\n")
    before = git(place, "diff", "--cached", "--", "same.txt", "added.txt")

    go(place, old, new)

    assert git(place, "status", "--porcelain").splitlines() == [
        "A  added.txt",
        " M nacoord.yaml",
        "MM same.txt",
        "?? mine.txt",
    ]
    assert git(place, "diff", "--cached", "--", "same.txt", "added.txt") == before
    assert (place / "same.txt").read_text() == "edited\n"
    nothing_left(place)


def _edit(place: Path) -> None:
    (place / "issues" / "example.yaml").write_text("title: Mine\n")


def _stage(place: Path) -> None:
    text = (place / "issues" / "example.yaml").read_text()
    _edit(place)
    git(place, "add", "-A")
    (place / "issues" / "example.yaml").write_text(text)


def _assume(place: Path) -> None:
    git(place, "update-index", "--assume-unchanged", "issues/example.yaml")
    _edit(place)


IN_THE_WAY: dict[str, Callable[[Path], Any]] = {
    "edited": _edit,
    "staged": _stage,
    "assumed unchanged": _assume,
    "removed": lambda place: (place / "issues" / "example.yaml").unlink(),
    "removed from the index": lambda place: git(
        place, "rm", "-q", "--cached", "issues/example.yaml"
    ),
    "executable": lambda place: (place / "issues" / "example.yaml").chmod(0o755),
    "a link": lambda place: (
        (place / "link").unlink(),
        (place / "link").symlink_to("/etc/passwd"),
    ),
    "untracked": lambda place: (place / STRANGE).write_text("title: Mine\n"),
    "untracked and ignored": lambda place: (
        (place / ".git" / "info" / "exclude").write_text("issues/s*\n"),
        (place / STRANGE).write_text("title: Mine\n"),
    ),
    "untracked in a folder that goes": lambda place: (place / "was-folder" / "mine").touch(),
    "a pipe": lambda place: ((place / "run.sh").unlink(), os.mkfifo(place / "run.sh")),
    "a folder that is a link": lambda place: (
        (place / "issues").rename(place.parent / "elsewhere"),
        (place / "issues").symlink_to(place.parent / "elsewhere"),
    ),
}


@pytest.mark.parametrize("name", IN_THE_WAY)
def test_what_would_be_lost_is_in_the_way_and_named(name: str, tmp_path: Path) -> None:
    place, old, new = two_commits(tmp_path / "record")
    IN_THE_WAY[name](place)
    before = tree(place), git(place, "status", "--porcelain"), (place / ".git/index").read_bytes()

    with pytest.raises(HandEditedError) as refused:
        go(place, old, new)

    assert "not committed" in refused.value.message
    assert refused.value.hint
    after = tree(place), git(place, "status", "--porcelain"), (place / ".git/index").read_bytes()
    assert after == before
    assert git(place, "rev-parse", "HEAD").strip() == old
    nothing_left(place)


def test_the_same_made_by_hand_is_not_in_the_way(tmp_path: Path) -> None:
    place, old, new = two_commits(tmp_path / "record")
    (place / STRANGE).write_text("title: Odd\n")
    shutil.rmtree(place / "going")
    text = (place / "issues" / "example.yaml").read_text().replace("P1", "P2")
    (place / "issues" / "example.yaml").write_text(text)
    git(place, "add", "issues/example.yaml")

    go(place, old, new)

    clean(place, new)


def test_a_branch_that_moved_on_is_not_moved(tmp_path: Path) -> None:
    place, _, new = two_commits(tmp_path / "record")
    elsewhere = git(place, "rev-parse", "HEAD~1").strip()

    with pytest.raises(MovedOnError):
        go(place, elsewhere, new)

    assert git(place, "status", "--porcelain") == ""
    nothing_left(place)


def test_a_detached_head_and_a_git_at_work_are_refused(tmp_path: Path) -> None:
    place, old, new = two_commits(tmp_path / "record")
    (place / ".git" / "MERGE_HEAD").write_text(f"{new}\n")
    with pytest.raises(RepositoryError, match="a merge is under way"):
        go(place, old, new)
    (place / ".git" / "MERGE_HEAD").unlink()
    git(place, "switch", "-q", "--detach")

    with pytest.raises(RepositoryError, match="no branch"):
        go(place, old, new)


@pytest.mark.parametrize("path", [".git/config", "../outside", ".GIT/hooks/post-merge", "a/.git/x"])
def test_a_path_that_leads_into_git_or_out_is_refused(path: str, tmp_path: Path) -> None:
    place, old, _ = two_commits(tmp_path / "record")
    blob = git(place, "hash-object", "-w", "run.sh").strip()
    made = blob
    for number, name in enumerate(reversed(path.split("/"))):
        kind = "100644 blob" if number == 0 else "040000 tree"
        done = subprocess.run(
            ["git", "mktree"],
            cwd=place,
            input=f"{kind} {made}\t{name}\n".encode(),
            capture_output=True,
            check=True,
        )
        made = done.stdout.decode().strip()
    evil = git(place, "commit-tree", "-p", old, "-m", "Evil", made).strip()
    before = tree(place), (place / ".git" / "config").read_bytes()

    with pytest.raises(Exception, match="git says no"):
        go(place, old, evil)

    assert (tree(place), (place / ".git" / "config").read_bytes()) == before
    assert not (tmp_path / "outside").exists()
    nothing_left(place)


@pytest.mark.parametrize("path", [".nacoord-move", ".Nacoord-Move", ".nacoord-move/issues/x.yaml"])
def test_files_where_the_move_itself_works_are_refused(path: str, tmp_path: Path) -> None:
    place, old, _ = two_commits(tmp_path / "record")
    (place / path).parent.mkdir(parents=True, exist_ok=True)
    (place / path).symlink_to("elsewhere")
    commit_all(place, "Evil")
    evil = git(place, "rev-parse", "HEAD").strip()
    git(place, "reset", "-q", "--hard", old)

    with pytest.raises(RepositoryError, match="nacoord-move, where nacoord itself works"):
        go(place, old, evil)

    clean(place, old)


def test_a_linked_work_tree_moves_its_own_branch(tmp_path: Path) -> None:
    place, old, new = two_commits(tmp_path / "record")
    linked = tmp_path / "linked"
    git(place, "worktree", "add", "-q", "-b", "other", str(linked))

    go(linked, old, new)

    assert git(linked, "rev-parse", "other").strip() == new
    assert git(linked, "status", "--porcelain") == ""
    assert git(place, "rev-parse", "HEAD").strip() == old
    assert git(place, "status", "--porcelain") == ""


def test_where_files_have_no_second_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    place, old, new = two_commits(tmp_path / "record")
    monkeypatch.setattr(os, "link", refuse)

    go(place, old, new)

    clean(place, new)


def test_where_git_names_contents_by_sha256(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DEFAULT_HASH", "sha256")
    place, old, new = two_commits(tmp_path / "record")
    assert len(new) == 64

    go(place, old, new)

    clean(place, new)


def test_a_module_is_moved_in_the_index_alone(tmp_path: Path) -> None:
    place, old, _ = two_commits(tmp_path / "record")
    git(place, "update-index", "--add", "--cacheinfo", f"160000,{old},module")
    git(place, "commit", "-q", "-m", "A module")
    new = git(place, "rev-parse", "HEAD").strip()
    git(place, "reset", "-q", "--hard", old)

    go(place, old, new)

    assert git(place, "ls-files", "-s", "module").startswith("160000")
    assert git(place, "status", "--porcelain") in ("", " D module\n")


def test_what_is_staged_of_a_module_is_in_the_way(tmp_path: Path) -> None:
    place, old, other = two_commits(tmp_path / "record")
    git(place, "update-index", "--add", "--cacheinfo", f"160000,{old},module")
    git(place, "commit", "-q", "-m", "A module")
    before = git(place, "rev-parse", "HEAD").strip()
    git(place, "update-index", "--cacheinfo", f"160000,{other},module")
    git(place, "commit", "-q", "-m", "Another commit of it")
    new = git(place, "rev-parse", "HEAD").strip()
    git(place, "reset", "-q", "--hard", before)
    git(place, "update-index", "--cacheinfo", f"160000,{before},module")

    with pytest.raises(HandEditedError, match="module"):
        go(place, before, new)

    assert before in git(place, "ls-files", "-s", "module")
    git(place, "update-index", "--cacheinfo", f"160000,{other},module")
    go(place, before, new)
    assert other in git(place, "ls-files", "-s", "module")


def test_names_that_git_could_misread_are_compared_as_they_are(tmp_path: Path) -> None:
    place = office(tmp_path / "record")
    names = ('"q"', '"', "q", "a\nb", "back\\slash", "é", "cr\r")
    git(place, "config", "core.autocrlf", "true")
    commits = []
    for text in ("One\n", "Two\n"):
        for name in names:
            (place / name).write_text(f"{text}{name if name == 'q' else ''}")
        commit_all(place, text)
        commits.append(git(place, "rev-parse", "HEAD").strip())
    git(place, "rm", "-q", "-r", ".")
    git(place, "reset", "-q", "--hard", commits[0])
    assert (place / '"q"').read_bytes() == b"One\r\n"

    assert go(place, *commits) == []
    clean(place, commits[1])

    (place / '"q"').write_text("Mine\n")
    with pytest.raises(HandEditedError, match='"q"'):
        go(place, commits[1], commits[0])


STEPS = ("open", "fsync", "replace", "unlink", "link", "mkdir", "rmdir")


def _child(
    place: Path, old: str, new: str, number: int, act: Callable[[], None], after: bool
) -> int:
    def work() -> int:
        try:
            go(place, old, new)
        except OSError:
            return 4
        return 0

    return child(work, number, act, after=after, steps=STEPS)


@pytest.mark.slow
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("act", [die, fail])
def test_stopped_at_every_step_it_is_the_old_or_the_new(
    act: Callable[[], None], after: bool, tmp_path: Path
) -> None:
    template, old, new = two_commits(tmp_path / "template")
    (template / "same.txt").write_text("staged\n")
    git(template, "add", "same.txt")
    for number in range(1, 400):
        place = tmp_path / f"record-{number}"
        shutil.copytree(template, place, symlinks=True)
        code = _child(place, old, new, number, act, after)
        if code == PAST_THE_END:
            assert number > 30
            return
        if code == 4:
            # What a failure leaves is the old, unless the branch had moved already.
            assert git(place, "rev-parse", "HEAD").strip() in (old, new), number
        recover_interrupted(place)
        head = git(place, "rev-parse", "HEAD").strip()
        assert head in (old, new), number
        assert git(place, "status", "--porcelain") == "M  same.txt\n", number
        assert head == new or code != 0, number
        if act is fail:
            # Where a folder can't be removed, an empty one may stay.
            for folder in ("going", ".nacoord-move"):
                subprocess.run(["find", folder, "-type", "d", "-delete"], cwd=place, check=False)
        nothing_left(place)
        git(place, "reset", "-q", "--hard")
        clean(place, head)
        shutil.rmtree(place)
    raise AssertionError("the move never came to its end")


def _killed_in(step: str, tmp_path: Path) -> tuple[Path, str, str]:
    place, old, new = two_commits(tmp_path / "record")
    child = os.fork()
    if child == 0:
        try:
            setattr(moving, step, lambda *_: die())  # type: ignore[func-returns-value]
            go(place, old, new)
        finally:
            os._exit(99)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 137
    return place, old, new


def _killed_once_the_branch_moved(tmp_path: Path) -> tuple[Path, str, str]:
    place, old, new = _killed_in("bring", tmp_path)
    assert git(place, "rev-parse", "HEAD").strip() == new
    return place, old, new


def test_a_kill_that_can_not_be_ended_is_given_up_while_nothing_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, old, _ = _killed_in("_swap", tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(moving, "stage", lambda *_: fail())  # type: ignore[func-returns-value]
        told = recover_interrupted(place)

    assert told[0] == "an interrupted move was given up, make it again: sync: 1 change"
    clean(place, old)


def test_a_kill_stays_in_the_journal_while_its_ending_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, _, new = _killed_in("_swap", tmp_path)

    def busy(*_: object) -> None:
        raise RepositoryError("another git is at work here")

    with monkeypatch.context() as patch:
        patch.setattr(moving, "bring", lambda *_: fail())  # type: ignore[func-returns-value]
        patch.setattr(moving, "_end", busy)
        assert "not ended yet" in recover_interrupted(place)[0]

    assert recover_interrupted(place) == ["an interrupted move was ended: sync: 1 change"]
    clean(place, new)


def test_a_kill_is_ended_forward_by_the_next_read(tmp_path: Path) -> None:
    place, _, new = _killed_once_the_branch_moved(tmp_path)
    with pytest.raises(subprocess.CalledProcessError):
        git(place, "commit", "-q", "-a", "-m", "No git gets in between")

    assert recover_interrupted(place) == ["an interrupted move was ended: sync: 1 change"]
    clean(place, new)
    assert recover_interrupted(place) == []


def test_what_was_edited_after_a_kill_is_left_and_named(tmp_path: Path) -> None:
    place, _, new = _killed_once_the_branch_moved(tmp_path)
    _edit(place)

    told = recover_interrupted(place)

    assert told[0] == "an interrupted move was ended: sync: 1 change"
    assert told[1].startswith("issues/example.yaml was changed meanwhile and is left")
    assert (place / "issues" / "example.yaml").read_text() == "title: Mine\n"
    assert git(place, "status", "--porcelain") == " M issues/example.yaml\n"
    assert git(place, "rev-parse", "HEAD").strip() == new
    nothing_left(place)


def test_a_branch_that_moved_after_a_kill_is_told_and_the_files_are_left(tmp_path: Path) -> None:
    place, old, _ = _killed_once_the_branch_moved(tmp_path)
    git(place, "update-ref", "HEAD", git(place, "rev-parse", f"{old}~1").strip())
    before = tree(place)

    told = recover_interrupted(place)

    assert "the branch has moved since" in told[0]
    before.pop(".nacoord-move", None)
    after = tree(place)
    assert {k: v for k, v in before.items() if not k.startswith(".nacoord-move")} == after
    nothing_left(place)


def test_a_journal_that_makes_no_sense_is_told(tmp_path: Path) -> None:
    place, _, _ = two_commits(tmp_path / "record")
    journal = place / ".git" / "nacoord" / "journal.json"
    journal.parent.mkdir()
    for text in ('{"form": "move", "what": 1}', "[]", "{"):
        journal.write_text(text)
        told = recover_interrupted(place)
        assert "can't be read" in told[0]
        assert state(place)[1] == ""
