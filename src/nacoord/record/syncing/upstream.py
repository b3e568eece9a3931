"""Where a branch is sent to and fetched from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from nacoord.model.errors import NacoordError
from nacoord.record.syncing.config import Config

# Names that git takes as a part of a ref's name, whatever stands before or behind.
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_SECRET = re.compile(r"(\b[a-z][a-z0-9+.-]*://)[^/@\s]*@", re.IGNORECASE)


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
    def memory(self) -> str:
        """Our own ref for the last tip of it that was seen or sent; git itself never moves it."""
        return f"refs/nacoord/synced/{self._plain}/{self.short}"

    @property
    def incoming(self) -> str:
        """Our own ref for what was fetched last, whatever it is worth."""
        return f"refs/nacoord/incoming/{self._plain}/{self.short}"

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
            hint=f"choose a remote with: git branch --set-upstream-to origin/{branch}",
        )
    known = settings.remotes()
    if remote is None:
        remote = "origin" if "origin" in known or len(known) != 1 else known[0]
    is_name = remote in known
    if not is_name and (remote == "origin" or not _is_address(remote)):
        raise NoRemoteError(
            "there is no remote to sync with",
            hint="name one with: git remote add origin URL\nthen: nacoord sync",
        )
    address = settings.get(f"remote.{remote}.url") or "" if is_name else remote
    refuse_option(address)
    refuse_option(remote)
    if theirs is not None and not theirs.startswith("refs/heads/"):
        raise NoRemoteError(
            f"the branch {branch} goes with {theirs}, which is no branch",
            hint=f"choose one with: git branch --set-upstream-to origin/{branch}",
        )
    is_set = theirs is not None and settings.get(f"branch.{branch}.remote") is not None
    return Upstream(remote, redacted(address), branch, theirs or f"refs/heads/{branch}", is_set)


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
    """Return a text without the names and passwords in the addresses of it."""
    return _SECRET.sub(r"\1", text)
