"""What a commit changed against another, file by file, and the contents of files, from git's objects."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nacoord.record.git import GitError
from nacoord.record.git import git
from nacoord.record.objects import GITLINK
from nacoord.record.objects import NO_FILE


@dataclass(frozen=True, slots=True)
class File:
    """A file as a commit has it: git's mode for it, and the object with its content."""

    mode: str
    object: str


@dataclass(frozen=True, slots=True)
class Change:
    """A file before and after; None where it is not there."""

    old: File | None
    new: File | None


def changes(top: Path, old: str, new: str) -> dict[str, Change]:
    """Return the files that differ between two commits, by their path from the top.

    Renames are not guessed: records look alike, and what somebody wrote must not go to another.
    """
    said = git(top, "diff-tree", "-r", "-z", "--no-renames", "--full-index", old, new, "--") or b""
    words = said.decode("utf-8", "surrogateescape").split("\0")
    found = {}
    for about, path in zip(words[::2], words[1::2], strict=False):
        old_mode, new_mode, old_object, new_object, _ = about.lstrip(":").split(" ")
        found[path] = Change(_file(old_mode, old_object), _file(new_mode, new_object))
    return found


def file_at(top: Path, commit: str, path: str) -> File | None:
    """Return a file as a commit has it; None where it is not there."""
    said = git(top, "ls-tree", "-z", "--full-tree", commit, "--", path) or b""
    about = said.decode("utf-8", "surrogateescape").partition("\t")[0].split(" ")
    return File(about[0], about[2]) if len(about) == 3 else None


def files_of(top: Path, tree: str) -> dict[str, File]:
    """Return the files of a commit or a tree, by their path from the top."""
    said = git(top, "ls-tree", "-r", "-z", "--full-tree", tree, "--") or b""
    found = {}
    for line in said.decode("utf-8", "surrogateescape").split("\0")[:-1]:
        about, _, path = line.partition("\t")
        mode, _, object = about.split(" ")
        found[path] = File(mode, object)
    return found


def index_info(files: Mapping[str, File | None], like: str) -> bytes:
    """Return what makes an index have files, None for one that goes (git-update-index(1)).

    Args:
        like: the name of some object, which tells how long names are.
    """
    # What goes makes room for what comes, as where a folder takes the place of a file; and of a
    # file that is not merged yet every version goes.
    gone = [f"0 {'0' * len(like)}\t{path}\0" for path in files]
    come = [f"{file.mode} {file.object}\t{path}\0" for path, file in files.items() if file]
    return "".join([*gone, *come]).encode("utf-8", "surrogateescape")


def _file(mode: str, object: str) -> File | None:
    return None if mode == NO_FILE else File(mode, object)


class Contents:
    """Contents of objects; those that are asked for together come from one git process."""

    def __init__(self, top: Path) -> None:
        self._top = top
        self._known: dict[str, bytes] = {}

    def fetch(self, files: Iterable[File | None]) -> None:
        """Get the contents of files that are not known yet."""
        wanted = {file.object for file in files if file is not None and file.mode != GITLINK}
        wanted -= self._known.keys()
        if not wanted:
            return
        given = "".join(f"{object}\n" for object in sorted(wanted)).encode()
        said = git(self._top, "cat-file", "--batch", given=given) or b""
        at = 0
        while at < len(said):
            end = said.index(b"\n", at)
            head = said[at:end].decode().split(" ")
            if head[-1] == "missing":
                raise GitError(
                    f"the object {head[0]} is missing from this repository",
                    hint="see what is damaged with: git fsck",
                )
            size = int(head[2])
            self._known[head[0]] = said[end + 1 : end + 1 + size]
            at = end + 1 + size + 1

    def of(self, file: File | None) -> bytes | None:
        """Return the content of a file; None for one that is not there, and for a submodule."""
        if file is None or file.mode == GITLINK:
            return None
        self.fetch([file])
        return self._known[file.object]

    def keep(self, data: bytes) -> str:
        """Write a content into the object database; return its object."""
        words = ("hash-object", "-w", "--no-filters", "--stdin")
        # A branch goes there, and must not outlive it when the power fails.
        said = git(self._top, *words, given=data, settings=("core.fsync=committed",)) or b""
        object = said.decode().strip()
        self._known[object] = data
        return object
