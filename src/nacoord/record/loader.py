"""Load a record set, from the work tree or a commit: files to a Snapshot, every fault collected."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from nacoord.model.declare import Declared
from nacoord.model.errors import NacoordError
from nacoord.model.fault import Fault
from nacoord.model.fault import Origin
from nacoord.model.fault import Path as FieldPath
from nacoord.model.faultcodes import severity
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.table import KINDS
from nacoord.model.office import FILE
from nacoord.model.office import Office
from nacoord.model.snapshot import Snapshot
from nacoord.model.snapshot import snapshot
from nacoord.record import yamltext
from nacoord.record.files import Entry
from nacoord.record.files import Refused
from nacoord.record.files import Store
from nacoord.record.files import entry_named
from nacoord.record.validation import Invalid
from nacoord.record.validation import validate
from nacoord.record.worktree import WorkTree

M = TypeVar("M", bound=Declared)


class OfficeUnreadableError(NacoordError):
    """`nacoord.yaml` itself is wrong, so nothing can be answered.

    Attributes:
        faults: what is wrong with it.
    """

    exit_code = 3

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__(
            f"{FILE} can't be read", hint="mend it; nothing can be answered before that"
        )
        self.faults = tuple(faults)


def load(source: Path | Store, shown: str) -> Snapshot:
    """Read every record of a set.

    Args:
        source: where from; a folder stands for its work tree.
        shown: what messages should print before a file's path in the set; may be empty.

    Raises:
        OfficeUnreadableError: when `nacoord.yaml` can't be read.
    """
    store = WorkTree(source) if isinstance(source, Path) else source
    loading = _Loading(store, shown, load_office(store, shown))
    for entry in store.entries():
        loading.take(entry)
    return loading.snapshot()


def load_one(source: Path | Store, id: str, shown: str) -> Snapshot | None:
    """Read one record and nothing else; None when no file, or more than one, has that id.

    Raises:
        OfficeUnreadableError: when `nacoord.yaml` can't be read.
    """
    store = WorkTree(source) if isinstance(source, Path) else source
    found = [kind for kind in KINDS.values() if store.has(f"{kind.folder}/{id}.yaml")]
    entry = entry_named(f"{id}.yaml", found[0]) if len(found) == 1 else None
    if entry is None:
        return None
    loading = _Loading(store, shown, load_office(store, shown))
    loading.take(entry)
    return loading.snapshot()


def reload(before: Snapshot, store: Store, entries: Iterable[Entry], shown: str) -> Snapshot:
    """Return a Snapshot with some files read again; what a Store no longer has is left out.

    Args:
        before: what all other files say.
        store: where the files are read from.
        entries: the files that are new, different or gone.
        shown: what messages should print before a file's path in the set.
    """
    again = list(entries)
    loading = _Loading(store, shown, before.office)
    files = {_file(shown, entry.path) for entry in again}
    for id, record in before.records.items():
        if before.files[id] not in files:
            loading.records[id] = (before.files[id], record)
    loading.taken = {id: file for id, (file, _) in loading.records.items()}
    loading.broken = {
        id: kind for id, kind in before.broken.items() if all(id != entry.id for entry in again)
    }
    loading.faults = [fault for fault in before.faults if fault.origin.file not in files]
    for entry in again:
        if store.has(entry.path):
            loading.take(entry)
    return loading.snapshot()


class _Loading:
    """A Snapshot in the making."""

    def __init__(self, store: Store, shown: str, office: Office) -> None:
        self.store = store
        self.shown = shown
        self.office = office
        self.records: dict[str, tuple[str, Record]] = {}
        self.broken: dict[str, str] = {}
        self.taken: dict[str, str] = {}
        self.faults: list[Fault] = []

    def take(self, entry: Entry) -> None:
        """Read one file."""
        file = _file(self.shown, entry.path)
        if entry.refused or entry.kind is None:
            self.faults.append(_refused(file, entry.refused, entry.id))
            if entry.kind:
                self.broken.setdefault(entry.id, entry.kind.name)
            return
        if entry.id in self.taken:
            self.faults.append(_duplicate(file, entry.id, self.taken[entry.id]))
            return
        self.taken[entry.id] = file
        record, found = _read(self.store, entry.kind.model, entry.path, file, {"id": entry.id})
        self.faults += found
        if record is None:
            self.broken[entry.id] = entry.kind.name
        else:
            self.records[entry.id] = (file, record)

    def snapshot(self) -> Snapshot:
        """Return what has been read."""
        return snapshot(
            self.office,
            self.records.values(),
            faults=self.faults,
            office_file=_file(self.shown, FILE),
            broken=self.broken,
        )


def _file(shown: str, path: str) -> str:
    """Return a path in the set as messages print it; a commit ends in a colon, as git writes it."""
    return f"{shown}{path}" if not shown or shown.endswith(":") else f"{shown}/{path}"


def load_office(source: Path | Store, shown: str) -> Office:
    """Read `nacoord.yaml` alone.

    Raises:
        OfficeUnreadableError: when it can't be read.
    """
    store = WorkTree(source) if isinstance(source, Path) else source
    office, faults = _read(store, Office, FILE, _file(shown, FILE), {})
    if office is None:
        raise OfficeUnreadableError(faults)
    return office


def _read(
    store: Store, model: type[M], path: str, file: str, given: dict[str, str]
) -> tuple[M | None, list[Fault]]:
    id = given.get("id")
    data = store.read(path)
    if isinstance(data, Refused):
        return None, [_refused(file, data, id)]
    document = yamltext.read(data)
    if document.problems:
        return None, [_unread(file, document, problem, id) for problem in document.problems]
    made = validate(model, document.value, **given)
    if isinstance(made, list):
        return None, [_invalid(file, document, invalid, id) for invalid in made]
    return made, []


def _refused(file: str, refused: Refused | None, id: str | None) -> Fault:
    assert refused is not None
    return Fault(
        refused.code,
        severity(refused.code),
        refused.message,
        Origin(file),
        refused.hint,
        id or None,
        unread=True,
    )


def _duplicate(file: str, id: str, first: str) -> Fault:
    message = f'the id "{id}" is taken by {first}'
    hint = "rename one of the two files; an id is unique over all kinds"
    return Fault("duplicate-id", "error", message, Origin(file), hint, id, unread=True)


def _origin(file: str, document: yamltext.Document, place: yamltext.Place) -> Origin:
    return Origin(file, place.line, place.column, document.line(place.line), place.width)


def _unread(
    file: str, document: yamltext.Document, problem: yamltext.Problem, id: str | None
) -> Fault:
    origin = _origin(file, document, problem.place)
    return Fault(problem.code, "error", problem.message, origin, problem.hint, id, unread=True)


def _invalid(file: str, document: yamltext.Document, invalid: Invalid, id: str | None) -> Fault:
    place = document.place(invalid.field, on_key=invalid.on_key)
    origin = _origin(file, document, place)
    return Fault(
        invalid.code, "error", invalid.message, origin, invalid.hint, id, invalid.field, unread=True
    )


def locate(faults: Iterable[Fault], source: Path | Store, shown: str) -> list[Fault]:
    """Fill in line, column and source line of faults that know only their field.

    The files are composed again: that costs only when there is something to report.
    """
    places = Places(source, shown)
    return [
        fault.at(places.origin(fault.origin.file, fault.field, on_key=fault.on_key))
        if fault.origin.line is None and not fault.unread
        else fault
        for fault in faults
    ]


class Places:
    """Where fields stand in files, each file composed once and only when it is asked about."""

    def __init__(self, source: Path | Store, shown: str) -> None:
        self._store = WorkTree(source) if isinstance(source, Path) else source
        self._shown = shown
        self._documents: dict[str, yamltext.Document] = {}

    def origin(self, file: str, field: FieldPath, *, on_key: bool = False) -> Origin:
        """Return where a field stands; the nearest thing around it where it is not written."""
        if file not in self._documents:
            data = self._store.read(file.removeprefix(_file(self._shown, "")))
            self._documents[file] = yamltext.read(b"" if isinstance(data, Refused) else data)
        document = self._documents[file]
        return _origin(file, document, document.place(field, on_key=on_key))
