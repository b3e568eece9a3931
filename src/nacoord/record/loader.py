"""Load a record set from the work tree: files to a Snapshot, every fault collected."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from nacoord.model.errors import NacoordError
from nacoord.model.fault import Fault
from nacoord.model.fault import Origin
from nacoord.model.faultcodes import severity
from nacoord.model.kinds.base import Record
from nacoord.model.office import FILE
from nacoord.model.office import Office
from nacoord.model.snapshot import Snapshot
from nacoord.model.snapshot import snapshot
from nacoord.record import files
from nacoord.record import yamltext
from nacoord.record.validation import Invalid
from nacoord.record.validation import validate

M = TypeVar("M", bound=BaseModel)


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


def load(root: Path, shown: str) -> Snapshot:
    """Read every record of a set.

    Args:
        root: the folder that holds `nacoord.yaml`.
        shown: that folder's path as messages should print it; empty for the working folder.

    Raises:
        OfficeUnreadableError: when `nacoord.yaml` can't be read.
    """
    office_file = os.path.join(shown, FILE)
    office, faults = _read(Office, str(root / FILE), office_file, {})
    if office is None:
        raise OfficeUnreadableError(faults)
    records: dict[str, tuple[str, Record]] = {}
    broken: dict[str, str] = {}
    taken: dict[str, str] = {}
    all_faults = list(faults)
    for entry in files.entries(root):
        file = os.path.join(shown, os.path.relpath(entry.path, root))
        if entry.refused or entry.kind is None:
            all_faults.append(_refused(file, entry.refused, entry.id))
            if entry.kind:
                broken.setdefault(entry.id, entry.kind.name)
            continue
        if entry.id in taken:
            all_faults.append(_duplicate(file, entry.id, taken[entry.id]))
            continue
        taken[entry.id] = file
        record, found = _read(entry.kind.model, entry.path, file, {"id": entry.id})
        all_faults += found
        if record is None:
            broken[entry.id] = entry.kind.name
        else:
            records[entry.id] = (file, record)
    return snapshot(
        office, records.values(), faults=all_faults, office_file=office_file, broken=broken
    )


def _read(
    model: type[M], path: str, file: str, given: dict[str, str]
) -> tuple[M | None, list[Fault]]:
    id = given.get("id")
    data = files.read_bytes(path)
    if isinstance(data, files.Refused):
        return None, [_refused(file, data, id)]
    document = yamltext.read(data)
    if document.problems:
        return None, [_unread(file, document, problem, id) for problem in document.problems]
    made = validate(model, document.value, **given)
    if isinstance(made, list):
        return None, [_invalid(file, document, invalid, id) for invalid in made]
    return made, []


def _refused(file: str, refused: files.Refused | None, id: str | None) -> Fault:
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


def locate(faults: Iterable[Fault], root: Path, shown: str) -> list[Fault]:
    """Fill in line, column and source line of faults that know only their field.

    The files are composed again: that costs only when there is something to report.
    """
    documents: dict[str, yamltext.Document] = {}
    located = []
    for fault in faults:
        file = fault.origin.file
        if fault.origin.line is None and not fault.unread:
            if file not in documents:
                data = files.read_bytes(str(root / os.path.relpath(file, shown or ".")))
                documents[file] = yamltext.read(b"" if isinstance(data, files.Refused) else data)
            document = documents[file]
            place = document.place(fault.field, on_key=fault.on_key)
            located.append(fault.at(_origin(file, document, place)))
        else:
            located.append(fault)
    return located
