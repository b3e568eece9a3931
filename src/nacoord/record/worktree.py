"""The work tree as a Store: files as they stand on the disk now."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nacoord.model.kinds.table import KINDS
from nacoord.model.kinds.table import Kind
from nacoord.record.files import MAX_BYTES
from nacoord.record.files import Entry
from nacoord.record.files import Refused
from nacoord.record.files import entry_named
from nacoord.record.files import is_known
from nacoord.record.files import nested
from nacoord.record.files import not_a_file
from nacoord.record.files import stray
from nacoord.record.files import symlink_outside


@dataclass(frozen=True)
class WorkTree:
    """The folder of a record set."""

    root: Path

    def entries(self) -> Iterator[Entry]:
        """Yield every record file; what can't safely be opened comes with the reason."""
        real_root = os.path.realpath(self.root)
        for kind in KINDS.values():
            folder = self.root / kind.folder
            if _leads_out(folder, real_root):
                yield Entry(kind.folder, None, "", symlink_outside())
                continue
            try:
                found = sorted(os.scandir(folder), key=lambda item: item.name)
            except FileNotFoundError:
                continue
            except OSError as error:
                yield Entry(kind.folder, None, "", _failed(error))
                continue
            for item in found:
                entry = _entry(item, kind, real_root)
                if entry:
                    yield entry
        yield from self.strays()

    def by_link(self, path: str) -> bool:
        """Tell whether a file is reached by way of a symbolic link in the record."""
        return os.path.realpath(self.root / path) != os.path.join(os.path.realpath(self.root), path)

    def named(self, kind: Kind, names: Iterable[str]) -> list[Entry]:
        """Return what some names in a kind's folder are, by name; nothing for nobody's business.

        The folder is gone through once, however many they are.
        """
        wanted = set(names)
        with os.scandir(self.root / kind.folder) as found:
            items = sorted((i for i in found if i.name in wanted), key=lambda item: item.name)
        real_root = os.path.realpath(self.root)
        return [entry for item in items if (entry := _entry(item, kind, real_root))]

    def strays(self) -> Iterator[Entry]:
        """Yield the folders with records beside the kinds' folders."""
        try:
            found = sorted(os.scandir(self.root), key=lambda item: item.name)
        except OSError as error:
            yield Entry(".", None, "", _failed(error))
            return
        for item in found:
            if is_known(item.name) or not item.is_dir(follow_symlinks=False):
                continue
            try:
                holds = any(name.endswith(".yaml") for name in os.listdir(item.path))
            except OSError as error:
                yield Entry(item.name, None, "", _failed(error))
                continue
            if holds:
                yield stray(item.name)

    def has(self, path: str) -> bool:
        """Tell whether a file is there."""
        return os.path.lexists(self.root / path)

    def names(self, folder: str) -> list[str]:
        """Return the names of the files in a folder; none of one that leads out of the record."""
        place = self.root / folder
        if _leads_out(place, os.path.realpath(self.root)):
            return []
        try:
            return sorted(item.name for item in os.scandir(place) if item.is_file())
        except (FileNotFoundError, NotADirectoryError):
            return []

    def leads_out(self, path: str) -> bool:
        """Tell whether a path leads out of the record, by a link anywhere in it."""
        real_root = os.path.realpath(self.root)
        real = os.path.realpath(f"{self.root}/{path}")
        return os.path.commonpath([real_root, real]) != real_root

    def read(self, path: str) -> bytes | Refused:
        """Return a regular file's bytes, or why not; never waits on a pipe or a device."""
        place = f"{self.root}/{path}"
        try:
            descriptor = os.open(place, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            return not_a_file() if error.errno == errno.ENXIO else _failed(error)
        try:
            about = os.fstat(descriptor)
            if not stat.S_ISREG(about.st_mode):
                return not_a_file()
            return _content(descriptor, about.st_size)
        except OSError as error:
            return _failed(error)
        finally:
            os.close(descriptor)


def _content(descriptor: int, size: int) -> bytes:
    """Return what an open file holds; no more than tells that it is too large."""
    data = os.read(descriptor, min(size, MAX_BYTES) + 1)
    # Most files come whole at once; one that is just being written may come in parts.
    while 0 < len(data) <= MAX_BYTES and (more := os.read(descriptor, MAX_BYTES + 1 - len(data))):
        data += more
    return data


def _entry(item: os.DirEntry[str], kind: Kind, real_root: str) -> Entry | None:
    is_folder = item.is_dir(follow_symlinks=False) and not item.name.endswith(".yaml")
    if is_folder and not item.name.startswith("."):
        return nested(f"{kind.folder}/{item.name}", kind) if _holds_yaml(item.path) else None
    entry = entry_named(item.name, kind)
    if entry and not entry.refused and item.is_symlink() and _leads_out(item.path, real_root):
        return Entry(entry.path, kind, entry.id, symlink_outside())
    return entry


def _holds_yaml(folder: str) -> bool:
    return any(
        name.endswith((".yaml", ".yml")) for _, _, names in os.walk(folder) for name in names
    )


def _leads_out(path: str | Path, real_root: str) -> bool:
    if not os.path.islink(path):
        return False
    return os.path.commonpath([real_root, os.path.realpath(path)]) != real_root


def _failed(error: OSError) -> Refused:
    hint = "mend its permissions or the disk"
    return Refused("unreadable-file", f"can't be read: {error.strerror}", hint)
