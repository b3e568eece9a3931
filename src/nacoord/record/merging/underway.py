"""A merge that git has begun and left to a person: found, and finished where git stands.

What git merged by itself is merged again by field. What a person did since is taken as it is: a file
mended so that no markers are left in it, and whatever was staged. Which that is, AUTO_MERGE tells: the
tree as git left it (git-merge(1)).
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nacoord.record import disk
from nacoord.record.git import GitError
from nacoord.record.git import asked
from nacoord.record.git import git
from nacoord.record.git import git_told
from nacoord.record.merging.changes import File
from nacoord.record.merging.changes import files_of
from nacoord.record.merging.changes import index_info
from nacoord.record.merging.commits import Merged
from nacoord.record.merging.texts import MARKER
from nacoord.record.objects import GITLINK
from nacoord.record.objects import LINK
from nacoord.record.objects import PROGRAM
from nacoord.record.repository import COMMITTING
from nacoord.record.repository import NO_HOOKS
from nacoord.record.repository import Repository
from nacoord.record.repository import RepositoryError
from nacoord.record.repository import shortened


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A merge that git has begun.

    Attributes:
        theirs: the commit that is being merged.
        by_hand: the files that a person has mended or staged, by path from the top; None where one
            was removed.
    """

    theirs: str
    by_hand: Mapping[str, File | None]


@dataclass(frozen=True, slots=True)
class _Index:
    """git's index: what is merged, and the versions of what is not, by path."""

    merged: dict[str, File]
    unmerged: dict[str, list[File]]


def under_way(repository: Repository, made: str = "") -> UnderWay | None:
    """Return the merge that git has begun; None when there is none.

    Args:
        made: the tree of a merge that was being put in place when something stopped it; what is of
            it is no person's.

    Raises:
        RepositoryError: when more than two branches are merged, or files were edited and neither
            mended nor staged.
    """
    heads = _heads(repository)
    if heads is None:
        return None
    if len(heads) != 1:
        raise RepositoryError(
            "more than two branches are being merged at once",
            hint="give it up with git merge --abort, and merge one after the other",
        )
    index = _index(repository)
    left, ours = (_files(repository, tree) for tree in ("AUTO_MERGE", made))
    _refuse_edited(repository, index, ours or {})
    return UnderWay(
        heads[0],
        {
            path: file
            for path, file in (
                *_staged(repository, index, left),
                *_mended(repository, index, left),
            )
            if not (ours and ours.get(path) == file)
        },
    )


def end_committed(repository: Repository) -> bool:
    """End a merge of git's whose commit was made before its git was killed; inside the lock.

    Returns:
        whether there was one.

    Raises:
        GitError: when git says no.
    """
    heads = _heads(repository)
    if heads is None:
        return False
    words = ("merge-base", "--is-ancestor", "--end-of-options")
    if any(git_told(repository.top, *words, head, "HEAD")[0] for head in heads):
        return False
    repository.write("merge", "--quit")
    return True


def _heads(repository: Repository) -> list[str] | None:
    """Return the commits that git is merging; None when no merge is under way."""
    try:
        return (repository.folder / "MERGE_HEAD").read_text(encoding="ascii").split()
    except FileNotFoundError:
        return None


def _index(repository: Repository) -> _Index:
    found = _Index({}, {})
    said = git(repository.top, "ls-files", "--stage", "-z") or b""
    for line in said.decode("utf-8", "surrogateescape").split("\0")[:-1]:
        about, _, path = line.partition("\t")
        mode, object, stage = about.split(" ")
        if stage == "0":
            found.merged[path] = File(mode, object)
        else:
            found.unmerged.setdefault(path, []).append(File(mode, object))
    return found


def _files(repository: Repository, tree: str) -> dict[str, File] | None:
    """Return the files of a tree that may not be there; None when it is not."""
    words = ("rev-parse", "--quiet", "--verify", "--end-of-options", f"{tree}^{{tree}}")
    code, said = git_told(repository.top, *words) if tree else (1, b"")
    return None if code else files_of(repository.top, said.decode().strip())


def _refuse_edited(repository: Repository, index: _Index, made: Mapping[str, File]) -> None:
    """Refuse files that git merged, and that differ from what is staged of them."""
    edited = [
        path
        for path in _edited(repository)
        if path not in index.unmerged
        and not (path in made and _on_disk(repository, path, [made[path]]) == made[path])
    ]
    if edited:
        raise RepositoryError(
            f"edited since the merge began: {shortened(edited)}",
            hint="keep that with git add FILE, or drop it with git restore FILE",
        )


def _edited(repository: Repository) -> list[str]:
    """Return the files that differ from what is staged of them.

    git-diff-files(1) names each file of a copied folder, too, since their times differ from those
    that the index has. So it is asked again with a copy of the index, in which git has looked at each.
    """
    words = ("diff-files", "--name-only", "-z")
    if not _paths(repository, *words):
        return []
    with tempfile.TemporaryDirectory(prefix="nacoord-") as folder:
        index = Path(folder) / "index"
        shutil.copy2(repository.folder / "index", index)
        refresh = ("update-index", "-q", "--refresh")
        asked(repository.top, *refresh, settings=(NO_HOOKS,), index=index)
        return _paths(repository, *words, index=index)


def _staged(
    repository: Repository, index: _Index, left: Mapping[str, File] | None
) -> Iterator[tuple[str, File | None]]:
    """Yield what a person staged: what is not as git left it."""
    if left is None:
        # An older git says only which of the files that it did not merge are settled by now.
        paths: Iterable[str] = _paths(repository, "ls-files", "--resolve-undo", "-z")
    else:
        paths = (
            path for path in {**index.merged, **left} if index.merged.get(path) != left.get(path)
        )
    for path in paths:
        if path not in index.unmerged:
            yield path, index.merged.get(path)


