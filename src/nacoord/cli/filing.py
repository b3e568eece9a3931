"""How what is made becomes files: refused before any work where it can't be, whole or not at all."""

from __future__ import annotations

import os
import shlex
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from nacoord.cli.boundary import silence_stdout
from nacoord.cli.session import working_folder
from nacoord.model.errors import NacoordError

STDOUT = "-"
# More than any text that a person writes for a command: a mapping, a template, a saved brief.
_READ_MOST = 64 * 1024 * 1024


def read_file(file: str | Path) -> bytes:
    """Return what a file holds that the user names; it may be a pipe, and is waited for then.

    Raises:
        NacoordError: when it goes on and on.
        OSError: when it can't be read.
    """
    with open(file, "rb") as stream:
        data = stream.read(_READ_MOST + 1)
    if len(data) > _READ_MOST:
        raise NacoordError(f"{file} is too large: more than {_READ_MOST:,} bytes")
    return data


def check_file(file: str) -> None:
    """Refuse a file that can't be written, before there is anything to write.

    Raises:
        NacoordError: when it can't.
    """
    path = working_folder() / file
    if path.is_dir() or file.endswith("/"):
        raise _cant(file, "it is a folder", "name a file in it")
    _check_place(file)
    if path.exists() and _is_of_a_record(Path(os.path.realpath(path))):
        raise _cant(file, "it is a file of the record", "write to another file")
    if path.exists() and not os.access(path, os.W_OK):
        raise _cant(file, "it is read-only", "write to another file")


def check_folder(folder: str) -> None:
    """Refuse a folder that can't be written to or made.

    Raises:
        NacoordError: when it can't.
    """
    path = working_folder() / folder
    if path.exists() and not path.is_dir():
        raise _cant(folder, "it is a file", "name a folder")
    if not path.exists():
        _check_place(folder.rstrip("/"))
    elif not os.access(path, os.W_OK):
        raise _cant(folder, "it is read-only", "write to another folder")


def _is_of_a_record(path: Path) -> bool:
    from nacoord.model.kinds.table import BY_FOLDER
    from nacoord.model.office import FILE

    if path.name == FILE:
        return True
    is_record = path.suffix == ".yaml" and path.parent.name in BY_FOLDER
    return is_record and (path.parent.parent / FILE).exists()


def _check_place(file: str) -> None:
    path = working_folder() / file
    if not path.parent.is_dir():
        folder = os.path.dirname(file)
        if path.parent.exists():
            raise _cant(file, f"{folder} is a file, not a folder", "write to another folder")
        raise _cant(
            file, f"there is no folder {folder}", f"make it: mkdir -p {shlex.quote(folder)}"
        )
    if not path.exists() and not os.access(path.parent, os.W_OK):
        raise _cant(file, "its folder is read-only", "write to another folder")


def write_file(file: str, data: bytes) -> None:
    """Write a file whole or not at all; a pipe or a device, which can't be replaced, as it is.

    Raises:
        NacoordError: when the disk says no; what was there before is there still.
    """
    from nacoord.record.disk import write_whole

    # What a link points to is written, not the link replaced.
    path = Path(os.path.realpath(working_folder() / file))
    try:
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            path.write_bytes(data)
        else:
            write_whole(path, data)
    except OSError as error:
        raise _cant(file, error.strerror or "the disk says no", "") from None


def write_folder(folder: str, files: Mapping[str, bytes]) -> None:
    """Write files to a folder, which is made if need be: all of them beside their places first.

    Raises:
        NacoordError: when the disk says no; what was there before is there still.
    """
    from nacoord.record.disk import discard
    from nacoord.record.disk import put_in_place
    from nacoord.record.disk import settle
    from nacoord.record.disk import write_beside

    path = Path(os.path.realpath(working_folder() / folder))
    beside: list[tuple[Path, Path]] = []
    try:
        path.mkdir(exist_ok=True)
        for name, data in files.items():
            beside.append((write_beside(path / name, data), path / name))
        while beside:
            put_in_place(*beside[-1])
            beside.pop()
        settle(path)
    except OSError as error:
        raise _cant(folder, error.strerror or "the disk says no", "") from None
    finally:
        for temporary, _ in beside:
            discard(temporary)


def write_stdout(data: bytes) -> None:
    """Write bytes to stdout; a reader that goes away is no error."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        silence_stdout()


def _cant(file: str, why: str, hint: str) -> NacoordError:
    return NacoordError(f"can't write {file}: {why}", hint=hint, exit_code=4)
