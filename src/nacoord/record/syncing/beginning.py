"""Begin a record at an empty remote: the first commit, and the first push."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nacoord.model.errors import NacoordError
from nacoord.model.office import FILE
from nacoord.record import disk
from nacoord.record.files import id_of
from nacoord.record.git import git
from nacoord.record.lock import locked
from nacoord.record.message import Trailers
from nacoord.record.message import message
from nacoord.record.recovery import marks_in
from nacoord.record.repository import Repository
from nacoord.record.repository import open_repository
from nacoord.record.syncing.config import config
from nacoord.record.syncing.fetching import remember
from nacoord.record.syncing.network import failure
from nacoord.record.syncing.network import reach
from nacoord.record.syncing.sending import send
from nacoord.record.syncing.sending import set_upstream
from nacoord.record.syncing.setup import ATTRIBUTES
from nacoord.record.syncing.setup import add_attributes
from nacoord.record.syncing.setup import set_up
from nacoord.record.syncing.upstream import redacted
from nacoord.record.syncing.upstream import typed
from nacoord.record.syncing.upstream import upstream_of


class TakenError(NacoordError):
    """A remote holds something already, or there is one already."""


def refuse_held(place: Path, address: str) -> None:
    """Refuse to begin a record at a remote that holds something; nothing is made for it yet.

    What an interrupted `begin` has left here or there is no hindrance.

    Args:
        place: the record's folder, which need not be there.
        address: the remote's.

    Raises:
        TakenError: when it does, or the repository around the place has another remote.
        UnreachableError, RemoteRefusedError: when it gives no answer.
        RepositoryError: when nothing can be committed in the repository around the place.
        GitError: when git doesn't know who we are.
    """
    near = next(folder for folder in (place, *place.parents) if folder.is_dir())
    Repository(near, near, near, "").author()
    own = _own_branch(near, address)
    said = reach(near, config(near), "ls-remote", "--heads", "--", address)
    shown = redacted(address)
    if said.code:
        raise failure(said, shown)
    found = [line.split("\t") for line in said.out.decode("utf-8", "replace").splitlines()]
    heads = {row[-1].removeprefix("refs/heads/"): row[0] for row in found}
    if heads and heads != own:
        raise TakenError(
            f"{shown} holds something already: {', '.join(list(heads)[:4])}",
            hint=f"if that is the office's record: nacoord clone {typed(address)}\n"
            "if not, name an empty repository, as one made with: git init --bare DIR",
        )


def _own_branch(near: Path, address: str) -> dict[str, str]:
    """Return the commit by the branch that the repository around a folder is on, if there is any."""
    if git(near, "rev-parse", "--is-inside-work-tree") != b"true\n":
        return {}
    repository = open_repository(near)
    if marks_in(repository.own):
        with locked(repository.own):
            repository.end_killed()
    state = repository.state(())
    repository.refuse_unready(state)
    if config(near).get("remote.origin.url") not in (None, address):
        raise TakenError(
            f"the repository in {repository.top} has a remote already",
            hint="make the record with nacoord init, keep it with nacoord commit, then: nacoord sync",
        )
    return {state.branch or "": state.head or ""}


def begin(root: Path, address: str, files: Sequence[str], why: str) -> str:
    """Commit a new record, and send it to a remote that becomes `origin`; return the commit.

    It goes on where one that was interrupted has stopped.

    Args:
        root: the record's folder, in git.
        address: the remote's.
        files: the paths of its files, in it.
        why: the reason, kept with the commit.

    Raises:
        GitError: when git, a hook or the signing says no.
        UnreachableError, RemoteRefusedError: when the remote does; the record is committed then.
    """
    repository = open_repository(root)
    set_up(repository, config(root))
    disk.sweep(root)
    add_attributes(root)
    with locked(repository.own):
        repository.end_killed()
        _commit(repository, (*files, ATTRIBUTES), why)
    if config(root).get("remote.origin.url") is None:
        repository.write("remote", "add", "--", "origin", address)
    settings = config(root)
    state = repository.state((FILE,))
    upstream = upstream_of(state.branch or "", settings)
    head = state.head or ""
    send(repository, upstream, settings, head)
    remember(repository, upstream, head)
    set_upstream(repository, upstream)
    return head


def _commit(repository: Repository, files: Sequence[str], why: str) -> None:
    state = repository.state(files)
    if state.differing and state.head and repository.committed(FILE):
        # Killed between its commit and its index. Of an empty file git takes the intent to add it
        # for the file itself, so that this must go first.
        repository.forget_intent(files)
        repository.settle_index(files)
        state = repository.state(files)
    fresh = sorted(state.differing)
    if fresh:
        ids = [id_of(path) for path in files if path.endswith(".yaml")]
        trailers = Trailers("init", tuple((id, ()) for id in ids))
        repository.add_intent(fresh)
        repository.commit(message("Begin the record", why, trailers), fresh)