def _mended(
    repository: Repository, index: _Index, left: Mapping[str, File] | None
) -> Iterator[tuple[str, File | None]]:
    """Yield what a person mended in files that git did not merge, staged or not.

    Raises:
        RepositoryError: when one is edited, and markers are left in it.
    """
    half = []
    sizes = _marker_sizes(repository, list(index.unmerged))
    for path, versions in index.unmerged.items():
        file = _on_disk(repository, path, versions)
        was = None if left is None else left.get(path)
        # git leaves a file as one side has it where the other removed it.
        if file is None or file == was or (left is None and file in versions):
            continue
        data = _content(repository, file)
        if not _markers(sizes[path]).search(data):
            yield path, file
        elif left is not None and not (was and _alike(repository, was, data, sizes[path])):
            half.append(path)
    if half:
        raise RepositoryError(
            f"edited, and markers are left in it: {shortened(half)}",
            hint="mend it whole, or keep it with git add FILE, or drop that with git checkout --merge FILE",
        )


def _markers(size: int) -> re.Pattern[bytes]:
    return re.compile(rb"^(<{%d}|>{%d}|\|{%d})(?: .*|\r?)$" % (size, size, size), re.MULTILINE)


def _alike(repository: Repository, was: File, data: bytes, size: int) -> bool:
    """Tell whether two files are the same but for what their markers call the sides."""
    markers = _markers(size)
    return markers.sub(rb"\1", _content(repository, was)) == markers.sub(rb"\1", data)


def _marker_sizes(repository: Repository, paths: list[str]) -> dict[str, int]:
    """Return how long the markers in each file are (gitattributes(5), conflict-marker-size)."""
    given = "".join(f"{path}\0" for path in paths).encode("utf-8", "surrogateescape")
    words = ("check-attr", "-z", "--stdin", "conflict-marker-size")
    said = (git(repository.top, *words, given=given) or b"").decode("utf-8", "surrogateescape")
    found = said.split("\0")
    sizes = zip(found[::3], found[2::3], strict=False)
    return {
        path: int(size) if size.isdecimal() and int(size) > 0 else MARKER for path, size in sizes
    }


def _paths(repository: Repository, *words: str, index: Path | None = None) -> list[str]:
    said = (git(repository.top, *words, index=index) or b"").decode("utf-8", "surrogateescape")
    return list(dict.fromkeys(each.rpartition("\t")[2] for each in said.split("\0") if each))


def _content(repository: Repository, file: File) -> bytes:
    return git(repository.top, "cat-file", "blob", file.object) or b""


def _on_disk(repository: Repository, path: str, versions: Iterable[File]) -> File | None:
    """Return a file as it would be staged, with the mode that one of its versions has."""
    place = repository.top / path
    known = next((each.mode for each in versions if each.mode not in (LINK, GITLINK)), "100644")
    try:
        if place.is_symlink():
            mode, words, data = LINK, ("--no-filters",), os.fsencode(os.readlink(place))
        else:
            mode, words, data = known, (f"--path={path}",), place.read_bytes()
    except OSError:
        return None
    said = git(repository.top, "hash-object", "-w", *words, "--stdin", given=data) or b""
    return File(mode, said.decode().strip())


def finish(repository: Repository, merged: Merged, message: str) -> str:
    """Put a merge into the files and the index and commit it; hooks and signing run.

    Interrupted, the merge is still under way, and can be finished again.

    Returns:
        the id of the merge's commit.

    Raises:
        GitError, OSError: when git or the disk says no.
    """
    assert merged.tree is not None
    top = repository.top
    wanted, index = files_of(top, merged.tree), _index(repository)
    # What git guessed to be a rename is not taken: the index comes to what was merged here.
    paths = [
        path
        for path in dict.fromkeys([*merged.files, *index.unmerged, *wanted, *index.merged])
        if path in merged.files
        or path in index.unmerged
        or wanted.get(path) != index.merged.get(path)
    ]
    for folder in {(top / path).parent for path in paths}:
        disk.sweep(folder)
    for path in paths:
        _put(repository, path, wanted.get(path))
    given = index_info({path: wanted.get(path) for path in paths}, merged.ours)
    whole = repository.whole
    whole.write("update-index", "-z", "--index-info", given=given)
    words = ("commit", "--quiet", "--cleanup=verbatim", "--file=-")
    try:
        whole.write(*words, given=message.encode(), settings=COMMITTING)
    except GitError as error:
        raise GitError(
            f"the merge is not committed; {error.message}",
            hint=f"{error.hint}\nmend that, then again: nacoord resolve".strip(),
        ) from None
    return repository.head()


def _put(repository: Repository, path: str, file: File | None) -> None:
    """Make a file of the work tree what it is in a merge; a submodule is git's own business."""
    place = repository.top / path
    if file is None:
        if not place.is_dir() or place.is_symlink():
            disk.discard(place)
        return
    if file.mode == GITLINK:
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    if file.mode == LINK:
        disk.discard(place)
        place.symlink_to(os.fsdecode(_content(repository, file)))
        return
    disk.remove_left(place)
    words = ("cat-file", "--filters", f"--path={path}", file.object)
    disk.write_whole(place, git(repository.top, *words) or b"")
    os.chmod(place, 0o755 if file.mode == PROGRAM else 0o644)
