"""Where a branch is sent to and fetched from."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from nacoord.model.errors import NacoordError
from nacoord.record.syncing.config import Config

# Names that git takes as a part of a ref's name, whatever stands before or behind.
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
# A password can have an @ in it, as people type it; the last one ends it, as git reads it.
_SECRET = re.compile(r"(\b[a-z][a-z0-9+.-]*://)([^/\s]*)@", re.IGNORECASE)


class NoRemoteError(NacoordError):
    """There is nothing to fetch from and to send to."""


@dataclass(frozen=True, slots=True)
class Upstream:
    """The branch of a remote that a branch here goes with.

    Attributes:
        remote: the remote's name, or its address where git's settings have that.
        url: its address, without a password.
        branch: the branch here.
        theirs: the branch there, as `refs/heads/main`.
        is_set: whether git's settings say so; else the first push does.
    """

    remote: str
    url: str
    branch: str
    theirs: str
    is_set: bool

    @property
    def short(self) -> str:
        """The branch there, as people call it."""
        return self.theirs.removeprefix("refs/heads/")

    @property
    def named(self) -> str:
        """The branch there with its remote, as `origin/main`."""
        return f"{self._plain}/{self.short}" if self._plain == self.remote else self.short

    @property
    def _plain(self) -> str:
        if _PLAIN.fullmatch(self.remote):
            return self.remote
        return sha256(self.remote.encode("utf-8", "surrogateescape")).hexdigest()[:16]

    @property
    def _flat(self) -> str:
        """The branch there in one part of a ref's name: `a` and `a/b` can't both be refs."""
        return self.short.replace("%", "%25").replace("/", "%2F")

    @property
    def memory(self) -> str:
        """Our own ref for the last tip of it that was seen or sent; git itself never moves it."""
        return f"refs/nacoord/synced/{self._plain}/{self._flat}"

    @property
    def incoming(self) -> str:
        """Our own ref for what was fetched last, whatever it is worth."""
        return f"refs/nacoord/incoming/{self._plain}/{self._flat}"

    @property
    def tracked(self) -> str | None:
        """Git's ref for what a remote had; None for an address without a name."""
        named = self._plain == self.remote
        return f"refs/remotes/{self.remote}/{self.short}" if named else None


def upstream_of(branch: str, settings: Config) -> Upstream:
    """Return where a branch goes: its upstream, else the same name at `origin`.

    Raises:
        NoRemoteError: when there is no such remote, or it can't be used.
    """
    remote = settings.get(f"branch.{branch}.remote")
    theirs = settings.get(f"branch.{branch}.merge")
    if remote == ".":
        raise NoRemoteError(
            f"the branch {branch} goes with another branch of this repository, not of a remote",
            hint=f"let it go with no other: git branch --unset-upstream {typed(branch)}\n"
            "then to origin, under its own name: nacoord sync",
        )
    known = settings.remotes()
    if remote is None:
        remote = "origin" if "origin" in known or len(known) != 1 else known[0]
    is_name = remote in known
    if not is_name and (remote == "origin" or not _is_address(remote)):
        raise _no_remote(branch, settings.get(f"branch.{branch}.remote"), known)
    address = settings.get(f"remote.{remote}.url") or "" if is_name else remote
    refuse_option(address)
    refuse_option(remote)
    if theirs is not None and not theirs.startswith("refs/heads/"):
        raise NoRemoteError(
            f"the branch {branch} goes with {theirs}, which is no branch",
            hint=f"let it go with none: git branch --unset-upstream {typed(branch)}\n"
            "then to one of its own name: nacoord sync",
        )
    is_set = theirs is not None and settings.get(f"branch.{branch}.remote") is not None
    return Upstream(remote, redacted(address), branch, theirs or f"refs/heads/{branch}", is_set)


def _no_remote(branch: str, wanted: str | None, known: Sequence[str]) -> NoRemoteError:
    if wanted is not None:
        return NoRemoteError(
            f"the branch {branch} goes with the remote {wanted}, which is not there",
            hint=f"say where it is: git remote add {typed(wanted)} URL\nthen: nacoord sync",
        )
    if known:
        key = shlex.quote(f"branch.{branch}.remote")
        return NoRemoteError(
            f"it is not said which remote to sync with: {', '.join(known)}",
            hint=f"say which: git config {key} {typed(known[0])}\nthen: nacoord sync",
        )
    return NoRemoteError(
        "there is no remote to sync with",
        hint="name one with: git remote add origin URL\nthen: nacoord sync",
    )


def _is_address(remote: str) -> bool:
    return "/" in remote or ":" in remote


def refuse_option(address: str) -> None:
    """Refuse an address that git could take for an option.

    Raises:
        NoRemoteError: when it begins with a hyphen.
    """
    if address.startswith("-"):
        raise NoRemoteError(
            f"{address} is no address of a remote", hint="an address begins with no hyphen"
        )


def redacted(text: str) -> str:
    """Return a text without the names and passwords in the addresses of it.

    By ssh a name is no secret, and without it nobody gets in.
    """
    return _SECRET.sub(_without_secret, text)


def _without_secret(found: re.Match[str]) -> str:
    scheme, who = found.groups()
    return f"{scheme}{who.partition(':')[0]}@" if "ssh" in scheme.lower() else scheme


def typed(word: str) -> str:
    """Return an address, a remote or a branch as it is typed in a shell, without a password."""
    return shlex.quote(redacted(word))
