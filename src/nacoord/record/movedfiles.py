"""The files that differ between two commits, how they stand in the work tree, and their bringing."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from nacoord.record import disk
from nacoord.record.git import GitError
from nacoord.record.git import asked
from nacoord.record.git import git
from nacoord.record.merging.changes import File
from nacoord.record.merging.changes import changes
from nacoord.record.merging.changes import index_info
from nacoord.record.objects import GITLINK
from nacoord.record.objects import LINK
from nacoord.record.objects import NO_FILE
from nacoord.record.objects import PROGRAM
from nacoord.record.objects import REGULAR
from nacoord.record.objects import blob_named
from nacoord.record.repository import Repository

_SHOWN = 5
OLD = "old"
NEW = "new"
OTHER = "other"


@dataclass(frozen=True, slots=True)
class MovedFile:
    """A file that two commits have otherwise, or that only one of them has.

    Attributes:
        path: from the top of the work tree.
        old_mode, old: its mode and blob in the first commit (git-diff-tree(1)).
        new_mode, new: the same in the second.
    """

    path: str
    old_mode: str
    old: str
    new_mode: str
    new: str

    @property
    def was(self) -> bool:
        """Tell whether the first commit has it as a file of the work tree."""
        return self.old_mode not in (NO_FILE, GITLINK)

    @property
    def comes(self) -> bool:
        """Tell whether the second commit has it as a file of the work tree."""
        return self.new_mode not in (NO_FILE, GITLINK)

    @property
    def is_module(self) -> bool:
        """Tell whether either commit has another repository's commit there (gitsubmodules(7))."""
        return GITLINK in (self.old_mode, self.new_mode)


def differing(repository: Repository, old: str, new: str) -> list[MovedFile]:
    """Return the files that differ between two commits, of the whole work tree."""
    none = File(NO_FILE, "0" * len(old))
    found = []
    for path, change in changes(repository.top, old, new).items():
        was, comes = change.old or none, change.new or none
        found.append(MovedFile(path, was.mode, was.object, comes.mode, comes.object))
    return found


def index_rows(files: Sequence[MovedFile]) -> bytes:
    """Return what makes an index have files as the second commit does."""
    come = {
        file.path: None if file.new_mode == NO_FILE else File(file.new_mode, file.new)
        for file in files
    }
    return index_info(come, files[0].new if files else "")


def standing(repository: Repository, files: Sequence[MovedFile]) -> dict[str, str]:
    """Tell of each file whether it stands as in the first commit, the second, or otherwise.

    What git would keep of it counts, so that line ends and filters make no difference. Otherwise
    too is a file that can't be reached, because something else stands where its folder should be.
    """
    going = {file.path for file in files if file.was}
    found: dict[str, str] = {}
    unsure: list[MovedFile] = []
    for file in files:
        if not file.was and not file.comes:
            found[file.path] = NEW
            continue
        here = _here(repository.top, file, going)
        if here is None:
            unsure.append(file)
        else:
            found[file.path] = here
    found.update(_cleaned(repository, unsure))
    return found


def _here(top: Path, file: MovedFile, going: set[str]) -> str | None:
    """Tell how a file stands as far as its own bytes tell; None where git must be asked."""
    if any(_blocked(top, parent, going) for parent in _parents(file.path)):
        return OTHER
    place = top / file.path
    try:
        about = os.lstat(place)
    except (FileNotFoundError, NotADirectoryError):
        return OLD if not file.was else NEW if not file.comes else OTHER
    if stat.S_ISDIR(about.st_mode):
        leaves = not file.was and _holds_only(top, file.path, going)
        # Where git keeps a module's commit, a folder may stay.
        return OLD if leaves else NEW if not file.comes and file.new_mode == GITLINK else OTHER
    if stat.S_ISLNK(about.st_mode):
        return _compared(file, os.fsencode(os.readlink(place)), link=True) or OTHER
    if not stat.S_ISREG(about.st_mode):
        return OTHER
    found = _compared(file, place.read_bytes(), link=False)
    if found and file.old == file.new and {file.old_mode, file.new_mode} <= REGULAR:
        # Only whether it can be run differs.
        return NEW if bool(about.st_mode & 0o100) == (file.new_mode == PROGRAM) else OLD
    return found


def _parents(path: str) -> Iterator[str]:
    at = path.find("/")
    while at >= 0:
        yield path[:at]
        at = path.find("/", at + 1)


def _blocked(top: Path, parent: str, going: set[str]) -> bool:
    try:
        about = os.lstat(top / parent)
    except (FileNotFoundError, NotADirectoryError):
        return False
    # A link could lead out of the work tree.
    return not stat.S_ISDIR(about.st_mode) and parent not in going


def _holds_only(top: Path, path: str, going: set[str]) -> bool:
    return all(
        os.path.relpath(os.path.join(folder, name), top) in going
        for folder, _, names in os.walk(top / path)
        for name in names
    )


