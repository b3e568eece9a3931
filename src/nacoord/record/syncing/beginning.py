"""Begin a record at an empty remote: the first commit, and the first push."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nacoord.model.errors import NacoordError
from nacoord.record.git import git
from nacoord.record.lock import locked
from nacoord.record.message import Trailers
from nacoord.record.message import message
from nacoord.record.repository import Repository
from nacoord.record.repository import open_repository
from nacoord.record.syncing.config import config
from nacoord.record.syncing.fetching import remember
from nacoord.record.syncing.network import failure
from nacoord.record.syncing.network import reach
from nacoord.record.syncing.sending import send
from nacoord.record.syncing.sending import set_upstream
from nacoord.record.syncing.setup import add_attributes
from nacoord.record.syncing.setup import set_up
from nacoord.record.syncing.upstream import redacted
from nacoord.record.syncing.upstream import typed
from nacoord.record.syncing.upstream import upstream_of


class TakenError(NacoordError):
    """A remote holds something already, or there is one already."""


def refuse_held(here: Path, address: str) -> None:
    """Refuse to begin a record at a remote that holds something; nothing is made for it yet.

    Raises:
        TakenError: when it does.
        UnreachableError, RemoteRefusedError: when it gives no answer.
        GitError: when git doesn't know who we are.
    """
    Repository(here, here, here, "").author()
    said = reach(here, config(here), "ls-remote", "--heads", "--", address)
    shown = redacted(address)
    if said.code:
        raise failure(said, shown)
    heads = [
        line.split("\t")[-1].removeprefix("refs/heads/")
        for line in said.out.decode("utf-8", "replace").splitlines()
    ]
    if heads:
        raise TakenError(
            f"{shown} holds something already: {', '.join(heads[:4])}",
            hint=f"if that is the office's record: nacoord clone {typed(address)}\n"
            "if not, name an empty repository, as one made with: git init --bare DIR",
        )
    if git(here, "rev-parse", "--is-inside-work-tree") and "origin" in config(here).remotes():
        raise TakenError(
            "this repository has a remote already",
            hint="make the record with nacoord init, keep it with nacoord commit, then: nacoord sync",
        )


def begin(root: Path, address: str, files: Sequence[str], why: str) -> str:
    """Commit a new record, and send it to a remote that becomes `origin`; return the commit.

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
    add_attributes(root)
    ids = [_id(path) for path in files if path.endswith(".yaml")]
    trailers = Trailers("init", tuple((id, ()) for id in ids))
    with locked(repository.own):
        repository.add_intent([*files, ".gitattributes"])
        repository.commit(message("Begin the record", why, trailers), [*files, ".gitattributes"])
    git(root, "remote", "add", "--", "origin", address)
    settings = config(root)
    state = repository.state(("nacoord.yaml",))
    upstream = upstream_of(state.branch or "", settings)
    head = state.head or ""
    send(repository, upstream, settings, head)
    remember(repository, upstream, head)
    set_upstream(repository, upstream)
    return head


def _id(path: str) -> str:
    return path.rsplit("/", 1)[-1].removesuffix(".yaml") if "/" in path else path
