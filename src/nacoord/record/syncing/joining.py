"""Make a merge's commit and go there: hooks and signing have their say before anything moves."""

from __future__ import annotations

from pathlib import Path

from nacoord.record import disk
from nacoord.record.git import GitError
from nacoord.record.git import asked
from nacoord.record.git import git
from nacoord.record.merging.commits import Merged
from nacoord.record.message import one_subject
from nacoord.record.moving import move
from nacoord.record.repository import COMMITTING
from nacoord.record.repository import Repository
from nacoord.record.repository import remedy
from nacoord.record.syncing.config import Config


def join(
    repository: Repository, merged: Merged, text: str, settings: Config
) -> tuple[str, list[str]]:
    """Land a merge: commit it unless it only goes forward, and move there; inside the lock.

    Args:
        repository: where.
        merged: the merge, with a tree.
        text: the message of its commit.
        settings: git's.

    Returns:
        the new head, and what else there is to say.

    Raises:
        HandEditedError: when a file that must change has changes that were not committed.
        GitError, OSError: when git, a hook, the signing or the disk says no.
        MovedOnError: when somebody committed here meanwhile.
        In all of these everything is as it was.
    """
    new = merged.theirs if merged.is_forward else commit_merge(repository, merged, text, settings)
    return new, go(repository, merged.ours, new, text.split("\n", 1)[0])


def go(repository: Repository, old: str, new: str, subject: str) -> list[str]:
    """Go to a commit that has all of the one that is checked out; inside the lock.

    Returns:
        what else there is to say.

    Raises:
        HandEditedError, MovedOnError, GitError, OSError: as `move` does.
    """
    notes = move(repository, old, new, one_subject(subject))
    asked(
        repository.top, "hook", "run", "--ignore-missing", "post-merge", "--", "0", transports=None
    )
    return notes


def commit_merge(repository: Repository, merged: Merged, text: str, settings: Config) -> str:
    """Make the commit of a merge in git's database, and no more; return its id.

    As with `git merge`, pre-merge-commit sees the merged files in its index, and commit-msg may
    change the message (githooks(5)).

    Raises:
        GitError: when a hook, the signing or git says no.
    """
    assert merged.tree is not None
    index, file = repository.own / "index.merge", repository.own / "MERGE_MSG"
    try:
        repository.write("read-tree", merged.tree, index=index)
        file.write_bytes(text.encode())
        _hook(repository, index, "pre-merge-commit")
        _hook(repository, index, "prepare-commit-msg", str(file), "merge")
        _hook(repository, index, "commit-msg", str(file))
        words = ["commit-tree", "-p", merged.ours, "-p", merged.theirs, "-F", str(file)]
        words += ["-S"] if settings.is_on("commit.gpgsign") else []
        made = git(repository.top, *words, merged.tree, settings=COMMITTING)
    except GitError as error:
        raise GitError(f"nothing was changed; {error.message}", hint=remedy(error)) from None
    finally:
        disk.discard(index)
        disk.discard(file)
    return (made or b"").decode().strip()


def _hook(repository: Repository, index: Path, name: str, *words: str) -> None:
    """Run a hook if there is one.

    Raises:
        GitError: when it says no, or this git can't run hooks (before 2.36) and there is one.
    """
    run = ("hook", "run", "--ignore-missing", name, *(("--", *words) if words else ()))
    said = asked(repository.top, *run, index=index, transports=None)
    if said.code == 0:
        return
    lines = [line for line in said.err.decode("utf-8", "replace").splitlines() if line.strip()]
    if any("is not a git command" in line for line in lines):
        place = git(repository.top, "rev-parse", "--git-path", f"hooks/{name}") or b""
        if not (repository.top / place.decode().strip()).exists():
            return
    raise GitError(f"the hook {name} says no", hint="\n".join(lines))
