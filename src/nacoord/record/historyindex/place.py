"""Where the index of a record's history lies, and what besides commits decides what it holds."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from nacoord.record.recovery import common_folder
from nacoord.record.recovery import git_folder
from nacoord.record.recovery import own_folder
from nacoord.record.recovery import prefix_of

# What makes git tell a commit's parents or content otherwise than the commit says.
_GRAFTS = ("shallow", "info/grafts")
# What leads git to another repository than the one around the record, to another folder of it, or
# to another history; what it tells then is nothing to keep.
_ELSEWHERE = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_GRAFT_FILE",
    "GIT_SHALLOW_FILE", "GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where an index lies.

    Attributes:
        file: its file. Linked work trees share it; each record of a repository has its own.
        world: a sum of what changes commits from outside: grafts, replacements, a shallow clone's
            edge. An index made in another world is made anew.
    """

    file: Path
    world: str


def place_of(root: Path) -> Place | None:
    """Return where the index of a record belongs, without running git.

    None outside of git, and where git is told to look elsewhere.
    """
    folder = git_folder(root)
    if folder is None or any(name in os.environ for name in _ELSEWHERE):
        return None
    prefix = prefix_of(root).removesuffix("/")
    common = common_folder(folder)
    which = f"-{sha256(os.fsencode(prefix)).hexdigest()[:12]}" if prefix else ""
    own = own_folder(common)
    return Place(own / f"history{which}.sqlite", _world(common)) if own else None


def _world(common: Path) -> str:
    # Times are kept as this machine writes numbers.
    told = sha256(sys.byteorder.encode())
    for name in _GRAFTS:
        told.update(b"%s\0%s\0" % (name.encode(), _bytes(common / name)))
    replaced = common / "refs" / "replace"
    if replaced.is_dir():
        for file in sorted(replaced.iterdir()):
            told.update(b"%s\0%s\0" % (os.fsencode(file.name), _bytes(file)))
    for line in _bytes(common / "packed-refs").splitlines():
        if b" refs/replace/" in line:
            told.update(line + b"\0")
    return told.hexdigest()[:16]


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""
