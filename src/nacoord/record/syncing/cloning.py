"""Get a record from a remote: no hook runs, no module is followed, and what has no record is not kept."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from nacoord.model.errors import NacoordError
from nacoord.model.office import FILE
from nacoord.record import disk
from nacoord.record.git import git
from nacoord.record.git import git_told
from nacoord.record.repository import open_repository
from nacoord.record.syncing.config import config
from nacoord.record.syncing.fetching import remember
from nacoord.record.syncing.network import failure
from nacoord.record.syncing.network import reach
from nacoord.record.syncing.setup import has_attributes
from nacoord.record.syncing.setup import set_up
from nacoord.record.syncing.upstream import redacted
from nacoord.record.syncing.upstream import refuse_option
from nacoord.record.syncing.upstream import upstream_of

# An address that is no path: a scheme, or a host before a colon (git-clone(1)).
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*::?//|[A-Za-z][A-Za-z0-9+.-]*::|[^/]+:")


class CloneError(NacoordError):
    """A record can't be had from a remote."""


@dataclass(frozen=True, slots=True)
class Cloned:
    """A record that was got from a remote.

    Attributes:
        root: the record's folder.
        url: where from, without a password.
        by_field: whether git's own merges go by field there.
    """

    root: Path
    url: str
    by_field: bool


def whole_address(here: Path, url: str) -> str:
    """Return an address that means the same from every folder.

    Raises:
        NoRemoteError: when git could take it for an option.
    """
    refuse_option(url)
    return url if _ADDRESS.match(url) else os.path.normpath(here / url)


def folder_of(url: str) -> str:
    """Return what a clone of an address is called, as git calls it."""
    last = re.split(r"[/:]", url.rstrip("/").removesuffix("/.git"))[-1]
    return last.removesuffix(".git").removesuffix(".bundle") or "record"


def clone(here: Path, url: str, folder: str | None) -> Cloned:
    """Clone a repository with a record, and set it up.

    Args:
        here: the working folder.
        url: the remote's address.
        folder: where to; what the address calls it when None.

    Raises:
        CloneError: when there is no record in it, or something stands in the place.
        UnreachableError, RemoteRefusedError: when the remote gives none.
    """
    address = whole_address(here, url)
    place = Path(os.path.normpath(here / (folder or folder_of(address))))
    stood = place.is_dir()
    if not stood:
        place.parent.mkdir(parents=True, exist_ok=True)
    # What is killed leaves nothing by the name that is asked for, so it can be typed again.
    within = place / place.name if stood else place
    disk.remove_left(within)
    if os.path.lexists(place) and not (stood and not any(place.iterdir())):
        raise CloneError(
            f"{place} exists already", hint="name another folder: nacoord clone URL DIR"
        )
    beside = within.with_name(f"{disk.PREFIX}{within.name}.{os.getpid()}")
    words = (
        "clone", "--quiet", "--no-checkout", "--no-recurse-submodules", "--no-hardlinks",
        "--origin=origin", "--", address, str(beside),
    )  # fmt: skip
    try:
        said = reach(here, config(here), *words)
        if said.code:
            raise failure(said, redacted(address))
        inside, by_field = _set_up(beside, redacted(address))
        _put(beside, place, stood=stood)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Cloned(place / inside, redacted(address), by_field)


def _put(beside: Path, place: Path, *, stood: bool) -> None:
    if not stood:
        os.rename(beside, place)
        return
    # Somebody can be in the folder, so it stays the same one.
    for item in sorted(beside.iterdir(), key=lambda item: item.name == ".git"):
        os.rename(item, place / item.name)


def _set_up(place: Path, shown: str) -> tuple[str, bool]:
    """Return where in a clone the record is, and whether git's merges go by field there."""
    _settle_branch(place, shown)
    listed = (git(place, "ls-tree", "-r", "-z", "--name-only", "HEAD") or b"").split(b"\0")
    names = [os.fsdecode(each) for each in listed]
    found = [name for name in names if name.rsplit("/", 1)[-1] == FILE]
    if not found:
        raise CloneError(
            f"{shown} holds no record: there is no {FILE} in it",
            hint="look for the right address, or begin a record at an empty one:\n"
            "nacoord init DIR --remote URL",
        )
    # No hook runs, as it would with a checkout.
    git(place, "reset", "--hard", "--quiet", "HEAD")
    first = min(found, key=lambda name: (name.count("/"), name))
    repository = open_repository((place / first).parent)
    settings = config(place)
    set_up(repository, settings)
    head = (git(place, "rev-parse", "HEAD") or b"").decode().strip()
    branch = (git(place, "symbolic-ref", "--short", "HEAD") or b"").decode().strip()
    remember(repository, upstream_of(branch, settings), head)
    return os.path.dirname(first), has_attributes(repository)


def _settle_branch(place: Path, shown: str) -> None:
    """Go to the only branch there is where the remote doesn't say which one is meant."""
    if not git_told(place, "rev-parse", "--quiet", "--verify", "HEAD^{commit}")[0]:
        return
    words = ("for-each-ref", "--format=%(refname:lstrip=3)", "refs/remotes/origin/")
    names = [name for name in (git(place, *words) or b"").decode().split() if name != "HEAD"]
    if len(names) == 1:
        git(place, "update-ref", f"refs/heads/{names[0]}", f"refs/remotes/origin/{names[0]}")
        git(place, "symbolic-ref", "HEAD", f"refs/heads/{names[0]}")
        git(place, "config", f"branch.{names[0]}.remote", "origin")
        git(place, "config", f"branch.{names[0]}.merge", f"refs/heads/{names[0]}")
        return
    if names:
        raise CloneError(
            f"{shown} does not say which of its branches is meant: {', '.join(sorted(names))}",
            hint="get one with: git clone --branch NAME URL DIR\nthen there: nacoord sync",
        )
    raise CloneError(
        f"{shown} is empty", hint="begin a record at it with: nacoord init DIR --remote URL"
    )
