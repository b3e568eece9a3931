"""Commits as Stores: a record set as it stood at any of them. Two git processes, whatever its size."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import timedelta
from functools import cached_property
from pathlib import Path

from nacoord.model.errors import UsageError
from nacoord.model.kinds.table import KINDS
from nacoord.model.office import FILE
from nacoord.record.files import Entry
from nacoord.record.files import Refused
from nacoord.record.files import entry_named
from nacoord.record.files import is_known
from nacoord.record.files import nested
from nacoord.record.files import not_a_file
from nacoord.record.files import stray
from nacoord.record.files import symlink_outside
from nacoord.record.git import GitDiedError
from nacoord.record.git import GitError
from nacoord.record.git import day_told
from nacoord.record.git import git
from nacoord.record.objects import GITLINK
from nacoord.record.objects import LINK
from nacoord.record.objects import REGULAR
from nacoord.record.objects import TREE

# What is wrong with git or its folder, not with the name it was asked for.
_NOT_THE_NAME = ("safe.directory", "safe.bareRepository", "not installed", "can't be run")
# So many files are fetched one by one; whoever wants more is given all of them at once.
_FEW = 4


class NoSuchMomentError(UsageError):
    """There is no commit with that name, or none so early."""


@dataclass(frozen=True)
class Commit:
    """A record set at one commit.

    Attributes:
        root: the folder of the record set in the work tree.
        id: the commit's full id.
        on: the committer's day, in the office's time zone.
    """

    root: Path
    id: str
    on: date
    _blobs: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    @property
    def short(self) -> str:
        """The id as people write it."""
        return self.id[:10]

    @cached_property
    def _top(self) -> dict[str, tuple[str, str]]:
        """Mode and object of what stands in the record's folder itself, by name."""
        return _parsed(git(self.root, "ls-tree", "-z", self.id))

    @cached_property
    def _tree(self) -> dict[str, tuple[str, str]]:
        """Mode and blob of each file below the record's folder, by relative path."""
        return _parsed(git(self.root, "ls-tree", "-r", "-z", self.id))

    def has(self, path: str) -> bool:
        """Tell whether a file was there."""
        if "/" not in path:
            return path in self._top and self._top[path][0] not in (TREE, GITLINK)
        return path in self._tree

    def folder(self, name: str) -> str | None:
        """Return the tree of a folder; None when there was no such folder."""
        mode, object = self._top.get(name, ("", ""))
        return object if mode == TREE else None

    def listed(self, tree: str) -> dict[str, tuple[str, str]]:
        """Return mode and object of what stands in a tree itself, by name."""
        return _parsed(git(self.root, "ls-tree", "-z", "--full-tree", tree))

    def names(self, folder: str) -> list[str]:
        """Return the names of the files that were in a folder."""
        parts = (path.rpartition("/") for path in self._tree)
        return sorted(name for parent, _, name in parts if parent == folder)

    def blob(self, path: str) -> str | None:
        """Return the id of a regular file's content; None when there was none."""
        mode, blob = (self._tree if "/" in path else self._top).get(path, ("", ""))
        return blob if mode in REGULAR else None

    def differing(self, other: Commit) -> list[Entry]:
        """Return the record files that another commit has otherwise, or that only one of them has."""
        here = {entry.path: entry for entry in self.entries()}
        there = {entry.path: entry for entry in other.entries()}
        return [
            entry
            for path, entry in {**there, **here}.items()
            if self._tree.get(path) != other._tree.get(path)
        ]

    def entries(self) -> Iterator[Entry]:
        """Yield every record file of the commit, kind by kind, in order of name."""
        by_folder: dict[str, list[str]] = {}
        for path in self._tree:
            folder, slash, rest = path.partition("/")
            if slash:
                by_folder.setdefault(folder, []).append(rest)
        for kind in KINDS.values():
            told: set[str] = set()
            for rest in sorted(by_folder.get(kind.folder, ())):
                name, slash, _ = rest.partition("/")
                if slash:
                    hidden = name.startswith(".") or not rest.endswith((".yaml", ".yml"))
                    if not hidden and name not in told:
                        told.add(name)
                        yield nested(f"{kind.folder}/{name}", kind)
                    continue
                entry = entry_named(name, kind)
                if entry:
                    yield self._checked(entry)
        yield from _strays(by_folder)

    def strays(self) -> Iterator[Entry]:
        """Yield the folders with records beside the kinds' folders."""
        if any(mode == TREE and not is_known(name) for name, (mode, _) in self._top.items()):
            yield from (
                entry
                for entry in self.entries()
                if entry.kind is None and not entry.id and "/" not in entry.path
            )

    def _checked(self, entry: Entry) -> Entry:
        mode, _ = self._tree[entry.path]
        if entry.refused or mode in REGULAR or mode == LINK:
            return entry
        return Entry(entry.path, entry.kind, entry.id, not_a_file())

    def read(self, path: str) -> bytes | Refused:
        """Return a file's bytes as they were; a link is followed only inside the record."""
        for _ in range(8):
            if path not in self._tree:
                missing = "can't be read: no such file in this commit"
                return Refused("unreadable-file", missing, "ask for another moment with --as-of")
            mode, blob = self._tree[path]
            data = self.content(blob)
            if mode != LINK:
                return data
            target = _followed(path, data.decode("utf-8", "replace"))
            if target is None:
                return symlink_outside()
            path = target
        return Refused(
            "unreadable-file", "can't be read: links lead in a circle", "replace one by a file"
        )

    def content(self, blob: str) -> bytes:
        """Return the content of a file by its id."""
        if blob not in self._blobs:
            if len(self._blobs) < _FEW:
                self.fetch([blob])
            else:
                self.fetch_all()
        return self._blobs.get(blob, b"")

    def fetch(self, wanted: Iterable[str]) -> None:
        """Get the content of files by their ids, from one process of git."""
        missing = set(wanted) - self._blobs.keys()
        if missing:
            self._blobs.update(blobs(self.root, missing))

    def fetch_all(self) -> None:
        """Get the content of every file."""
        self.fetch(blob for mode, blob in self._tree.values() if mode in REGULAR | {LINK})


