"""What an archive holds of a record: its files and its history at one commit, whole or refused."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from nacoord.model.errors import NacoordError
from nacoord.model.kinds.table import BY_FOLDER
from nacoord.model.office import FILE
from nacoord.record.commits import blobs
from nacoord.record.git import git
from nacoord.record.objects import GITLINK
from nacoord.record.objects import LINK
from nacoord.record.recovery import is_shallow
from nacoord.record.recovery import pending
from nacoord.record.repository import HandEditedError
from nacoord.record.repository import Repository
from nacoord.record.repository import RepositoryError
from nacoord.record.repository import State
from nacoord.record.repository import open_repository

_CONTROL = re.compile("[\x00-\x1f\x7f]")


class CantArchiveError(NacoordError):
    """An archive of this record would not be whole, or could not be verified."""


@dataclass(frozen=True, slots=True)
class Held:
    """A record and its history at one commit.

    Attributes:
        root: the record's folder.
        commit: the commit's full id.
        branch: the branch that is checked out.
        prefix: the record's folder in the repository, with a / at the end unless empty.
        files: the bytes of each file as git keeps them, by path below the record's folder.
        links: the paths that are symbolic links; the bytes say where they lead.
        refs: every ref of the history that is kept, with what it points to.
        commits: how many commits there are.
        first: the day of the earliest commit.
        last: the day of the commit itself.
        moment: when the commit was made, in seconds since 1970.
    """

    root: Path
    commit: str
    branch: str
    prefix: str
    files: dict[str, bytes]
    links: tuple[str, ...]
    refs: dict[str, str]
    commits: int
    first: date
    last: date
    moment: int


def held(root: Path, time_zone: str) -> Held:
    """Return what there is to archive of a record.

    Raises:
        HandEditedError: when something of the record is not committed.
        RepositoryError: when there is no history, or not all of it, or git is in the midst of something.
        CantArchiveError: when the record holds what no archive can.
    """
    repository = open_repository(root)
    state = repository.state(asking=True)
    _refuse_unready(repository, state)
    assert state.head is not None
    assert state.branch is not None
    files, links = _files(root, state.head)
    if FILE not in files:
        raise HandEditedError(f"{FILE} is not committed", hint="nacoord commit")
    moments = _moments(root, state.head)
    zone = ZoneInfo(time_zone)
    return Held(
        root,
        state.head,
        state.branch,
        repository.prefix,
        files,
        tuple(links),
        _refs(root, state),
        len(moments),
        datetime.fromtimestamp(min(moments), zone).date(),
        datetime.fromtimestamp(moments[0], zone).date(),
        moments[0],
    )


def _refuse_unready(repository: Repository, state: State) -> None:
    if pending(repository.folder):
        raise RepositoryError(
            "an interrupted change is not ended yet", hint="see what it was with: nacoord check"
        )
    if state.head is None:
        raise RepositoryError("nothing is committed yet", hint="nacoord commit")
    repository.refuse_unready(state)
    edited = sorted(
        path for path, how in state.differing.items() if how != "??" or _is_record(path)
    )
    if edited:
        shown = ", ".join(edited[:4]) + (f" and {len(edited) - 4} more" if len(edited) > 4 else "")
        raise HandEditedError(
            f"not committed: {shown}", hint="an archive is of what is committed: nacoord commit"
        )
    if is_shallow(repository.root):
        raise RepositoryError(
            "the history is cut off (shallow clone)", hint="get the rest: git fetch --unshallow"
        )
    names = git(repository.root, "config", "--list", "--name-only", "-z") or b""
    if any(
        name == b"extensions.partialclone"
        or (name.startswith(b"remote.") and name.endswith(b".promisor"))
        for name in names.split(b"\0")
    ):
        raise RepositoryError(
            "part of the history is not here (partial clone)",
            hint="archive from a whole clone: git clone URL",
        )


def _is_record(path: str) -> bool:
    folder, slash, name = path.partition("/")
    return path == FILE or bool(slash and folder in BY_FOLDER and name.endswith(".yaml"))


def _files(root: Path, commit: str) -> tuple[dict[str, bytes], list[str]]:
    """Return the bytes of every file of the record at a commit, and which are links."""
    listed = git(root, "--no-replace-objects", "ls-tree", "-r", "-z", commit) or b""
    found: dict[str, str] = {}
    links = []
    for line in listed.split(b"\0"):
        if not line:
            continue
        about, name = line.split(b"\t", 1)
        mode, _, blob = about.decode().split(" ")
        path = _portable(name)
        if mode == GITLINK:
            raise CantArchiveError(
                f"{path} is a submodule: what it holds is in another repository",
                hint="archive that one by itself, and move it out of the record's folder",
            )
        if mode == LINK:
            links.append(path)
        found[path] = blob
    data = blobs(root, found.values())
    return {path: data[blob] for path, blob in found.items()}, sorted(links)


def _portable(name: bytes) -> str:
    """Return a file's name, which any system must be able to hold and every line to show."""
    try:
        path = name.decode()
    except UnicodeDecodeError:
        path = name.decode("utf-8", "replace")
        raise _odd_name(path, "is not UTF-8") from None
    if _CONTROL.search(path):
        raise _odd_name(path, "has a control character in it")
    if any(part in ("", ".", "..") or part.lower() == ".git" for part in path.split("/")):
        raise _odd_name(path, "leads elsewhere")
    return path


def _odd_name(path: str, why: str) -> CantArchiveError:
    return CantArchiveError(f"the name of {path} {why}", hint="rename it: git mv")


def _refs(root: Path, state: State) -> dict[str, str]:
    """Return the refs that an archive keeps: the branch, and every tag, anchors among them."""
    assert state.head is not None
    refs = {"HEAD": state.head, f"refs/heads/{state.branch}": state.head}
    listed = git(root, "for-each-ref", "refs/tags", "--format=%(objectname) %(refname)") or b""
    for line in listed.decode("utf-8", "replace").splitlines():
        object, name = line.split(" ", 1)
        refs[name] = object
    return refs


def _moments(root: Path, commit: str) -> list[int]:
    """Return when the commits of the history were made, the commit itself first."""
    words = ("log", "--format=%ct", "--topo-order", commit)
    listed = git(root, "--no-replace-objects", *words, "--") or b""
    return [int(line) for line in listed.split()]


def anchors_among(refs: Iterable[str]) -> int:
    """Return how many refs are anchors."""
    from nacoord.record.anchors import PREFIX

    return sum(name.startswith(f"refs/tags/{PREFIX}") for name in refs)
