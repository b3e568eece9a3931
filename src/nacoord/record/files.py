"""The files of a record set: where the set is, what is in it, and their bytes."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nacoord.model.closest import did_you_mean
from nacoord.model.errors import NacoordError
from nacoord.model.folding import fold
from nacoord.model.kinds.base import ID_PATTERN
from nacoord.model.kinds.table import BY_FOLDER
from nacoord.model.kinds.table import KINDS
from nacoord.model.kinds.table import Kind
from nacoord.model.office import FILE
from nacoord.record.yamltext import MAX_BYTES

_ID = re.compile(ID_PATTERN)
# Folders of a record set that hold no records of a kind.
_OTHER_FOLDERS = frozenset({"briefs"})


class NoRecordError(NacoordError):
    """No record set was found, or more than one."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Refused:
    """A file or folder that can't be read, and why; `code` is a row of the fault codes."""

    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that belongs to a kind: its path, the id it stands for, and its refusal, if any."""

    path: str
    kind: Kind | None
    id: str
    refused: Refused | None = None


def find(start: Path, explicit: str | None = None) -> Path:
    """Find the folder that holds `nacoord.yaml`.

    Args:
        start: the working folder, from which to look upward.
        explicit: what `--data` or NACOORD_DATA says, instead of looking.

    Raises:
        NoRecordError: when there is none, or two at the same level.
    """
    if explicit is not None:
        root = start / explicit
        if (root / FILE).is_file():
            return root
        inner = root / "data" / FILE
        hint = (
            f"use --data {Path(explicit) / 'data'}"
            if inner.is_file()
            else "name the folder that holds it, or make one with: nacoord init DIR"
        )
        raise NoRecordError(f"no {FILE} in {explicit}", hint=hint)
    for folder in (start, *start.parents):
        found = [place for place in (folder, folder / "data") if (place / FILE).is_file()]
        if len(found) == 2:
            raise NoRecordError(
                f"two records found: {found[0] / FILE} and {found[1] / FILE}",
                hint=f"say which one with --data {found[0]} or --data {found[1]}",
            )
        if found:
            return found[0]
    raise NoRecordError(
        f"no record found: no {FILE} in {start} or any folder above it",
        hint="go to the folder of a record, name it with --data DIR, or make one with: nacoord init DIR",
    )


def entries(root: Path) -> Iterator[Entry]:
    """Yield every record file of a set, kind by kind, in order of name.

    What can't be a record, or can't safely be opened, is yielded with the reason.
    """
    real_root = os.path.realpath(root)
    for kind in KINDS.values():
        folder = root / kind.folder
        refused = _outside(folder, real_root)
        if refused:
            yield Entry(str(folder), None, "", refused)
            continue
        try:
            found = sorted(os.scandir(folder), key=lambda item: item.name)
        except FileNotFoundError:
            continue
        except OSError as error:
            yield Entry(str(folder), None, "", _failed(error))
            continue
        for item in found:
            entry = _entry(item, kind, real_root)
            if entry:
                yield entry
    yield from _strays(root)


def _entry(item: os.DirEntry[str], kind: Kind, real_root: str) -> Entry | None:
    name = item.name
    if name.startswith("."):
        return None
    stem, _, ending = name.rpartition(".")
    if item.is_dir(follow_symlinks=False) and ending != "yaml":
        return _nested(item, kind)
    if ending in {"yml", "YAML", "YML"}:
        hint = f"rename it to {stem}.yaml"
        return Entry(
            item.path,
            kind,
            stem,
            Refused("wrong-ending", f"a record's file ends in .yaml, not .{ending}", hint),
        )
    if ending != "yaml":
        return None
    if item.is_symlink() and (refused := _outside(Path(item.path), real_root)):
        return Entry(item.path, kind, stem, refused)
    if not _ID.fullmatch(stem):
        return Entry(item.path, kind, stem, _bad_id(stem))
    return Entry(item.path, kind, stem)


def _nested(item: os.DirEntry[str], kind: Kind) -> Entry | None:
    if not any(
        name.endswith((".yaml", ".yml")) for _, _, names in os.walk(item.path) for name in names
    ):
        return None
    hint = f"move its files up into {kind.folder}/"
    return Entry(
        item.path,
        None,
        "",
        Refused("stray-folder", "the records in this folder are not read", hint),
    )


def _strays(root: Path) -> Iterator[Entry]:
    try:
        found = sorted(os.scandir(root), key=lambda item: item.name)
    except OSError as error:
        yield Entry(str(root), None, "", _failed(error))
        return
    for item in found:
        known = item.name in BY_FOLDER or item.name in _OTHER_FOLDERS or item.name.startswith(".")
        if known or not item.is_dir(follow_symlinks=False):
            continue
        try:
            holds = any(name.endswith(".yaml") for name in os.listdir(item.path))
        except OSError as error:
            yield Entry(item.path, None, "", _failed(error))
            continue
        if holds:
            guess = did_you_mean(item.name, BY_FOLDER)
            hint = guess or f"the folders of a record are {', '.join(BY_FOLDER)}"
            yield Entry(
                item.path,
                None,
                "",
                Refused("stray-folder", "the records in this folder are not read", hint),
            )


def _outside(path: Path, real_root: str) -> Refused | None:
    if not path.is_symlink():
        return None
    target = os.path.realpath(path)
    if os.path.commonpath([real_root, target]) == real_root:
        return None
    return Refused(
        "symlink-outside",
        "a symbolic link leads out of the record",
        "replace it with the file itself",
    )


def _bad_id(stem: str) -> Refused:
    good = re.sub(r"[^a-z0-9]+", "-", fold(stem)).strip("-")[:63]
    hint = f"rename it to {good}.yaml" if good else "use small letters, digits and hyphens"
    return Refused(
        "bad-id", f'"{stem}" is not an id: small letters, digits and hyphens, at most 63', hint
    )


def _failed(error: OSError) -> Refused:
    return Refused(
        "unreadable-file", f"can't be read: {error.strerror}", "mend its permissions or the disk"
    )


def read_bytes(path: str) -> bytes | Refused:
    """Return a regular file's bytes, or why they can't be had; never waits on a FIFO or device."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if error.errno == errno.ENXIO:
            return _not_a_file()
        return _failed(error)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return _not_a_file()
        with open(descriptor, "rb", closefd=False) as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        return _failed(error)
    finally:
        os.close(descriptor)


def _not_a_file() -> Refused:
    return Refused("not-a-file", "this is no regular file", "remove it or put a file in its place")
