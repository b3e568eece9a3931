"""A merge that git has begun and left to a person: found, and finished where git stands.

What git merged by itself is merged again by field; a file that somebody has mended by hand, so that no
markers are left in it, is taken as it is.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

from nacoord.record import disk
from nacoord.record.git import GitError
from nacoord.record.git import git
from nacoord.record.merging.changes import file_at
from nacoord.record.merging.commits import Merged
from nacoord.record.repository import Repository
from nacoord.record.repository import RepositoryError

_MARKER = re.compile(rb"^(?:<{7,}|>{7,})(?: |\r?$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A merge that git has begun.

    Attributes:
        theirs: the commit that is being merged.
        by_hand: the files that a person has mended already, by path from the top; None where one
            was removed.
    """

    theirs: str
    by_hand: Mapping[str, bytes | None]


def under_way(repository: Repository) -> UnderWay | None:
    """Return the merge that git has begun; None when there is none.

    Raises:
        RepositoryError: when more than two branches are merged, or other files were edited.
    """
    try:
        heads = (repository.folder / "MERGE_HEAD").read_text(encoding="ascii").split()
    except FileNotFoundError:
        return None
    if len(heads) != 1:
        raise RepositoryError(
            "more than two branches are being merged at once",
            hint="give it up with git merge --abort, and merge one after the other",
        )
    unmerged = _paths(repository, "ls-files", "--unmerged", "-z")
    edited = [
        path
        for path in _paths(repository, "diff-files", "--name-only", "-z")
        if path not in unmerged
    ]
    if edited:
        raise RepositoryError(
            f"edited since the merge began: {', '.join(edited)}",
            hint="keep that with git add FILE, or drop it with git restore FILE",
        )
    by_hand = {}
    for path in unmerged:
        data = _on_disk(repository, path)
        if data is not None and not _MARKER.search(data) and not _is_a_side(repository, path, data):
            by_hand[path] = data
    return UnderWay(heads[0], by_hand)


def _paths(repository: Repository, *words: str) -> list[str]:
    said = (git(repository.top, *words) or b"").decode("utf-8", "surrogateescape")
    return list(dict.fromkeys(each.rpartition("\t")[2] for each in said.split("\0") if each))


def _on_disk(repository: Repository, path: str) -> bytes | None:
    try:
        return (repository.top / path).read_bytes()
    except OSError:
        return None


def _is_a_side(repository: Repository, path: str, data: bytes) -> bool:
    """Tell whether a file is as one side has it: git leaves it so where the other removed it."""
    said = (
        git(repository.top, "hash-object", f"--path={path}", "--stdin", given=data) or b""
    ).decode()
    staged = (git(repository.top, "ls-files", "--unmerged", "--", path) or b"").decode()
    return said.strip() in staged


def finish(repository: Repository, merged: Merged, message: str) -> str:
    """Put a merge into the files and the index and commit it; hooks and signing run.

    Interrupted, the merge is still under way, and can be finished again.

    Returns:
        the id of the merge's commit.

    Raises:
        GitError, OSError: when git or the disk says no.
    """
    top = repository.top
    for path, file in merged.files.items():
        place = top / path
        if file is None:
            disk.discard(place)
        elif path in merged.texts and file.mode != "120000":
            place.parent.mkdir(parents=True, exist_ok=True)
            data = git(top, "cat-file", "--filters", f"--path={path}", file.object) or b""
            disk.write_whole(place, data)
            os.chmod(place, 0o755 if file.mode == "100755" else 0o644)
    zero = "0" * len(merged.ours)
    lines = "".join(
        f"0 {zero}\t{path}\0" + (f"{file.mode} {file.object}\t{path}\0" if file else "")
        for path, file in merged.files.items()
    )
    given = lines.encode("utf-8", "surrogateescape")
    git(top, "update-index", "-z", "--index-info", given=given)
    for path in _paths(repository, "ls-files", "--unmerged", "-z"):
        # The merge comes to what ours has, if it has anything.
        git(top, "reset", "--quiet", "HEAD", "--", path)
        if file_at(top, merged.ours, path):
            git(top, "checkout", "HEAD", "--", path)
        else:
            disk.discard(top / path)
    settings = (
        "user.useConfigOnly=true",
        "i18n.commitEncoding=UTF-8",
        "core.fsync=committed,reference",
    )
    words = ("commit", "--quiet", "--cleanup=verbatim", "--file=-")
    try:
        git(top, *words, given=message.encode(), settings=settings)
    except GitError as error:
        raise GitError(
            f"the merge is not committed; {error.message}",
            hint=f"{error.hint}\nmend that, then again: nacoord resolve".strip(),
        ) from None
    return (git(top, "rev-parse", "HEAD") or b"").decode().strip()
