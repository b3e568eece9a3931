"""Records made of what rows want: new ones, smallest edits, and whose cell is at fault when they can't be."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping as Pairs
from collections.abc import Sequence
from typing import Any
from typing import Protocol

from nacoord.desk.checks.table import new_faults
from nacoord.desk.edits.records import begins
from nacoord.desk.imports.gathering import Gathering
from nacoord.desk.imports.gathering import Wanted
from nacoord.desk.imports.targets import Target
from nacoord.model.edit import Edit
from nacoord.model.edit import Put
from nacoord.model.edit import applied
from nacoord.model.edit import edits_between
from nacoord.model.edit import plain_value
from nacoord.model.fault import Path
from nacoord.model.fault import dotted
from nacoord.model.identity import identity
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.table import Kind
from nacoord.model.overlay import with_changes
from nacoord.model.proposal import Create
from nacoord.model.proposal import Revise
from nacoord.model.proposal import Step
from nacoord.model.snapshot import Snapshot


class Invalid(Protocol):
    """What is wrong in a value, as the record layer says it."""

    message: str
    field: Path
    hint: str


# Makes a record of a value, or says everything that is wrong with it.
Make = Callable[[type[Record], dict[str, Any], str], Record | Sequence[Invalid]]


class Making:
    """Makes records of what rows want, and puts what is wrong with them to the rows."""

    def __init__(
        self, kind: Kind, gathering: Gathering, values: Pairs[str, Any], make: Make
    ) -> None:
        self.kind = kind
        self.gathering = gathering
        self.steps: dict[str, Step] = {}
        self.made: dict[str, Record] = {}
        self.changes: dict[str, tuple[Any, Any]] = {}
        self._entry_rows: dict[tuple[Any, ...], int] = {}
        self._values = values
        self._make = make

    def take(self, wanted: Wanted) -> None:
        """Make one record."""
        old = None if wanted.record is None else self._values[wanted.id]
        step: Step
        if old is None:
            data = self._new(wanted)
            step = Create(wanted.id, self.kind.name, data)
        else:
            edits = tuple(self._edits(wanted, old))
            if not edits:
                return
            data = applied(old, edits)
            step = Revise(wanted.id, edits)
        plain = plain_value(data)
        made = self._make(self.kind.model, plain, wanted.id)
        if isinstance(made, Record):
            self.made[wanted.id] = made
        else:
            for invalid in made:
                self._refuse(wanted, invalid.field, invalid.message, invalid.hint)
        self.changes[wanted.id] = (old, plain)
        self.steps[wanted.id] = step

    def _new(self, wanted: Wanted) -> dict[str, Any]:
        """Return the value of a new record."""
        data: dict[str, Any] = begins(self.kind.name)
        for target in self.gathering.targets.fields:
            if target.parts:
                entries = [
                    self._whole(target, said) for each, said, _ in wanted.entries if each is target
                ]
                for at, row in enumerate(row for each, _, row in wanted.entries if each is target):
                    self._entry_rows[wanted.id, target.name, at] = row
                if entries:
                    _put(data, target.path, entries)
                continue
            said = wanted.said.get(target.name)
            value = self.gathering.constant(target) if said is None else said[0]
            if value is not None:
                _put(data, target.path, value)
        return data

    def _edits(self, wanted: Wanted, old: dict[str, Any]) -> Iterator[Edit]:
        """Yield the edits that bring a record to what the rows say, and touch nothing else."""
        for target in self.gathering.targets.fields:
            if target.parts:
                yield from self._entry_edits(wanted, target, old)
                continue
            said = wanted.said.get(target.name)
            if said is None or target.origin.once:
                continue
            current, value = _at(old, target.path), said[0]
            if target.origin.add and isinstance(current, list):
                value = [*current, *(item for item in value if item not in current)]
            if plain_value(value) == current:
                continue
            if isinstance(current, list) and isinstance(value, list):
                yield from edits_between(current, value, target.path)
            else:
                yield Put(target.path, value)

    def _entry_edits(self, wanted: Wanted, target: Target, old: dict[str, Any]) -> Iterator[Edit]:
        current = _at(old, target.path)
        entries = list(current) if isinstance(current, list) else []
        key = str(target.path[-1])
        for each, said, row in wanted.entries:
            if each is not target:
                continue
            whole = self._whole(target, said)
            name = identity(key, plain_value(whole))
            known = [identity(key, entry) for entry in entries]
            at = known.index(name) if name in known else len(entries)
            self._entry_rows[wanted.id, target.name, at] = row
            if at == len(entries):
                entries.append(plain_value(whole))
                yield Put((*target.path, at), whole)
                continue
            for part in target.parts:
                value = said.get(part.name)
                is_kept = value is None or part.origin.once
                if not is_kept and plain_value(value) != _at(entries[at], part.path):
                    yield Put((*target.path, at, *part.path), value)

    def _whole(self, target: Target, said: Pairs[str, Any]) -> dict[str, Any]:
        """Return an entry with its constants, its fields in the order in which the mapping has them."""
        entry: dict[str, Any] = {}
        for part in target.parts:
            value = said.get(part.name, self.gathering.constant(part))
            if value is not None:
                _put(entry, part.path, value)
        return entry

    def _refuse(self, wanted: Wanted, at: Path, why: str, hint: str) -> None:
        """Put what is wrong in a record to the cell that says it."""
        target = next(
            (each for each in self.gathering.targets.fields if at[: len(each.path)] == each.path),
            None,
        )
        if target is None:
            if at and wanted.record is None:
                hint = f"fill {dotted(at)} in the mapping, from a column or with a value"
            self.gathering.error(wanted.rows[0], None, dotted(at), why, hint)
            return
        row, column = wanted.place(target)
        if column is None:
            # No cell says which field it is.
            why = f"{dotted(at)}: {why}"
        if target.parts:
            inner = at[len(target.path) :]
            row = self._entry_rows.get((wanted.id, target.name, *inner[:1]), row)
            name = ".".join(part for part in inner if isinstance(part, str))
            column = next((each.column for each in target.parts if each.name == name), column)
        if not self.gathering.is_wrong(wanted.rows, target.name):
            # What can't be read is told already; that it is missing then says nothing.
            self.gathering.error(row, column, target.name, why, hint)

    def check(self) -> None:
        """Put what would be wrong between records to the rows."""
        before = self.gathering.snapshot
        # Of rows that are wrong no record is made, and others may name it.
        holes = bool(self.gathering.errors)
        after = _after(before, self.made, self.kind)
        for fault in new_faults(before, after, self.made):
            if fault.severity != "error":
                continue
            if holes and fault.code.startswith("unknown-"):
                continue
            wanted = self.gathering.wanted.get(fault.record or "")
            if wanted is not None:
                self._refuse(wanted, fault.field, fault.message, fault.hint)


def _after(before: Snapshot, made: Pairs[str, Record], kind: Kind) -> Snapshot:
    differing = {
        id: (before.files.get(id, f"{kind.folder}/{id}.yaml"), record)
        for id, record in made.items()
    }
    return with_changes(before, differing, faults=before.faults, broken=before.broken)


def _put(data: dict[str, Any], path: Path, value: Any) -> None:
    for part in path[:-1]:
        data = data.setdefault(str(part), {})
    data[str(path[-1])] = value


def _at(data: Any, path: Path) -> Any:
    for part in path:
        data = data.get(str(part)) if isinstance(data, dict) else None
    return data
