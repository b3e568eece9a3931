"""Send a commit to a remote's branch: forward only, never by force."""

from __future__ import annotations

import re

from nacoord.record.git import Said
from nacoord.record.repository import Repository
from nacoord.record.syncing.config import Config
from nacoord.record.syncing.network import RemoteRefusedError
from nacoord.record.syncing.network import failure
from nacoord.record.syncing.network import reach_with
from nacoord.record.syncing.network import words_of
from nacoord.record.syncing.upstream import Upstream

# What git says when somebody else was a moment earlier.
_RACED = re.compile(
    r"fetch first|non-fast-forward|stale info|cannot lock ref|failed to update ref"
    r"|incorrect old value|reference already exists|but expected"
)
_OPTIONS = ("push", "--porcelain", "--no-progress", "--no-follow-tags", "--recurse-submodules=no")


class RacedError(RemoteRefusedError):
    """A remote said no, as it does to the slower of two that send at once."""


def send(repository: Repository, upstream: Upstream, settings: Config, commit: str) -> None:
    """Send a commit to the remote's branch.

    Raises:
        UnreachableError: when the remote gives no answer.
        RacedError: when others may have been earlier.
        RemoteRefusedError: when it says no, with what it said.
    """
    to = f"{commit}:{upstream.theirs}"
    # A mirror would be sent all there is, by force; it can be sent one branch like any other.
    mirror = f"remote.{upstream.remote}.mirror"
    own = (f"{mirror}=false",) if settings.is_on(mirror) else ()
    words = (*_OPTIONS, "--", upstream.remote, to)
    said = reach_with(repository, settings, *words, own=own)
    if said.code == 0:
        return
    rejected = _rejected(said)
    if rejected is None:
        raise failure(said, upstream.url or upstream.remote)
    raise _refused(said, rejected, upstream)


def _rejected(said: Said) -> str | None:
    """Return what became of the branch, in git's words; None when it never came to that."""
    for line in said.out.decode("utf-8", "replace").splitlines():
        flag, _, rest = line.partition("\t")
        if flag == "!":
            return rest.split("\t")[-1]
    return None


def _refused(said: Said, rejected: str, upstream: Upstream) -> RemoteRefusedError:
    lines = [
        line for line in words_of(said) if not line.startswith(("error: failed to push", "hint:"))
    ]
    if "checked out" in rejected:
        # git's own advice is long, and the other way round: to make it take what comes.
        lines = ["a remote to send to has no files of its own: git clone --bare FROM TO"]
    lines.append("what you have is kept here and not sent yet; once that is mended: nacoord sync")
    reason = rejected.removeprefix("[remote rejected]").removeprefix("[rejected]").strip(" ()")
    kind = RacedError if _RACED.search(rejected) else RemoteRefusedError
    return kind(
        f"{upstream.named} does not take it: {reason}", hint="\n".join(dict.fromkeys(lines))
    )


def set_upstream(repository: Repository, upstream: Upstream) -> None:
    """Let git know where the branch goes, as `git push --set-upstream` would."""
    for key, value in (("remote", upstream.remote), ("merge", upstream.theirs)):
        repository.write("config", f"branch.{upstream.branch}.{key}", value)
