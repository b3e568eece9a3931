"""What a read does about a change that was interrupted: it ends it, as the next write would."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from nacoord.model.errors import NacoordError

# All that a read needs to know of the journal: whether there is one.
JOURNAL = "journal.json"
# What the file begins with that is there while a git of ours runs; numbers follow.
MARK = "git."
# How long a path can be (PATH_MAX of Linux), and the word before it.
_PATH_MOST = 4096 + 16


def git_folder(root: Path) -> Path | None:
    """Find git's own folder for a work tree without running git; None where there is none."""
    real = Path(os.path.realpath(root))
    for folder in (real, *real.parents):
        place = folder / ".git"
        if place.is_dir():
            return place
        if place.is_file():
            return _led_to(place)
    return None


def _led_to(place: Path) -> Path | None:
    """Return the folder that a `.git` file leads to (gitrepository-layout(5)); None unless it is git's.

    A linked work tree and a submodule have such a file.
    """
    with place.open("rb") as file:
        text = os.fsdecode(file.read(_PATH_MOST)).strip()
    word, _, said = text.partition(" ")
    if word != "gitdir:" or not said or "\0" in said:
        return None
    found = Path(os.path.normpath(place.parent / said))
    return found if os.path.isfile(found / "HEAD") else None


def own_folder(folder: Path) -> Path | None:
    """Return where nacoord keeps what it needs in git's folder; None where that is a link.

    Git makes no link in its folder, and one that came with a copy leads to files of somebody's.
    """
    own = folder / "nacoord"
    # One that can't be looked at is none of our links (islink tells False).
    return None if os.path.islink(own) else own


def prefix_of(root: Path) -> str:
    """Return a folder's place in its work tree, with a / at the end; empty at the top.

    git's diffs of merges name files from the top, whatever it is asked (`--relative`).
    """
    real = Path(os.path.realpath(root))
    for top in (real, *real.parents):
        if (top / ".git").exists():
            return "" if top == real else f"{real.relative_to(top).as_posix()}/"
    return ""


def common_folder(folder: Path) -> Path:
    """Return the folder with the history: a linked work tree shares that of the one it is linked to."""
    common = folder / "commondir"
    if not common.is_file():
        return folder
    shared = common.read_text(encoding="utf-8", errors="replace").strip()
    return Path(os.path.normpath(folder / shared))


def is_shallow(root: Path) -> bool:
    """Tell whether a work tree's history is cut off, as in a shallow clone (shallow(5))."""
    folder = git_folder(root)
    if folder is None:
        return False
    return (common_folder(folder) / "shallow").exists()


def marks_in(own: Path) -> list[str]:
    """Return the marks of gits of ours that run, or that were killed."""
    try:
        return [name for name in os.listdir(own) if name.startswith(MARK)]
    except OSError:
        return []


def pending(folder: Path) -> bool:
    """Tell whether git's folder holds the journal of a change that has not ended.

    Where that can't be seen, as in a folder of another user, there is nothing that could be ended.
    """
    try:
        own = own_folder(folder)
        return own is not None and (own / JOURNAL).exists()
    except OSError:
        return False


def recover_interrupted(root: Path) -> list[str]:
    """End an interrupted change, if there is one and nobody is at work; return what to say.

    A journal that can't be ended now, as on a read-only disk, is told and left.
    """
    folder = git_folder(root)
    if folder is None:
        return []
    if not pending(folder):
        _end_killed(root, folder)
        return []
    from nacoord.record import journal
    from nacoord.record.foreign import unfiltered
    from nacoord.record.lock import LockedError
    from nacoord.record.lock import locked
    from nacoord.record.repository import open_repository

    try:
        repository = open_repository(root)
        if unfiltered(root):
            # To compare, git would start them; a question doesn't.
            return ["an interrupted change is not ended yet; the next change ends it"]
        with locked(repository.own, wait=1.0):
            return journal.recover(repository)
    except LockedError as error:
        return [error.message]
    except NacoordError as error:
        return [
            "an interrupted change is not ended yet: " + error.message,
            *error.hint.splitlines(),
        ]
    except OSError as error:
        return [
            f"an interrupted change can't be ended: {error.filename or 'the disk'}: "
            f"{error.strerror}; the next command tries again"
        ]


def _end_killed(root: Path, folder: Path) -> None:
    """Remove the locks of a git that was killed with no change under way, as on a fetch.

    Whoever reads needs none of it, so that what goes wrong is for the next change to tell.
    """
    own = own_folder(folder)
    if own is None or not marks_in(own):
        return
    from nacoord.record.abandoned import command_ended
    from nacoord.record.lock import locked
    from nacoord.record.repository import open_repository

    with suppress(NacoordError, OSError):
        if command_ended(own):
            with locked(own, wait=0.0):
                open_repository(root).end_killed()