def _parsed(listed: bytes | None) -> dict[str, tuple[str, str]]:
    """Return mode and object by path from what ls-tree printed."""
    tree = {}
    for line in (listed or b"").decode("utf-8", "surrogateescape").split("\0"):
        if line:
            about, path = line.split("\t", 1)
            mode, _, object = about.split(" ")
            tree[path] = (mode, object)
    return tree


def _strays(by_folder: dict[str, list[str]]) -> Iterator[Entry]:
    for name in sorted(by_folder):
        holds = any("/" not in rest and rest.endswith(".yaml") for rest in by_folder[name])
        if holds and not is_known(name):
            yield stray(name)


def blobs(root: Path, wanted: Iterable[str]) -> dict[str, bytes]:
    """Return the content of blobs by their ids, all from one process of git.

    Raises:
        GitError: when git is missing, or lacks one of them.
    """
    given = "".join(f"{blob}\n" for blob in sorted(set(wanted))).encode()
    output = git(root, "cat-file", "--batch", given=given) or b""
    found: dict[str, bytes] = {}
    at = 0
    while at < len(output):
        end = output.index(b"\n", at)
        blob, kind, *size = output[at:end].decode().split(" ")
        if kind != "blob":
            raise GitError(
                f"git lacks an object of this commit: {blob}",
                hint="a shallow or partial clone: git fetch --unshallow",
            )
        length = int(size[0])
        found[blob] = output[end + 1 : end + 1 + length]
        at = end + length + 2
    return found


def _followed(path: str, target: str) -> str | None:
    """Return where a relative link leads, or None when that is outside the record."""
    if target.startswith("/"):
        return None
    parts = path.split("/")[:-1]
    for part in target.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def on_day(root: Path, day: date, time_zone: str) -> Commit:
    """Return the record as it stood at the end of a day, on the line of the present branch.

    Only first parents are followed: what came in by a later merge was not known here that day.

    Raises:
        NoSuchMomentError: when the history begins later.
        GitError: when git is missing or refuses.
    """
    before = f"--before={day + timedelta(days=1)}T00:00:00"
    found = git(root, "rev-list", "-1", "--first-parent", before, "HEAD", "--", time_zone=time_zone)
    if found is None:
        raise _no_history()
    id = found.decode().strip()
    if not id:
        raise NoSuchMomentError(f"the history begins after {day}", hint="ask for a later day")
    return _commit(root, id, time_zone)


def named(root: Path, name: str, time_zone: str) -> Commit:
    """Return the record at a commit, named as git names commits.

    Raises:
        NoSuchMomentError: when no commit has the name.
        GitError: when git is missing or refuses.
    """
    hint = "use a day, as 2021-03-01, or a commit of: git log --oneline"
    unknown = NoSuchMomentError(f'"{name}" is neither a date nor a commit', hint=hint)
    if name.startswith("-") or "\0" in name:
        raise unknown
    try:
        found = git(root, "rev-parse", "--verify", "--end-of-options", f"{name}^{{commit}}")
    except GitError as error:
        refused = f"{error.message}\n{error.hint}"
        known = any(why in refused for why in _NOT_THE_NAME)
        if known or isinstance(error, GitDiedError):
            raise
        raise unknown from None
    if found is None:
        raise _no_history()
    return _commit(root, found.decode().strip(), time_zone)


def _commit(root: Path, id: str, time_zone: str) -> Commit:
    shown = git(
        root,
        "show",
        "-s",
        "--format=%cd",
        "--date=format-local:%Y-%m-%d",
        id,
        "--",
        time_zone=time_zone,
    )
    found = Commit(root, id, day_told((shown or b"").decode().strip()))
    if not found.has(FILE):
        raise NoSuchMomentError(
            f"the record was not there at {found.short}", hint="ask for a later day or commit"
        )
    return found


def _no_history() -> NoSuchMomentError:
    return NoSuchMomentError(
        "the record has no history yet", hint="--as-of needs a git repository with a commit"
    )
