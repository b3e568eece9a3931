"""Files to records: what each file of a record says, every fault collected."""

from __future__ import annotations

from typing import Any
from typing import TypeVar

from nacoord.model.declare import Declared
from nacoord.model.fault import Fault
from nacoord.model.fault import Origin
from nacoord.model.faultcodes import severity
from nacoord.model.kinds.base import Record
from nacoord.model.office import FILE
from nacoord.model.office import FORMAT
from nacoord.model.office import Office
from nacoord.model.snapshot import Snapshot
from nacoord.model.snapshot import snapshot
from nacoord.record import yamltext
from nacoord.record.files import Entry
from nacoord.record.files import Refused
from nacoord.record.files import Store
from nacoord.record.files import shown_file
from nacoord.record.older import Older
from nacoord.record.validation import Invalid
from nacoord.record.validation import validate

M = TypeVar("M", bound=Declared)


class Loading:
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
        file = shown_file(self.shown, entry.path)
        if entry.refused or entry.kind is None:
            self.faults.append(refused_as_fault(file, entry.refused, entry.id))
            if entry.kind:
                self.broken.setdefault(entry.id, entry.kind.name)
            return
        if entry.id in self.taken:
            self.faults.append(duplicate(file, entry.id, self.taken[entry.id]))
            return
        self.taken[entry.id] = file
        record, found = read_file(self.store, entry.kind.model, entry.path, file, {"id": entry.id})
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
            office_file=shown_file(self.shown, FILE),
            broken=self.broken,
            format=self.store.format if isinstance(self.store, Older) else FORMAT,
        )


def read_file(
    store: Store, model: type[M], path: str, file: str, given: dict[str, str]
) -> tuple[M | None, list[Fault]]:
    """Return what a file of a record says; None, and why, when it can't be read.

    Args:
        store: where it is.
        model: the class of what it says.
        path: where it stands in the record.
        file: its path as it should be printed.
        given: fields that the file itself may not hold, such as the id.
    """
    id = given.get("id")
    data = store.read(path)
    if isinstance(data, Refused):
        return None, [refused_as_fault(file, data, id)]
    document = yamltext.read(data)
    if document.problems:
        return None, [_unread(file, document, problem, id) for problem in document.problems]
    value = store.upgraded(path, document.value) if isinstance(store, Older) else document.value
    made = validate(model, value, written=document.text, **given)
    if isinstance(made, list):
        return None, [invalid_as_fault(file, document, invalid, id) for invalid in made]
    return made, []


def said_by(data: bytes, model: type[Declared]) -> dict[str, Any] | None:
    """Return what the text of a file says, by stored name; None when it can't be read."""
    document = yamltext.read(data)
    if document.problems:
        return None
    made = validate(model, document.value, written=document.text)
    return None if isinstance(made, list) else vars(made)


def refused_as_fault(file: str, refused: Refused | None, id: str | None) -> Fault:
    """Return the fault that a file can't be a record."""
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


def duplicate(file: str, id: str, first: str) -> Fault:
    """Return the fault that a file has the id of another."""
    message = f'the id "{id}" is taken by {first}'
    hint = "rename one of the two files; an id is unique over all kinds"
    # It is the whole file that is one too many; a line is what an editor can go to.
    origin = Origin(file, 1, 1)
    return Fault("duplicate-id", "error", message, origin, hint, id, unread=True)


def _origin(file: str, document: yamltext.Document, place: yamltext.Place) -> Origin:
    return Origin(file, place.line, place.column, document.line(place.line), place.width)


def _unread(
    file: str, document: yamltext.Document, problem: yamltext.Problem, id: str | None
) -> Fault:
    origin = _origin(file, document, problem.place)
    return Fault(problem.code, "error", problem.message, origin, problem.hint, id, unread=True)


def invalid_as_fault(
    file: str, document: yamltext.Document, invalid: Invalid, id: str | None = None
) -> Fault:
    """Return the fault that a value is not what it should be, at its line."""
    place = document.place(invalid.field, on_key=invalid.on_key)
    origin = _origin(file, document, place)
    return Fault(
        invalid.code, "error", invalid.message, origin, invalid.hint, id, invalid.field, unread=True
    )
