"""The locks that a git leaves when it is killed, and how it is known that they are nobody's.

git keeps others out by files that it removes when it ends (gitglossary(7), lockfile.h of git). Killed, it
can't, and no command gets by them any more. Every git of ours that writes inherits a descriptor with a
lock of the system's (flock(2)), which goes when the last process that has it is gone, a hook's too. With
that free, no other git at work here, and a file that stays as it is, nobody can be behind it.

While such a git runs, a mark says so. One that is there though the lock is free is of a git that was
killed, or whose command was, and any command may remove what that left.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from itertools import pairwise
from pathlib import Path
from time import sleep

from nacoord.record import disk
from nacoord.record.lock import opened
from nacoord.record.lock import taken
from nacoord.record.recovery import MARK
from nacoord.record.recovery import common_folder
from nacoord.record.recovery import marks_in

_FILE = "git"
_PAUSE = 0.05
# So often in a row nothing must be seen, of so many looks.
_STEADY = 5
_PATIENCE = 40
_DYING = 2.0
_PROCESSES = Path("/proc")
_NUMBERS = count(1)
_TELLS = (b"GIT_DIR=", b"GIT_COMMON_DIR=", b"GIT_INDEX_FILE=", b"--git-dir=")


@dataclass(frozen=True, slots=True)
class AtWork:
    """A git of ours at work.

    Attributes:
        held: the descriptor that it must inherit, so that it is known to live.
        mark: the file that says so.
    """

    held: int
    mark: Path

    def ended(self) -> None:
        """Take back the mark: it ended by itself, and took away what it locked."""
        with suppress(OSError):
            os.unlink(self.mark)


@contextmanager
def at_work(own: Path) -> Iterator[AtWork]:
    """Let a git of ours work, and others know.

    Args:
        own: nacoord's folder in git's own.
    """
    own.mkdir(exist_ok=True)
    descriptor = opened(own / _FILE)
    try:
        # A second one at a time is of what a killed command left; either is enough.
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        mark = own / f"{MARK}{os.getpid()}.{next(_NUMBERS)}"
        with suppress(OSError):
            os.close(os.open(mark, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC))
        yield AtWork(descriptor, mark)
    finally:
        os.close(descriptor)


def command_ended(own: Path) -> bool:
    """Tell whether the command of some mark has ended: its git has, too, or will."""
    return any(not disk.runs(int(number)) for number in map(_number, marks_in(own)) if number)


def _number(mark: str) -> str:
    number = mark.removeprefix(MARK).partition(".")[0]
    return number if number.isdecimal() else ""


def end_killed(top: Path, folder: Path) -> None:
    """Remove the locks of gits that were killed, and their marks; call it inside our own lock.

    Nothing is done while a git of ours lives.

    Args:
        top: the work tree's folder.
        folder: git's own folder for it.
    """
    own = folder / "nacoord"
    marks = [own / name for name in marks_in(own)]
    # What was killed a moment ago takes a moment to be gone.
    if not marks or not ours_ended(own, _DYING):
        return
    remove_abandoned(top, folder)
    if not _locks(folder):
        for mark in marks:
            with suppress(OSError):
                os.unlink(mark)


def ours_ended(own: Path, wait: float = 0.0) -> bool:
    """Tell whether every git of ours has ended, in so many seconds at most."""
    if not (own / _FILE).exists():
        return True
    descriptor = opened(own / _FILE)
    try:
        return taken(descriptor, wait)
    finally:
        os.close(descriptor)


def remove_abandoned(top: Path, folder: Path) -> None:
    """Remove the locks that a git of ours left which was killed; call it inside our own lock.

    Whatever is in doubt stays: a lock of another user, or one behind which a git could live that is
    not ours.

    Args:
        top: the work tree's folder.
        folder: git's own folder for it.
    """
    before = _locks(folder)
    # What was killed a moment ago takes a moment to be gone.
    if not before or not ours_ended(folder / "nacoord", _DYING):
        return
    quiet = 0
    for _ in range(_PATIENCE):
        quiet = 0 if _git_lives(top, folder) else quiet + 1
        if quiet == _STEADY:
            break
        sleep(_PAUSE)
    else:
        return
    for lock in _locks(folder) & before:
        os.unlink(lock[0])


def _locks(folder: Path) -> set[tuple[Path, int, int, int]]:
    """Return the locks that our gits take and that belong to us, each with what it is."""
    common = common_folder(folder)
    places = [
        folder / "index.lock",
        folder / "HEAD.lock",
        common / "config.lock",
        common / "packed-refs.lock",
        *folder.glob("next-index-*.lock"),
        *(folder / "nacoord").glob("*.lock"),
        *(common / "refs").rglob("*.lock"),
    ]
    found = set()
    for place in places:
        try:
            about = os.lstat(place)
        except OSError:
            continue
        if about.st_uid == os.geteuid():
            found.add((place, about.st_ino, about.st_size, about.st_mtime_ns))
    return found


def _git_lives(top: Path, folder: Path) -> bool:
    """Tell whether some git could be at work in a repository, or that can't be told (proc(5))."""
    if not (_PROCESSES / "1" / "comm").exists():
        # Not Linux, or one that hides the processes of others.
        return True
    places = [os.path.realpath(place) for place in (top, folder, *_shared(folder))]
    return any(
        _is_git_in(_PROCESSES / name, places) for name in os.listdir(_PROCESSES) if name.isdigit()
    )


def _shared(folder: Path) -> Iterator[Path]:
    """Yield git's common folder, and the work trees that share it (gitrepository-layout(5))."""
    common = common_folder(folder)
    yield common
    if common.name == ".git":
        yield common.parent
    for said in (common / "worktrees").glob("*/gitdir"):
        with suppress(OSError):
            yield Path(os.fsdecode(said.read_bytes().strip())).parent


def _is_git_in(process: Path, places: list[str]) -> bool:
    try:
        if not (process / "comm").read_bytes().startswith(b"git"):
            return False
        words = (process / "environ").read_bytes().split(b"\0")
        words += (process / "cmdline").read_bytes().split(b"\0")
        here = os.readlink(process / "cwd")
    except (FileNotFoundError, ProcessLookupError):
        return False
    except OSError:
        return _may_be_ours(process)
    # A git that is told its repository can work in it from anywhere.
    told = [os.fsdecode(w.partition(b"=")[2]) for w in words if w.startswith(_TELLS)]
    told += [os.fsdecode(a) for w, a in pairwise(words) if w == b"--git-dir"]
    at_work = [os.path.realpath(os.path.join(here, each)) for each in ("", *told)]
    return any(os.path.commonpath((each, place)) == place for each in at_work for place in places)


def _may_be_ours(process: Path) -> bool:
    """Tell whether a process that can't be looked into could have made files of ours.

    One of another user can't; by which user it makes files, the fourth number says (proc(5)).
    """
    try:
        status = (process / "status").read_text("ascii", "replace")
    except (FileNotFoundError, ProcessLookupError):
        return False
    except OSError:
        return True
    users = [line.split()[1:] for line in status.splitlines() if line.startswith("Uid:")]
    return users[:1] == [] or users[0][-1] == str(os.geteuid())
