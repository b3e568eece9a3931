"""Which files of a record set are records: where the set is, and what a file's name says.

The bytes come from a Store: the work tree (`worktree`) or a commit (`commits`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from typing import Protocol

from nacoord.model.closest import did_you_mean
from nacoord.model.errors import NacoordError
from nacoord.model.folding import fold
from nacoord.model.kinds.base import ID_PATTERN
from nacoord.model.kinds.table import BY_FOLDER
from nacoord.model.kinds.table import Kind
from nacoord.model.office import FILE

_ID = re.compile(ID_PATTERN)
# What a file of a record may hold; a record is a page or two.
MAX_BYTES = 1024 * 1024
# How a record's file ends, and how people also end theirs.
ENDINGS = ("yaml", "yml", "YAML", "YML")
# Folders of a record set that hold no records of a kind.
_BRIEFS = "briefs"
_OTHER_FOLDERS = frozenset({_BRIEFS})


class NoRecordError(NacoordError):
    """No record set was found, or more than one."""

    exit_code = 2


class Refused(NamedTuple):
    """A file or folder that can't be read, and why; `code` is a row of the fault codes."""

    code: str
    message: str
    hint: str


class Entry(NamedTuple):
    """A file that belongs to a kind.

    Attributes:
        path: relative to the record's folder, with / between its parts.
        kind: the kind of its folder; None for a folder that is refused whole.
        id: the id it stands for.
        refused: why it can't be a record, if it can't.
    """

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
    if (start / "HEAD").is_file() and (start / "objects").is_dir():
        raise NoRecordError(
            f"{start} is a bare repository, without files to read",
            hint=f"make a work tree of it with: git clone {start} DIR",
        )
    raise NoRecordError(
        f"no record found: no {FILE} in {start} or any folder above it",
        hint="go to the folder of a record, name it with --data DIR, or make one with: nacoord init DIR",
    )


class Store(Protocol):
    """Where a record set is read from."""

    def entries(self) -> Iterator[Entry]:
        """Yield every record file, kind by kind, in order of name; what can't be one with why."""
        ...

    def read(self, path: str) -> bytes | Refused:
        """Return a file's bytes, or why they can't be had."""
        ...

    def has(self, path: str) -> bool:
        """Tell whether a file is there."""
        ...

    def names(self, folder: str) -> list[str]:
        """Return the names of the files in a folder, sorted; none when there is no such folder."""
        ...


def shown_file(shown: str, path: str) -> str:
    """Return a path in the set as messages print it; a commit ends in a colon, as git writes it."""
    return f"{shown}{path}" if not shown or shown.endswith(":") else f"{shown}/{path}"


def id_of(path: str) -> str:
    """Return the id that a path stands for; what is in no folder, as nacoord.yaml, goes by its path."""
    _, slash, name = path.rpartition("/")
    return name.removesuffix(".yaml") if slash else path


def names_record(name: str) -> bool:
    """Tell whether a file in a kind's folder is called as a record must be."""
    return name.endswith(".yaml") and _ID.fullmatch(name[:-5]) is not None


def is_kept(path: str) -> bool:
    """Tell whether a path is that of a file which a change can write: a record, the office, a brief."""
    folder, slash, name = path.partition("/")
    if not slash:
        return path == FILE
    if folder in BY_FOLDER:
        return names_record(name)
    plain = "/" not in name and "\0" not in name and not name.startswith(".")
    return folder in _OTHER_FOLDERS and plain


def entry_named(name: str, kind: Kind) -> Entry | None:
    """Return what a file's name in a kind's folder says; None when it is nobody's business.

    Hidden files, backups and notes in other formats are left alone.
    """
    path = f"{kind.folder}/{name}"
    stem, _, ending = name.rpartition(".")
    if name.startswith("."):
        return None
    if ending in ENDINGS[1:]:
        message = f"a record's file ends in .yaml, not .{ending}"
        return Entry(
            path, kind, stem, Refused("wrong-ending", message, f"rename it to {stem}.yaml")
        )
    if ending != "yaml":
        return None
    return Entry(path, kind, stem, None if _ID.fullmatch(stem) else _bad_id(stem))


def is_brief(path: str) -> bool:
    """Tell whether a path of the record is a saved brief's: kept with the records, and none of them."""
    folder, _, name = path.partition("/")
    return folder == _BRIEFS and name.endswith(".md") and "/" not in name


def nested(path: str, kind: Kind) -> Entry:
    """Return the refusal of a folder with records inside a kind's folder."""
    hint = f"move its files up into {kind.folder}/"
    return Entry(
        path, None, "", Refused("stray-folder", "the records in this folder are not read", hint)
    )


def is_known(name: str) -> bool:
    """Tell whether a folder beside the kinds' folders is expected there."""
    return name in BY_FOLDER or name in _OTHER_FOLDERS or name.startswith(".")


def stray(name: str) -> Entry:
    """Return the refusal of a folder with records beside the kinds' folders."""
    hint = did_you_mean(name, BY_FOLDER) or f"the folders of a record are {', '.join(BY_FOLDER)}"
    refused = Refused("stray-folder", "the records in this folder are not read", hint)
    return Entry(name, None, "", refused)


def symlink_outside() -> Refused:
    """Return the refusal of a symbolic link that leads out of the record."""
    hint = "replace it with the file itself"
    return Refused("symlink-outside", "a symbolic link leads out of the record", hint)


def not_a_file() -> Refused:
    """Return the refusal of a folder, pipe, device or submodule where a file belongs."""
    return Refused("not-a-file", "this is no regular file", "remove it or put a file in its place")


def _bad_id(stem: str) -> Refused:
    good = re.sub(r"[^a-z0-9]+", "-", fold(stem)).strip("-")[:63]
    hint = f"rename it to {good}.yaml" if good else "use small letters, digits and hyphens"
    return Refused(
        "bad-id", f'"{stem}" is not an id: small letters, digits and hyphens, at most 63', hint
    )
