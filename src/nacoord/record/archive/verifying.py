"""Whether an archive is what it says: every sum, the bundle by git, and the record against its head."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nacoord.record.archive import bundle
from nacoord.record.archive import manifest
from nacoord.record.archive import sums
from nacoord.record.archive.manifest import Manifest
from nacoord.record.archive.opened import Opened
from nacoord.record.archive.opened import opened
from nacoord.record.git import GitError
from nacoord.record.git import git

_NEEDED = ("README.txt", manifest.FILE, sums.FILE, bundle.FILE, "record/nacoord.yaml")


@dataclass(frozen=True, slots=True)
class Difference:
    """Something in an archive that is not as it says.

    Attributes:
        path: the file, or the part of the history.
        what: what is wrong with it.
    """

    path: str
    what: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What an archive was found to be.

    Attributes:
        path: the archive, as it was typed.
        commit: the commit it says it holds; empty when it says none.
        files: how many files there are in it.
        commits: how many commits there are in its history; 0 when git can't read it.
        sums: the digest of its SHA256SUMS, to compare with what was written down.
        differences: everything that is not as it says; none for a good archive.
    """

    path: str
    commit: str
    files: int
    commits: int
    sums: str
    differences: tuple[Difference, ...]


def verify(path: Path, shown: str) -> Verified:
    """Return whether an archive is what it says.

    Raises:
        UsageError: when there is no such folder or tar.
        GitError: when git is not installed.
    """
    with tempfile.TemporaryDirectory(prefix="nacoord-") as folder:
        copy = Path(folder) / bundle.FILE
        found = opened(path, shown, copy)
        differences = [Difference(name, why) for name, why in found.odd.items()]
        differences += [
            Difference(name, "is missing") for name in _NEEDED if name not in found.files
        ]
        differences += _against_sums(found)
        said = _manifest(found, differences)
        commits = 0
        if said is not None and bundle.FILE in found.files:
            commits = _against_history(found, said, copy, differences)
    text = found.texts.get(sums.FILE, b"")
    return Verified(
        shown,
        said.commit if said else "",
        len(found.files),
        commits,
        hashlib.sha256(text).hexdigest() if text else "",
        tuple(dict.fromkeys(differences)),
    )


def _against_sums(found: Opened) -> Iterator[Difference]:
    if sums.FILE not in found.texts:
        return
    text = found.texts[sums.FILE].decode("utf-8", "replace")
    said, bad = sums.read(text)
    for number in bad:
        yield Difference(sums.FILE, f"line {number} can't be read, or names a file twice")
    here = {path: each.sha256 for path, each in found.files.items() if path != sums.FILE}
    for path in sorted({*said, *here}):
        if path not in here:
            if path not in _NEEDED:
                yield Difference(path, "is missing")
        elif path not in said:
            yield Difference(path, f"is not in {sums.FILE}")
        elif said[path] != here[path]:
            yield Difference(path, f"is not what {sums.FILE} says")
    if not bad and said == here and text != sums.written(said):
        yield Difference(sums.FILE, "is not in order")


def _manifest(found: Opened, differences: list[Difference]) -> Manifest | None:
    if manifest.FILE not in found.texts:
        return None
    try:
        return manifest.read(found.texts[manifest.FILE])
    except ValueError as error:
        differences.append(Difference(manifest.FILE, f"can't be read: {error}"))
        return None


def _against_history(
    found: Opened, said: Manifest, copy: Path, differences: list[Difference]
) -> int:
    """Compare the record with the history in the bundle; return how many commits that has."""
    try:
        format, refs = bundle.heads(copy)
        for name in sorted({*refs, *said.refs}):
            if refs.get(name) != said.refs.get(name):
                what = f"has {name} otherwise than {manifest.FILE} says"
                differences.append(Difference(bundle.FILE, what))
        if refs.get("HEAD") != said.commit:
            what = f"ends with another commit than {manifest.FILE} says"
            differences.append(Difference(bundle.FILE, what))
        with bundle.unbundled(copy, format) as bare:
            tree = _tree(bare, said)
            count = git(bare, "--git-dir=.", "rev-list", "--count", said.commit, "--") or b"0"
    except (GitError, ValueError) as error:
        if "not installed" in str(error):
            raise
        differences.append(Difference(bundle.FILE, f"can't be read: {error}"))
        return 0
    here = {
        path.removeprefix("record/"): each.blobs.get(format)
        for path, each in found.files.items()
        if path.startswith("record/")
    }
    for path in sorted({*tree, *here}):
        if path not in here:
            differences.append(Difference(f"record/{path}", "is missing"))
        elif path not in tree:
            differences.append(Difference(f"record/{path}", "is not in the history's last commit"))
        elif tree[path] != here[path]:
            what = "is not what the history's last commit says"
            differences.append(Difference(f"record/{path}", what))
    commits = int(count)
    if commits != said.commits:
        what = f"says {said.commits} commits, and the history has {commits}"
        differences.append(Difference(manifest.FILE, what))
    return commits


def _tree(bare: Path, said: Manifest) -> dict[str, str]:
    """Return the blobs of the record at the commit that the manifest names, by path."""
    listed = git(bare, "--git-dir=.", "ls-tree", "-r", "-z", "--full-tree", said.commit) or b""
    found = {}
    for line in listed.decode("utf-8", "replace").split("\0"):
        about, _, path = line.partition("\t")
        if path and path.startswith(said.prefix):
            found[path.removeprefix(said.prefix)] = about.split(" ")[2]
    return found
