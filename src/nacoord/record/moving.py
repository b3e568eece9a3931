"""The move of branch, index and work tree from one commit to another: old or new, never half.

The new commit is whole in git's database before anything is touched, and the journal names both. What
a crash leaves is therefore ended forward: the branch moves first, by compare and swap, under git's
own lock on the index; then each file takes its place by a rename, and the index last.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import asdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nacoord.model.errors import NacoordError
from nacoord.record import disk
from nacoord.record import movedindex
from nacoord.record.abandoned import ours_ended
from nacoord.record.git import GitError
from nacoord.record.git import git
from nacoord.record.movedfiles import NEW
from nacoord.record.movedfiles import OTHER
from nacoord.record.movedfiles import MovedFile
from nacoord.record.movedfiles import bring
from nacoord.record.movedfiles import differing
from nacoord.record.movedfiles import discard_stage
from nacoord.record.movedfiles import stage
from nacoord.record.movedfiles import staging
from nacoord.record.movedfiles import standing
from nacoord.record.recovery import JOURNAL
from nacoord.record.repository import HandEditedError
from nacoord.record.repository import Repository
from nacoord.record.repository import RepositoryError
from nacoord.record.repository import State
from nacoord.record.repository import hand_edited
from nacoord.record.repository import shortened

FORM = "move"
# git's folder can have come with a copy: what stands there is not taken on trust.
_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
# How long a git of ours is waited for, in seconds.
_PATIENCE = 2.0


class MovedOnError(RepositoryError):
    """The branch is not any more where a move was to start from."""


@dataclass(frozen=True, slots=True)
class Move:
    """A move under way, as the journal keeps it.

    Attributes:
        form: tells this journal from that of a change.
        subject: what it is for, in words; git's reflog keeps it too.
        branch: the branch that moves.
        old: the commit it moves from.
        new: the commit it moves to.
        since: when, as text.
    """

    form: str
    subject: str
    branch: str
    old: str
    new: str
    since: str


def move(repository: Repository, old: str, new: str, subject: str) -> list[str]:
    """Move the branch, the index and the work tree from one commit to another; inside the lock.

    What is staged, edited or untracked elsewhere stays as it is.

    Args:
        repository: where.
        old: the full id of the commit that is checked out.
        new: the full id of the one to go to; it and all it holds are in the database.
        subject: what it is for, in words.

    Returns:
        what else there is to say.

    Raises:
        HandEditedError: when a file that must move has changes that were not committed, or
            something untracked stands in its place; nothing was touched.
        MovedOnError: when the branch is elsewhere by now; nothing was touched.
        RepositoryError, GitError, OSError: when git or the disk says no.
    """
    state = repository.whole.state()
    repository.refuse_unready(state)
    if state.head != old:
        raise _moved_on()
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    return _carry(repository, Move(FORM, subject, state.branch or "", old, new, since))


def recover(repository: Repository, kept: Mapping[str, Any]) -> list[str]:
    """End a move that was interrupted, and return what to say of it; inside the lock.

    Args:
        repository: where.
        kept: what the journal holds.

    Raises:
        RepositoryError: when another git holds the index, or the journal makes no sense.
        OSError: when the disk says no; the journal stays for the next command.
    """
    try:
        found = Move(**kept)
        sound = bool(_ID.fullmatch(found.old) and _ID.fullmatch(found.new))
    except TypeError:
        sound = False
    if not sound:
        raise RepositoryError(
            "the journal of an interrupted move can't be read",
            hint=f"see what differs with: git status\nthen remove {repository.own / JOURNAL}",
        )
    if not ours_ended(repository.own, _PATIENCE):
        raise RepositoryError("git is still at work", hint="the next command ends the move")
    movedindex.release(repository)
    repository.remove_abandoned()
    repository.refuse_locked()
    state = repository.whole.state((".",))
    if state.branch == found.branch and state.head == found.new:
        return [f"an interrupted move was ended: {found.subject}", *_end(repository, found)]
    if state.branch == found.branch and state.head == found.old:
        try:
            return [f"an interrupted move was ended: {found.subject}", *_carry(repository, found)]
        except (NacoordError, OSError) as error:
            if repository.head() != found.old:
                # The journal stays, and the next command ends it.
                raise
            _forget(repository)
            return [
                f"an interrupted move was given up, make it again: {found.subject}",
                error.message if isinstance(error, NacoordError) else f"{error.strerror}",
            ]
    _forget(repository)
    return [
        f"a move was interrupted, and the branch has moved since: {found.subject}",
        "the files are left as they are; see what differs with: git status",
    ]


def _carry(repository: Repository, kept: Move) -> list[str]:
    """Make a move from its beginning; until the branch has moved, a failure takes all back."""
    files = differing(repository, kept.old, kept.new)
    disk.write_whole(repository.own / JOURNAL, json.dumps(asdict(kept)).encode())
    try:
        index = movedindex.hold(repository, files)
        _refuse_in_the_way(repository, files, kept)
        stage(repository, index, files)
        _swap(repository, kept)
    except BaseException:
        if repository.head() != kept.new or kept.new == kept.old:
            _forget(repository)
            raise
        # Interrupted once the branch had moved: the rest follows.
        _end(repository, kept)
        raise
    try:
        return _close(repository, bring(repository, files))
    except OSError:
        return _end(repository, kept)
    except BaseException:
        _end(repository, kept)
        raise


def _end(repository: Repository, kept: Move) -> list[str]:
    """End a move whose branch has moved, however far it has come."""
    files = differing(repository, kept.old, kept.new)
    movedindex.release(repository)
    index = movedindex.hold(repository, files)
    stands = standing(repository, files)
    stage(repository, index, [file for file in files if stands[file.path] not in (NEW, OTHER)])
    return _close(repository, bring(repository, files))


def _close(repository: Repository, left: Sequence[str]) -> list[str]:
    movedindex.put(repository)
    _forget(repository)
    movedindex.refresh(repository)
    return [
        f"{path} was changed meanwhile and is left as it is; see: git diff HEAD -- {path}"
        for path in left
    ]


def _forget(repository: Repository) -> None:
    """Remove all that a move keeps beside the record, and the journal last."""
    movedindex.release(repository)
    discard_stage(repository)
    for file in repository.own.glob(f"{disk.PREFIX}*"):
        # What a killed command left of a journal.
        disk.discard(file)
    disk.discard(repository.own / JOURNAL)


def _swap(repository: Repository, kept: Move) -> None:
    settings = ("core.fsync=committed,reference",)
    words = ("update-ref", "-m", f"nacoord: {kept.subject}", "HEAD", kept.new, kept.old)
    try:
        # A hook on references has its say (reference-transaction, githooks(5)).
        repository.write(*words, settings=settings)
    except GitError as error:
        if "but expected" in f"{error.message} {error.hint}":
            raise _moved_on() from None
        raise


def _moved_on() -> MovedOnError:
    return MovedOnError(
        "somebody committed here meanwhile", hint="nothing was changed; make it again"
    )


def _refuse_in_the_way(repository: Repository, files: Sequence[MovedFile], kept: Move) -> None:
    """Refuse a move over what nobody has committed, or over where files wait for it."""
    _refuse_skipped(repository, files)
    name = staging(repository).name
    # Some systems don't tell small letters from capital ones.
    if any(file.path.split("/", 1)[0].casefold() == name for file in files):
        raise RepositoryError(
            f"what comes in has files in {name}, where nacoord itself works",
            hint="nothing was changed; whoever added them must give them another name",
        )
    state = repository.whole.state()
    stands = standing(repository, files)
    staged = _staged_modules(repository, files, kept)
    edited = [
        file for file in files if file.path in staged or _is_edited(file, stands[file.path], state)
    ]
    known = [file.path for file in edited if file.was or not file.comes]
    if known:
        raise hand_edited([path.removeprefix(repository.prefix) for path in known])
    if edited:
        names = [file.path.removeprefix(repository.prefix) for file in edited]
        raise HandEditedError(
            f"in the way of what comes in, and not committed: {shortened(names)}",
            hint="give it another name, or move it elsewhere, then again",
        )


def _staged_modules(repository: Repository, files: Sequence[MovedFile], kept: Move) -> set[str]:
    """Return the modules of which another commit is staged than either commit has."""
    modules = [file.path for file in files if file.is_module]
    if not modules:
        return set()
    words = ("diff-index", "--cached", "-z", "--name-only", "--ignore-submodules=none")
    old, new = (
        {
            os.fsdecode(path)
            for path in (git(repository.top, *words, commit, "--", *modules) or b"").split(b"\0")
        }
        for commit in (kept.old, kept.new)
    )
    return (old & new) - {""}


def _is_edited(file: MovedFile, stands: str, state: State) -> bool:
    """Tell whether a move would lose something that is edited, staged or untracked."""
    letters = state.differing.get(file.path)
    if stands == OTHER or letters is None:
        return stands == OTHER
    # Whoever has made the same change by hand loses nothing, unless something else is staged.
    return stands != NEW or (letters != "??" and "." not in letters)


def _refuse_skipped(repository: Repository, files: Sequence[MovedFile]) -> None:
    if not (repository.folder / "info" / "sparse-checkout").exists():
        return
    listed = (git(repository.top, "ls-files", "-t", "-z") or b"").split(b"\0")
    skipped = {line[2:] for line in listed if line.startswith(b"S ")}
    if any(file.path.encode("utf-8", "surrogateescape") in skipped for file in files):
        raise RepositoryError(
            "a file that must change is left out of this work tree (sparse checkout)",
            hint="get it with: git sparse-checkout disable",
        )
