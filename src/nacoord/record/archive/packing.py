"""An archive on the disk: a folder or a tar (POSIX.1-2001 pax), there whole or not there at all.

It is built beside its place under a name that nobody takes for it, made safe, checked, and renamed. The
same commit makes the same bytes: names sorted, and of times, owners and machines only the commit's time.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import contextmanager
from pathlib import Path

from nacoord.model.errors import UsageError
from nacoord.record import disk
from nacoord.record.archive import bundle
from nacoord.record.archive import sums
from nacoord.record.archive.held import Held

_CHUNK = 1024 * 1024
_COMPRESSED = (".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2", ".tar.zst", ".zip", ".7z")


def refuse_target(target: Path, shown: str, root: Path) -> None:
    """Refuse a place where no archive can be made, before any work.

    Raises:
        UsageError: saying why, and what to do.
    """
    if target.name.lower().endswith(_COMPRESSED):
        raise UsageError(
            f"{shown} would be compressed, and an archive is not",
            hint="name it .tar, and compress it afterwards if you must: gzip -n FILE.tar",
        )
    if os.path.lexists(target):
        raise UsageError(
            f"{shown} is there already", hint="choose another name, or move it out of the way"
        )
    if not target.parent.is_dir():
        folder = os.path.dirname(shown.rstrip("/"))
        raise UsageError(f"there is no folder {folder}", hint=f"make it: mkdir -p {folder}")
    inside, around = os.path.realpath(target.parent), os.path.realpath(root)
    if inside == around or inside.startswith(around + os.sep):
        raise UsageError(
            f"{shown} is in the record's own folder", hint="make it outside: -o ../NAME"
        )


@contextmanager
def building(target: Path) -> Iterator[Path]:
    """Give a folder beside a target in which to build; whatever happens, it is gone afterwards."""
    place = target.parent / f"{disk.PREFIX}{target.name}.{os.getpid()}"
    disk.remove_left(target)
    place.mkdir()
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def fill(folder: Path, held: Held, texts: Mapping[str, bytes]) -> str:
    """Write what an archive holds into a folder; return the digest of its SHA256SUMS.

    Args:
        folder: a new folder that is empty.
        held: the record and its history.
        texts: the other files, by path.
    """
    files = {**{f"record/{path}": data for path, data in held.files.items()}, **texts}
    for path, data in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as stream:
            stream.write(data)
    bundle.write_bundle(held, folder / bundle.FILE)
    digests = {path: digest(folder / path) for path in (*files, bundle.FILE)}
    text = sums.written(digests).encode()
    (folder / sums.FILE).write_bytes(text)
    for path in _paths(folder):
        os.utime(folder / path, (held.moment, held.moment))
    return hashlib.sha256(text).hexdigest()


def digest(file: Path) -> str:
    """Return the SHA-256 of a file."""
    found = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def write_tar(folder: Path, top: str, moment: int, file: Path) -> None:
    """Write a folder that is filled as a tar.

    Args:
        top: the one folder that everything in it is in.
        moment: the time of every file, in seconds since 1970.
    """
    with tarfile.open(file, mode="x:", format=tarfile.PAX_FORMAT) as tar:
        tar.addfile(_entry(top, moment, None))
        for path in _paths(folder):
            _add(tar, folder, path, top, moment)


def put_in_place(made: Path, target: Path) -> None:
    """Give a folder or a file that is made its place, safe on the disk first.

    Raises:
        OSError: when the disk says no, or something has taken the place meanwhile.
    """
    is_folder = made.is_dir()
    for path in _paths(made) if is_folder else ():
        _settle(made / path)
    _settle(made)
    if is_folder:
        os.rename(made, target)
    else:
        _put_new(made, target)
    disk.settle(target.parent)


def _put_new(made: Path, target: Path) -> None:
    try:
        # Unlike a rename, a link never takes the place of another file.
        os.link(made, target)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links.
        os.rename(made, target)


def _paths(folder: Path) -> list[str]:
    """Return every file and folder below a folder, sorted as LC_ALL=C sorts."""
    found = [os.path.relpath(os.path.join(at, name), folder) for at, dirs, files in os.walk(folder) for name in (*dirs, *files)]  # fmt: skip
    return sorted(found, key=os.fsencode)


def _add(tar: tarfile.TarFile, folder: Path, path: str, top: str, moment: int) -> None:
    file = folder / path
    if file.is_dir():
        tar.addfile(_entry(f"{top}/{path}", moment, None))
        return
    with file.open("rb") as stream:
        tar.addfile(_entry(f"{top}/{path}", moment, file.stat().st_size), stream)


def _entry(name: str, moment: int, size: int | None) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.mtime = moment
    entry.mode = 0o755 if size is None else 0o644
    entry.type = tarfile.DIRTYPE if size is None else tarfile.REGTYPE
    entry.size = size or 0
    return entry


def _settle(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
