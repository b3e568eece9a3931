"""Records that are shared, for the commands that fetch, merge and send: prepared in a place."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from subprocess import CalledProcessError

from nacoord.record.merging.driver import command
from tests.faults.running import Ran
from tests.faults.running import strike
from tests.support.git import git

RECORD = "record"
REMOTE = "shared.git"


def shared(place: Path) -> None:
    """Send the record to a remote beside it, which is then what both have."""
    git(place, "init", "-q", "--bare", "-b", "main", REMOTE)
    record = place / RECORD
    git(record, "remote", "add", "origin", f"../{REMOTE}")
    git(record, "push", "-q", "-u", "origin", "HEAD:main")


def behind(place: Path) -> None:
    """Let somebody else change, add and remove records, and send that."""
    shared(place)
    _elsewhere(
        place,
        ("set", "example", "priority=P2"),
        ("new", "agency", "fresh", "title=Fresh", "level=federal", "sphere=both"),
        ("remove", "quebec", "-m", "Twice"),
    )


def apart(place: Path) -> None:
    """Let both sides change the record, and agree."""
    behind(place)
    _done(place / RECORD, "note", "example", "From here")


def waiting(place: Path) -> None:
    """Let both sides disagree, and a sync find it."""
    behind(place)
    _done(place / RECORD, "set", "example", "priority=P3")
    assert strike(place / RECORD, ("sync",), None).code == 1


def begun(place: Path) -> None:
    """Let git begin a merge in which both sides disagree; nothing else is under way beside it."""
    record = place / RECORD
    git(record, "add", "-A")
    git(record, "commit", "-q", "-m", "Keep all of it")
    behind(place)
    git(record, "config", "merge.nacoord.driver", command([sys.executable, "-m", "nacoord"]))
    (record / ".git" / "info").mkdir(exist_ok=True)
    (record / ".git" / "info" / "attributes").write_text("*.yaml merge=nacoord\n")
    _done(record, "set", "example", "priority=P3")
    git(record, "fetch", "-q", "origin")
    try:
        git(record, "merge", "-q", "origin/main")
    except CalledProcessError:
        return
    raise AssertionError("git merged what can't be")


def only_shared(place: Path) -> None:
    """Leave nothing but the remote, with the record in it."""
    shared(place)
    shutil.rmtree(place / RECORD)


def empty_remote(place: Path) -> None:
    """Leave a remote with nothing in it, and no record."""
    git(place, "init", "-q", "--bare", "-b", "main", REMOTE)
    shutil.rmtree(place / RECORD)
    (place / RECORD).mkdir()


def _elsewhere(place: Path, *changes: tuple[str, ...]) -> None:
    other = place / "other"
    git(place, "clone", "-q", REMOTE, str(other))
    for words in changes:
        _done(other, *words)
    git(other, "push", "-q")
    shutil.rmtree(other)


def _done(folder: Path, *words: str) -> Ran:
    ran = strike(folder, words, None)
    assert ran.code == 0, ran
    return ran


def tips(place: Path) -> str:
    """Return the branches of the remote, each with its commit; empty where there is none."""
    remote = place / REMOTE
    return git(remote, "for-each-ref") if remote.exists() else ""


def commits(place: Path) -> frozenset[str]:
    """Return every commit that can be reached from a branch, here or at the remote."""
    found: set[str] = set()
    for folder in (place / RECORD, place / REMOTE):
        if (folder / ".git").exists() or (folder / "objects").exists():
            found |= set(git(folder, "rev-list", "--branches", "HEAD").split())
    return frozenset(found)


def is_in_step(place: Path) -> bool:
    """Tell whether the record here and the one at the remote are at the same commit."""
    return git(place / RECORD, "rev-parse", "HEAD") == git(place / REMOTE, "rev-parse", "main")
