"""Records that got another id: by the tool, which says so, or by hand, where only the files tell."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from nacoord.model.kinds.table import BY_FOLDER
from nacoord.record.files import id_of
from nacoord.record.git import git
from nacoord.record.versions import Revision
from nacoord.record.versions import revisions


def renames_of(revision: Revision) -> dict[str, str]:
    """Return new ids by old ones, as far as the files of a revision tell.

    A commit without trailers renamed what went and came with the very same text in one folder, as
    `git mv` does; where several files have that text nobody can tell which became which.
    """
    if revision.trailers.action or len(revision.parents) != 1:
        return dict(revision.trailers.renamed)
    return {id_of(old): id_of(new) for old, new in _moved(revision).items()}


def _moved(revision: Revision) -> dict[str, str]:
    """Return the new paths of files by the old ones."""
    gone = {each.path: each.old[0] for each in revision.versions if each.new is None}
    came = {each.path: each.new for each in revision.versions if each.old == (None,)}
    return _matched(gone, came) if gone else {}


def _matched(gone: Mapping[str, bytes | None], came: Mapping[str, bytes | None]) -> dict[str, str]:
    """Return what came by what went, of one folder and with one content that no other file has."""
    texts = [Counter((_folder(path), text) for path, text in side.items()) for side in (gone, came)]
    by_text = {(_folder(path), text): path for path, text in came.items()}
    return {
        path: by_text[key]
        for path, text in gone.items()
        if (key := (_folder(path), text)) in by_text
        and _folder(path) in BY_FOLDER
        and all(side[key] == 1 for side in texts)
    }


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def followed(
    root: Path, paths: Sequence[str], *, zone: str, commits: str = "HEAD", **wanted: Any
) -> list[Revision]:
    """Return the commits that touched a record's files, newest first, back beyond renames by hand.

    Only a record that came in a commit made by hand costs another look at that commit.

    Args:
        root: the record's folder.
        paths: the files the record is known to have been in.
        zone: the zone in which days are told (IANA name).
        commits: where to look back from.
        wanted: what else is asked, as `revisions` takes it.
    """
    names = list(paths)
    found = list(revisions(root, names, zone=zone, commits=commits, **wanted))
    while found and (former := _former(root, found[-1])) and former not in names:
        names.append(former)
        first = found[-1].commit
        rest = revisions(root, [former], zone=zone, commits=first, **wanted)
        older = {each.commit: each for each in rest}
        both = older.pop(first, None)
        if both is None:
            break
        found[-1] = replace(found[-1], versions=[*found[-1].versions, *both.versions])
        found += older.values()
    return found


def _former(root: Path, first: Revision) -> str | None:
    """Return the path that a record had before its first commit, when that renamed it by hand."""
    came = [each.path for each in first.versions if each.old == (None,)]
    if first.trailers.action or len(first.parents) != 1 or len(came) != 1:
        return None
    # Names of contents are enough, however many files came with it.
    words = ["diff-tree", "-r", "-z", "--no-commit-id", "--no-renames", "--diff-filter=AD"]
    words += ["--relative", first.commit, "--", _folder(came[0])]
    rows = (git(root, *words) or b"").split(b"\0")
    sides: dict[bytes, dict[str, bytes]] = {b"A": {}, b"D": {}}
    for row, path in zip(rows[::2], rows[1::2], strict=False):
        _, _, before, after, how = row.split(b" ")
        sides[how][os.fsdecode(path)] = after if how == b"A" else before
    matched = _matched(sides[b"D"], sides[b"A"])
    return next((old for old, new in matched.items() if new == came[0]), None)
