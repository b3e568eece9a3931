"""A draft: the record as a change would leave it, before anything is on the disk."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from functools import cached_property
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
        writes: the new bytes of each file that differs, by path; None for one that goes.
    """

    def __init__(self, base: Store) -> None:
        self.base = base
        self.writes: dict[str, bytes | None] = {}

    @cached_property
    def paths(self) -> dict[str, str]:
        """The file of each id, as it will be."""
        return {entry.id: entry.path for entry in self.base.entries() if entry.id}

    def apply(self, step: Step) -> None:
        """Take up one step of a proposal.

        Raises:
            EditError: when an edit has no place in its record.
            NoPlaceError: when its file is missing or taken.
        """
        if isinstance(step, Create):
            self._new(step.id, KINDS[step.kind], self._text(step))
        elif isinstance(step, Rewrite):
            if step.id in self.paths:
                self.writes[self.paths[step.id]] = step.text
            else:
                self._new(step.id, KINDS[step.kind], step.text)
        elif isinstance(step, Revise):
            path = self._path(step.id)
            kind = BY_FOLDER[path.split("/")[0]]
            self.writes[path] = edited(self._bytes(path), step.edits, _order(kind))
        elif isinstance(step, Keep):
            self.writes[step.path] = step.text
        elif isinstance(step, Remove):
            self.writes[self._path(step.id)] = None
            del self.paths[step.id]
        else:
            self._rename(step)

    def _rename(self, step: Rename) -> None:
        old = self._path(step.old)
        data = self._bytes(old)
        self._new(step.new, BY_FOLDER[old.split("/")[0]], data)
        self.writes[old] = None
        del self.paths[step.old]

    def _text(self, step: Create) -> bytes:
        return whole(step.data, file_order(KINDS[step.kind].model)).encode()

    def _new(self, id: str, kind: Kind, data: bytes) -> None:
        path = f"{kind.folder}/{id}.yaml"
        if id in self.paths or self.has(path):
            raise NoPlaceError(f'the id "{id}" is taken', hint="choose another")
        self.paths[id] = path
        self.writes[path] = data

    def _path(self, id: str) -> str:
        if id not in self.paths:
            raise NoPlaceError(f'no record "{id}"', hint="see them all with: nacoord list")
        return self.paths[id]

    def value(self, id: str) -> Any:
        """Return what a record's file will say.

        Raises:
            KeyError: when there will be no such file.
            NoPlaceError: when it can't be read.
        """
        return value_of(self._bytes(self.paths[id]))

    def _bytes(self, path: str) -> bytes:
        data = self.read(path)
        if isinstance(data, Refused):
            raise NoPlaceError(f"{path} {data.message}", hint=data.hint)
        return data

    def changed(self) -> list[Entry]:
        """Return the entries of the files that differ."""
        found = []
        for path in self.writes:
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


def _order(kind: Kind) -> Callable[[Path], Sequence[str]]:
    def order(path: Path) -> Sequence[str]:
        return file_order(kind.model) if not path else key_order(kind.model, path)

    return order
