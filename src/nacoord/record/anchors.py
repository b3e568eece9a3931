"""Anchors: tags that hold the history as it was on a day, so that a rewriting shows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from nacoord.record.git import GitDiedError
from nacoord.record.git import GitError
from nacoord.record.git import git
from nacoord.record.repository import RepositoryError

PREFIX = "nacoord-anchor-"


def drop_anchor(root: Path, on: date) -> str:
    """Tag the head as it is; signed where git is set up to sign. Return the tag's name.

    Raises:
        RepositoryError: when nothing is committed yet.
        GitError: when git or the signing says no.
    """
    head = git(root, "rev-parse", "--verify", "HEAD")
    if head is None:
        raise RepositoryError("there is no history to anchor", hint="nacoord commit")
    commit = head.decode().strip()
    taken = {name for name, _ in anchors(root)}
    name, number = f"{PREFIX}{on}", 1
    while name in taken:
        number += 1
        name = f"{PREFIX}{on}-{number}"
    signing = (
        git(root, "config", "--default", "false", "--bool", "--get", "commit.gpgSign") or b""
    ).strip()
    how = "--sign" if signing == b"true" else "--annotate"
    count = (git(root, "rev-list", "--count", "HEAD") or b"").decode().strip()
    text = (
        f"The record's history as of {on}\n\nNacoord-Anchor: {commit}\nNacoord-Commits: {count}\n"
    )
    git(
        root,
        "tag",
        how,
        "--cleanup=verbatim",
        "--file=-",
        name,
        commit,
        given=text.encode(),
        settings=("user.useConfigOnly=true",),
        transports=None,
    )
    return name


def anchors(root: Path) -> list[tuple[str, str]]:
    """Return name and anchored commit of each anchor: what its message says, which a moved tag can't."""
    listed = git(
        root,
        "for-each-ref",
        f"refs/tags/{PREFIX}*",
        "--format=%(refname:short)%00%(contents)%00%00",
    )
    found = []
    for part in (listed or b"").decode("utf-8", "replace").split("\0\0"):
        name, _, text = part.strip("\n").partition("\0")
        said = [line for line in text.splitlines() if line.startswith("Nacoord-Anchor: ")]
        if name:
            found.append((name, said[0].split(": ", 1)[1].strip() if said else ""))
    return found


def lost(root: Path, placed: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the anchors whose commit the head no longer comes from."""
    found = []
    for name, commit in placed:
        try:
            held = commit and git(root, "merge-base", commit, "HEAD")
        except GitDiedError:
            raise
        except GitError:
            held = None
        if not held or held.decode().strip() != commit:
            found.append((name, commit))
    return found
