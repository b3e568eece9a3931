"""An archive as it is found, a folder or a tar: every file by its digests, and what doesn't belong.

Nothing is unpacked but the bundle, and no link is followed.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from pathlib import PurePosixPath
from typing import IO

from nacoord.model.errors import UsageError
from nacoord.record.archive import bundle
from nacoord.record.archive import manifest
from nacoord.record.archive import sums

_CHUNK = 1024 * 1024
# A tar ends with two blocks of zeros.
_END = 2 * tarfile.BLOCKSIZE
# Of the two files that are read as text; far more than either needs.
_TEXT_MOST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Digests:
    """A file: its SHA-256, and the ids git would give it as a blob, by object format."""

    sha256: str
    blobs: dict[str, str]


@dataclass
class Opened:
    """What was found in an archive.

    Attributes:
        files: every regular file, by path.
        texts: SHA256SUMS and MANIFEST.json, where they are there.
        odd: what is no regular file or leads elsewhere, by path, and why.
    """

    files: dict[str, Digests] = field(default_factory=dict)
    texts: dict[str, bytes] = field(default_factory=dict)
    odd: dict[str, str] = field(default_factory=dict)


def opened(path: Path, shown: str, bundle_to: Path) -> Opened:
    """Read an archive once from beginning to end.

    Args:
        bundle_to: where its bundle is copied to, so that git can look into it.

    Raises:
        UsageError: when there is no such folder or tar.
    """
    found = Opened()
    if path.is_dir():
        for name, stream, size in _in_folder(path, found):
            _take(found, name, stream, size, bundle_to)
        return found
    if not path.is_file():
        raise UsageError(f"there is no archive {shown}", hint="name the folder, or the .tar")
    try:
        for name, stream, size in _in_tar(path, found):
            _take(found, name, stream, size, bundle_to)
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        found.odd[shown] = f"the tar can't be read to its end: {error}"
    return found


def _in_folder(top: Path, found: Opened) -> Iterator[tuple[str, IO[bytes], int]]:
    for at, dirs, names in os.walk(top):
        dirs.sort()
        for name in sorted([*names, *dirs]):
            file = Path(at) / name
            path = os.path.relpath(file, top)
            about = file.lstat()
            if stat.S_ISDIR(about.st_mode):
                if not any(file.iterdir()):
                    found.odd[path] = "is an empty folder"
            elif not stat.S_ISREG(about.st_mode):
                found.odd[path] = "is no regular file"
            else:
                with file.open("rb") as stream:
                    yield path, stream, about.st_size


def _in_tar(file: Path, found: Opened) -> Iterator[tuple[str, IO[bytes], int]]:
    with tarfile.open(file, mode="r:") as tar:
        top = ""
        folders: list[str] = []
        for member in tar:
            first, _, path = member.name.partition("/")
            top = top or first
            parts = path.split("/") if path else []
            if (
                first != top
                or first in ("", "..")
                or any(part in ("", ".", "..") for part in parts)
            ):
                found.odd[member.name] = "leads elsewhere"
            elif member.isdir():
                if path:
                    folders.append(path)
            elif not member.isreg() or not path:
                found.odd[member.name] = "is no regular file"
            elif path in found.files:
                found.odd[path] = "is there twice"
            else:
                stream = tar.extractfile(member)
                assert stream is not None
                with stream:
                    yield path, stream, member.size
        filled = {
            str(above) for name in (*folders, *found.files) for above in PurePosixPath(name).parents
        }
        found.odd.update((path, "is an empty folder") for path in folders if path not in filled)
        end = tar.offset
    _refuse_more(file, end)


def _refuse_more(file: Path, end: int) -> None:
    """Refuse what stands behind the end of a tar, where the library takes anything for the end.

    Raises:
        ValueError: when there is more than the zeros of the end, or less (POSIX.1-2001, pax).
    """
    with file.open("rb") as stream:
        stream.seek(end)
        zeros = 0
        while chunk := stream.read(_CHUNK):
            if chunk.strip(b"\0"):
                raise ValueError("something that is no file of it stands at its end")
            zeros += len(chunk)
    if zeros < _END:
        raise ValueError("its end is missing")


def _take(found: Opened, path: str, stream: IO[bytes], size: int, bundle_to: Path) -> None:
    whole = hashlib.sha256()
    head = b"blob %d\0" % size
    blobs = {"sha1": hashlib.sha1(head, usedforsecurity=False), "sha256": hashlib.sha256(head)}
    kept = b""
    is_text = path in (sums.FILE, manifest.FILE)
    copy = bundle_to.open("wb") if path == bundle.FILE else None
    try:
        while chunk := stream.read(_CHUNK):
            whole.update(chunk)
            for each in blobs.values():
                each.update(chunk)
            if copy is not None:
                copy.write(chunk)
            if is_text and len(kept) < _TEXT_MOST:
                kept += chunk
    finally:
        if copy is not None:
            copy.close()
    if is_text:
        found.texts[path] = kept
    ids = {format: each.hexdigest() for format, each in blobs.items()}
    found.files[path] = Digests(whole.hexdigest(), ids)
