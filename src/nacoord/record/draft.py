"""A draft: the record as a change would leave it, before anything is on the disk."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from nacoord.model.errors import NacoordError
from nacoord.model.fault import Path
from nacoord.model.kinds.base import file_order
from nacoord.model.kinds.table import BY_FOLDER
from nacoord.model.kinds.table import KINDS
from nacoord.model.kinds.table import Kind
from nacoord.model.proposal import Create
from nacoord.model.proposal import Keep
from nacoord.model.proposal import Remove
from nacoord.model.proposal import Rename
from nacoord.model.proposal import Revise
from nacoord.model.proposal import Rewrite
from nacoord.model.proposal import Step
from nacoord.model.references import key_order
from nacoord.model.snapshot import Snapshot
from nacoord.record.files import ENDINGS
from nacoord.record.files import Entry
from nacoord.record.files import Refused
from nacoord.record.files import Store
from nacoord.record.files import entry_named
from nacoord.record.writing.canonical import whole
from nacoord.record.writing.surgery import edited
from nacoord.record.yamltext import value_of


class NoPlaceError(NacoordError):
    """A change is meant for a file that is not there, or that is there already."""


class Draft:
    """A Store that holds what a change would write, over the one it starts from.

    Attributes:
        base: what it starts from.
        known: the records of the base, where steps are taken up; they say which file is whose.
        writes: the new bytes of each file that differs, by path; None for one that goes.
    """

    def __init__(self, base: Store, known: Snapshot | None = None) -> None:
        self.base = base
        self.known = known
        self.writes: dict[str, bytes | None] = {}
        # The file of an id, where steps have moved it; None where they took it away.
        self._moved: dict[str, str | None] = {}

    def place(self, id: str) -> str | None:
        """Return the path of an id's file, as it will be; None when there will be none."""
        return self._moved[id] if id in self._moved else self._stands(id)

    def _stands(self, id: str) -> str | None:
        if self.known is None:
            return None
        if id in self.known.files:
            # Whatever is printed before it, it ends in its folder and its name.
            return "/".join(self.known.files[id].rsplit("/", 2)[-2:])
        if id in self.known.broken:
            stem = f"{KINDS[self.known.broken[id]].folder}/{id}"
            return next(
                (f"{stem}.{end}" for end in ENDINGS if self.base.has(f"{stem}.{end}")), None
            )
        return None

    def apply(self, step: Step) -> None:
        """Take up one step of a proposal.

        Raises:
            EditError: when an edit has no place in its record.
            NoPlaceError: when its file is missing or taken.
        """
        if isinstance(step, Create):
            self._new(step.id, KINDS[step.kind], self._text(step))
        elif isinstance(step, Rewrite):
            path = self.place(step.id)
            if path is not None:
                self.writes[path] = step.text
            else:
                self._new(step.id, KINDS[step.kind], step.text)
        elif isinstance(step, Revise):
            path = self._path(step.id)
            kind = BY_FOLDER[path.split("/")[0]]
            self.writes[path] = edited(self._bytes(path), step.edits, order_of(kind))
        elif isinstance(step, Keep):
            self.writes[step.path] = step.text
        elif isinstance(step, Remove):
            self.writes[self._path(step.id)] = None
            self._moved[step.id] = None
        else:
            self._rename(step)

    def _rename(self, step: Rename) -> None:
        old = self._path(step.old)
        data = self._bytes(old)
        self._new(step.new, BY_FOLDER[old.split("/")[0]], data)
        self.writes[old] = None
        self._moved[step.old] = None

    def _text(self, step: Create) -> bytes:
        return whole(step.data, file_order(KINDS[step.kind].model)).encode()

    def _new(self, id: str, kind: Kind, data: bytes) -> None:
        path = f"{kind.folder}/{id}.yaml"
        if self.place(id) is not None or self.has(path):
            raise NoPlaceError(f'the id "{id}" is taken', hint="choose another")
        self._moved[id] = path
        self.writes[path] = data

    def _path(self, id: str) -> str:
        path = self.place(id)
        if path is None:
            raise NoPlaceError(f'no record "{id}"', hint="see them all with: nacoord list")
        return path

    def value(self, id: str) -> Any:
        """Return what a record's file will say.

        Raises:
            KeyError: when there will be no such file.
            NoPlaceError: when it can't be read.
        """
        path = self.place(id)
        if path is None:
            raise KeyError(id)
        return value_of(self._bytes(path))

    def ids(self) -> list[str]:
        """Return every id that will have a file."""
        known = {} if self.known is None else {**self.known.files, **self.known.broken}
        return [id for id in {**known, **self._moved} if self.place(id) is not None]

    def _bytes(self, path: str) -> bytes:
        data = self.read(path)
        if isinstance(data, Refused):
            raise NoPlaceError(f"{path} {data.message}", hint=data.hint)
        return data

    def changed(self, was: Mapping[str, bytes | None] | None = None) -> list[Entry]:
        """Return the entries of the files that differ; of those only that were otherwise in `was`."""
        found = []
        for path, data in self.writes.items():
            if was is not None and path in was and was[path] is data:
                continue
            folder, _, name = path.partition("/")
            entry = entry_named(name, BY_FOLDER[folder]) if folder in BY_FOLDER else None
            if entry:
                found.append(entry)
        return found

    def read(self, path: str) -> bytes | Refused:
        """Return a file's bytes as they will be."""
        if path not in self.writes:
            return self.base.read(path)
        data = self.writes[path]
        return Refused("unreadable-file", "is gone", "") if data is None else data

    def has(self, path: str) -> bool:
        """Tell whether a file will be there."""
        if path in self.writes:
            return self.writes[path] is not None
        return self.base.has(path)

    def names(self, folder: str) -> list[str]:
        """Return the names of the files that will be in a folder."""
        parts = {path: path.rpartition("/") for path in self.writes}
        own = {name for path, (at, _, name) in parts.items() if at == folder and self.has(path)}
        gone = {name for path, (at, _, name) in parts.items() if at == folder} - own
        return sorted((set(self.base.names(folder)) | own) - gone)

    def entries(self) -> Iterator[Entry]:
        """Yield the entries of all files as they will be, the new ones last."""
        for entry in self.base.entries():
            if entry.path not in self.writes:
                yield entry
        yield from (entry for entry in self.changed() if self.has(entry.path))


def order_of(kind: Kind) -> Callable[[Path], Sequence[str]]:
    """Return what gives the keys of the mapping at a path in a kind's record, in their order."""

    def order(path: Path) -> Sequence[str]:
        return file_order(kind.model) if not path else key_order(kind.model, path)

    return order
