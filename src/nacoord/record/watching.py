"""Whether a record is as it was when it was last looked at: one pass of stat, without git.

What keeps an answer on a screen asks this again and again, and reads the record only when it must.
"""

from __future__ import annotations

import os
from pathlib import Path
from time import time_ns
from typing import NamedTuple

from nacoord.model.kinds.table import KINDS
from nacoord.record.cache.worktree import Stand
from nacoord.record.cache.worktree import dumped
from nacoord.record.cache.worktree import is_racy
from nacoord.record.cache.worktree import stands
from nacoord.record.recovery import JOURNAL
from nacoord.record.recovery import common_folder
from nacoord.record.recovery import git_folder

# What moves with the newest commit, in git's folder or in the one it shares (gitrepository-layout(5)).
_MOVING = ("packed-refs", "reftable/tables.list", "shallow")
# Further away than this, a time is not of just now but of a clock that goes otherwise.
_SOON = 10_000_000_000


class Mark(NamedTuple):
    """How a record and its history stood when they were looked at.

    Attributes:
        stand: what tells it from how they stand at any other time.
        racy: whether something changed so shortly before that it may have changed again since.
    """

    stand: bytes
    racy: bool


def mark(root: Path) -> Mark:
    """Return how the files of a record, git's newest commit and an interrupted change stand."""
    now = time_ns()
    # The folder itself tells what stands beside the kinds' folders; it also changes with nacoord.yaml.
    found = _of([str(root), f"{root}/nacoord.yaml", *_moving(root)])
    for kind in KINDS.values():
        try:
            found += stands(f"{root}/{kind.folder}")
        except OSError as error:
            found.append((f"{kind.folder}: {error.errno}", 0, 0, 0, 0, 0))
    soon = (one for one in found if abs(now - one[3]) < _SOON)
    return Mark(dumped(found), any(is_racy(one, now) for one in soon))


def _moving(root: Path) -> list[str]:
    """Return the files in git's folder that a commit, a checkout or a change touches."""
    folder = git_folder(root)
    if folder is None:
        return []
    common = common_folder(folder)
    files = [str(folder / "HEAD"), str(folder / "nacoord" / JOURNAL)]
    files += [str(common / name) for name in _MOVING]
    try:
        word, _, name = (folder / "HEAD").read_text("utf-8", "surrogateescape").partition(":")
    except OSError:
        return files
    if word == "ref":
        files.append(str(common / name.strip()))
    return files


def _of(files: list[str]) -> list[Stand]:
    """Return how some files stand; what is not there stands as nothing."""
    found: list[Stand] = []
    for file in files:
        try:
            s = os.lstat(file)
        except OSError:
            found.append((file, 0, 0, 0, 0, 0))
        else:
            found.append((file, s.st_mode, s.st_mtime_ns, s.st_ctime_ns, s.st_size, s.st_ino))
    return found