def _compared(file: MovedFile, data: bytes, *, link: bool) -> str | None:
    hashed = blob_named(data, file.new)
    if file.comes and hashed == file.new and link == (file.new_mode == LINK):
        return NEW
    if file.was and hashed == file.old and link == (file.old_mode == LINK):
        return OLD
    return None


def _cleaned(repository: Repository, files: Sequence[MovedFile]) -> dict[str, str]:
    """Tell how files stand by what git would keep of them."""
    given = b"".join(_line(file.path) for file in files)
    words = ("hash-object", "--stdin-paths")
    hashed = (git(repository.top, *words, given=given) or b"").decode().split() if files else []
    found = dict.fromkeys((file.path for file in files), OTHER)
    for file, blob in zip(files, hashed, strict=True):
        if file.comes and blob == file.new and file.new_mode != LINK:
            found[file.path] = NEW
        elif file.was and blob == file.old and file.old_mode != LINK:
            found[file.path] = OLD
    return found


def _line(path: str) -> bytes:
    """Return a path as git reads it from a line: as a string of C where it could be misread."""
    name = os.fsencode(path)
    if not name.startswith(b'"') and name.isascii() and name.decode().isprintable():
        return name + b"\n"
    return b'"%s"\n' % b"".join(b"\\%03o" % byte for byte in name)


def stage(repository: Repository, index: Path, files: Sequence[MovedFile]) -> Path:
    """Write files as the second commit has them into a folder of their own; return the folder.

    git writes them, with the line ends, filters, modes and links that the index given calls for.
    They are safely on the disk then.

    Raises:
        GitError, OSError: when git or the disk says no; `discard_stage` removes what there is.
    """
    folder = staging(repository)
    discard_stage(repository)
    os.mkdir(folder, 0o700)
    paths = b"".join(os.fsencode(file.path) + b"\0" for file in files if file.comes)
    if paths:
        at = (f"--git-dir={repository.folder}", f"--work-tree={folder}")
        words = (*at, "checkout-index", "--quiet", "-z", "--stdin")
        done = asked(folder, *words, given=paths, index=index)
        if done.code:
            said = done.err.decode("utf-8", "replace").splitlines()
            raise GitError(
                "what comes in can't be written; is the disk full?", hint="\n".join(said[:_SHOWN])
            )
        written = [folder / file.path for file in files if file.comes]
        disk.settle_all(folder, [place for place in written if not place.is_symlink()])
    return folder


def staging(repository: Repository) -> Path:
    """Return where files wait: in the work tree, so that a rename puts each in its place."""
    return repository.top / f"{disk.PREFIX}move"


def discard_stage(repository: Repository) -> None:
    """Remove the folder where files wait, if it is there."""
    shutil.rmtree(staging(repository), ignore_errors=True)


def bring(repository: Repository, files: Sequence[MovedFile]) -> list[str]:
    """Bring the files that stand as in the first commit to the second; `stage` has written them.

    Returns:
        the files that somebody has changed since, and that are left as they are.
    """
    stands = standing(repository, files)
    old = [file for file in files if stands[file.path] == OLD]
    top, wait = repository.top, staging(repository)
    folders = set()
    for file in files:
        if file.was and not file.comes and stands[file.path] != OTHER:
            if stands[file.path] == OLD:
                disk.discard(top / file.path)
            # A killed command may have got no further than the file.
            folders.add(_without_empty(top, (top / file.path).parent))
    # A folder takes the place of a file, or a file that of a folder, once that is gone.
    for file in old:
        if file.comes:
            place = top / file.path
            _make_room(place)
            place.parent.mkdir(parents=True, exist_ok=True)
            _keep_mode(place, wait / file.path)
            disk.put_in_place(wait / file.path, place)
            folders.add(place.parent)
    for folder in folders:
        with suppress(FileNotFoundError):
            disk.settle(folder)
    return [file.path for file in files if stands[file.path] == OTHER]


def _without_empty(top: Path, folder: Path) -> Path:
    """Remove a folder and those above it that are empty now; return the first that is not."""
    while folder != top:
        try:
            os.rmdir(folder)
        except FileNotFoundError:
            pass
        except OSError:
            return folder
        folder = folder.parent
    return folder


def _make_room(place: Path) -> None:
    if place.is_dir() and not place.is_symlink():
        for folder, _, _ in os.walk(place, topdown=False):
            os.rmdir(folder)


def _keep_mode(place: Path, waiting: Path) -> None:
    """Give a waiting file the mode of the one it replaces, unless the commits say another."""
    with suppress(FileNotFoundError):
        old, new = os.lstat(place).st_mode, os.lstat(waiting).st_mode
        if stat.S_ISREG(old) and stat.S_ISREG(new) and bool(old & 0o100) == bool(new & 0o100):
            os.chmod(waiting, stat.S_IMODE(old))
