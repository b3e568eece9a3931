"""From rows to what they want of each record: which record a row is, and what it says of it."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Pairs
from dataclasses import dataclass
from dataclasses import field
from typing import Any

from nacoord.desk.edits.records import slug
from nacoord.desk.imports.mapping import Mapping
from nacoord.desk.imports.reading import CellError
from nacoord.desk.imports.reading import Cells
from nacoord.desk.imports.report import RowError
from nacoord.desk.imports.report import row_error
from nacoord.desk.imports.targets import Target
from nacoord.desk.imports.targets import Targets
from nacoord.model.fields import values
from nacoord.model.folding import fold
from nacoord.model.kinds.base import ID
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.table import KINDS
from nacoord.model.kinds.table import kind_of
from nacoord.model.marking import classification
from nacoord.model.sheet import Row
from nacoord.model.sheet import Sheet
from nacoord.model.snapshot import Snapshot


@dataclass
class Wanted:
    """What rows want of one record.

    Attributes:
        id: its id.
        record: the record, if it exists.
        known_by: the value of the matching field; empty without one.
        rows: the numbers of its rows.
        said: what the rows say, with the row and column that says it, by target.
        entries: the entries that rows make, each with its row and the cells it was made of.
        differs: the rows that say what none before them did.
    """

    id: str
    record: Record | None
    known_by: str
    rows: list[int] = field(default_factory=list)
    said: dict[str, tuple[Any, int, int]] = field(default_factory=dict)
    entries: list[tuple[Target, dict[str, Any], int]] = field(default_factory=list)
    differs: set[int] = field(default_factory=set)

    def place(self, target: Target) -> tuple[int, int | None]:
        """Return the row and column that fill a field; the record's first row when none does."""
        if target.name in self.said:
            _, row, column = self.said[target.name]
            return row, column
        columns = target.columns
        return self.rows[0], columns[0] if columns else None


class Gathering:
    """What all rows come to, before any record is made of it.

    Attributes:
        wanted: what is wanted of each record, by id, in the order of the rows.
        skipped: why rows are left out, by number.
        errors: what is wrong, by row.
        of: the record of each row.
    """

    def __init__(self, mapping: Mapping, found: Targets, sheet: Sheet, snapshot: Snapshot) -> None:
        self.mapping = mapping
        self.targets = found
        self.sheet = sheet
        self.snapshot = snapshot
        self.wanted: dict[str, Wanted] = {}
        self.skipped: dict[int, str] = {}
        self.errors: dict[int, list[RowError]] = {}
        self.of: dict[int, Wanted] = {}
        self._rows = {row.number: row for row in sheet.rows}
        self._model = KINDS[mapping.kind].model
        self._coming: dict[str, tuple[str, str]] = {}
        empty = frozenset(fold(" ".join(text.split())) for text in mapping.empty)
        self._cells = Cells(snapshot, empty, self._coming)
        self._former = {
            name: record.id for record in snapshot.records.values() for name in record.formerly
        }
        self._known = self._by_match()
        self._unread = sorted(id for id, kind in snapshot.broken.items() if kind == mapping.kind)

    def gather(self) -> None:
        """Read all rows."""
        for bad in self.sheet.bad:
            self.error(bad.row, bad.column, "", bad.why, bad.hint)
        taken: list[tuple[Row, Wanted]] = []
        for row in self.sheet.rows:
            if not self._skip(row):
                # Of a row whose record can't be told, the rest is read for what else is wrong.
                taken.append((row, self._record(row) or Wanted("", None, "", [row.number])))
        for row, wanted in taken:
            # A record that these rows make can be named by others of them.
            if wanted.id and wanted.record is None:
                self._announce(row, wanted)
        for row, wanted in taken:
            if wanted.record is not None and not self.mapping.update:
                self.skipped[row.number] = f"{wanted.id} exists, and the mapping says update: false"
            else:
                self._read(row, wanted)

    def error(self, row: int, column: int | None, name: str, why: str, hint: str) -> None:
        """Keep something that is wrong in a row."""
        cells = self._rows[row].cells if row in self._rows else ()
        value = "" if column is None or column >= len(cells) else cells[column]
        # Classified text is not spread any further than it has come.
        shown = "" if value is None or classification(str(value)) else str(value)
        found = row_error(self.sheet, row, column, name, shown, why, hint)
        if found not in self.errors.setdefault(row, []):
            self.errors[row].append(found)

    def is_wrong(self, rows: list[int], name: str) -> bool:
        """Tell whether what some rows say of a field is known to be wrong."""
        return any(error.field == name for row in rows for error in self.errors.get(row, ()))

    def constant(self, target: Target) -> Any:
        """Return the constant or default of a field."""
        return self._cells.constant(target)

    def _by_match(self) -> Pairs[str, list[str]]:
        """Return the ids of the records of the kind, by the folded value of the matching field."""
        found: dict[str, list[str]] = {}
        if self.targets.match is not None:
            for record in self.snapshot.of(self._model):
                for value in held(record, self.targets.match.name):
                    found.setdefault(fold(str(value)), []).append(record.id)
        return found

    def _skip(self, row: Row) -> bool:
        for column, texts in self.targets.skip_when.items():
            text = self._text(row, column)
            if text is not None and fold(" ".join(text.split())) in texts:
                name = self.sheet.header[column]
                shown = " ".join(text.split())
                self.skipped[row.number] = f"{name} is {shown}" if shown else f"{name} is empty"
                return True
        return False

    def _text(self, row: Row, column: int, name: str = "") -> str | None:
        """Return what a cell says; None, and an error, when that can't be told."""
        if column in row.bad:
            bad = row.bad[column]
            self.error(row.number, column, name, bad.why, bad.hint)
            return None
        try:
            return self._cells.text(row.cells[column])
        except CellError as error:
            self.error(row.number, column, name, error.why, error.hint)
            return None

    def _record(self, row: Row) -> Wanted | None:
        """Return which record a row is; None, and an error, when that can't be told."""
        known_by = ""
        match = self.targets.match
        if match is not None and match.column is not None:
            text = self._value(row, match)
            if text is None:
                if row.number not in self.errors:
                    why = f"the cell is empty, and {match.name} tells which record the row is"
                    self.error(row.number, match.column, match.name, why, "fill it in")
                return None
            text = text[0] if isinstance(text, list) else text
            known_by = fold(str(text))
            ids = self._known.get(known_by, [])
            if len(ids) > 1:
                why = f"{match.name} {text} is in {' and '.join(ids[:3])}"
                hint = "mend the record that is wrong"
                self.error(row.number, match.column, match.name, why, hint)
                return None
            if ids:
                return self._take(row, ids[0], self.snapshot.records[ids[0]], known_by)
        id = self._id(row)
        return None if id is None else self._resolved(row, id, known_by)

    def _id(self, row: Row) -> str | None:
        """Return the id that a row's columns hold or make."""
        column = self.targets.id
        if column is not None:
            text = self._text(row, column, "id")
            if text is None:
                return None
            id = " ".join(text.split())
            if ID.fullmatch(id):
                return id
            why = f'"{id}" is not an id' if id else "the cell is empty, and holds the id"
            hint = f'"{slug(id)}" would be' if slug(id) else "small letters, digits and hyphens"
            self.error(row.number, column, "id", why, hint)
            return None
        texts = [self._text(row, each, "id") for each in self.targets.made_from]
        if any(text is None for text in texts):
            return None
        prefix = self.mapping.id_.prefix
        id = slug(" ".join(text for text in texts if text))
        if not id:
            why = "no id can be made of what the row says"
            hint = "fill the cell in with Latin letters or digits"
            self.error(row.number, self.targets.made_from[0], "id", why, hint)
            return None
        return f"{prefix.rstrip('-')}-{id}"[:63].rstrip("-") if prefix else id

    def _resolved(self, row: Row, id: str, known_by: str) -> Wanted | None:
        """Return the record with an id, or the new one that is to have it."""
        columns = self.targets.made_from or (self.targets.id,)
        id = self._former.get(id, id)
        record = self.snapshot.records.get(id)
        why, hint = "", ""
        if id in self.snapshot.broken:
            why, hint = f"the record {id} can't be read", "see why with: nacoord check"
        elif record is not None and not isinstance(record, self._model):
            why = f'the id "{id}" is taken by a record of another kind ({kind_of(record).name})'
            hint = "add a column, or a prefix, to id: in the mapping"
        elif record is not None and known_by and self.targets.match is not None:
            name = self.targets.match.name
            other = ", ".join(map(str, held(record, name)))
            why = f'the id "{id}" is taken by a record with {name} {other}'
            hint = "add a column to id: in the mapping"
            if not other:
                why = f'the record "{id}" exists, and has no {name} to know it by'
                text = " ".join(str(row.cells[self.targets.match.column or 0]).split())
                hint = f"when it is the one: nacoord set {id} {name}='{text}'"
        elif known_by and self.targets.match is not None and self._unread:
            # One of them could be the record already, under any id.
            columns = (self.targets.match.column,)
            shown = ", ".join(self._unread[:3]) + (" ..." if len(self._unread) > 3 else "")
            why = f"no record has this {self.targets.match.name}, but {shown} can't be read"
            hint = "see why with: nacoord check"
        if why:
            self.error(row.number, columns[0], "id", why, hint)
            return None
        return self._take(row, id, record, known_by)

    def _take(self, row: Row, id: str, record: Record | None, known_by: str) -> Wanted | None:
        wanted = self.wanted.get(id)
        if wanted is not None and wanted.known_by != known_by:
            columns = self.targets.made_from or (self.targets.id,)
            why = f'the id "{id}" would be that of row {wanted.rows[0]} too'
            hint = "add a column to id: in the mapping"
            self.error(row.number, columns[0], "id", why, hint)
            return None
        if wanted is None:
            wanted = self.wanted[id] = Wanted(id, record, known_by)
        wanted.rows.append(row.number)
        self.of[row.number] = wanted
        return wanted

    def _announce(self, row: Row, wanted: Wanted) -> None:
        self._coming.setdefault(fold(wanted.id), (wanted.id, self.mapping.kind))
        for target in self.targets.fields:
            if target.name in ("title", "aliases") and target.column is not None:
                try:
                    value = self._cells.value(target, row.cells[target.column])
                except CellError:
                    continue
                for name in value if isinstance(value, list) else [value] if value else []:
                    self._coming.setdefault(fold(name), (wanted.id, self.mapping.kind))

    def _value(self, row: Row, target: Target) -> Any:
        """Return what a row says of a field; None when it says nothing, or with an error."""
        column = target.column
        assert column is not None
        if column in row.bad:
            bad = row.bad[column]
            self.error(row.number, column, target.name, bad.why, bad.hint)
            return None
        try:
            return self._cells.value(target, row.cells[column])
        except CellError as error:
            self.error(row.number, column, target.name, error.why, error.hint)
            return None

    def _read(self, row: Row, wanted: Wanted) -> None:
        for target in self.targets.fields:
            if target.parts:
                self._entry(row, wanted, target)
            elif target.column is not None:
                value = self._value(row, target)
                if value is not None:
                    self._say(row, wanted, target, value)

    def _say(self, row: Row, wanted: Wanted, target: Target, value: Any) -> None:
        """Keep what a row says of a field; rows of one record may not contradict each other."""
        assert target.column is not None
        before = wanted.said.get(target.name)
        if before is not None and target.origin.add:
            value = [*before[0], *(item for item in value if item not in before[0])]
        elif before is not None and before[0] != value:
            why = f"row {before[1]} is the same record ({wanted.id}) and says otherwise"
            hint = "mend one of the rows; or tell the records apart: see id: in the mapping"
            self.error(row.number, target.column, target.name, why, hint)
            return
        if before is None or before[0] != value:
            wanted.said[target.name] = (value, row.number, target.column)
            wanted.differs.add(row.number)

    def _entry(self, row: Row, wanted: Wanted, target: Target) -> None:
        """Keep the entry of a list that a row makes; constants alone make one only in a new record."""
        entry: dict[str, Any] = {}
        from_cells = False
        for part in target.parts:
            value = self._value(row, part) if part.column is not None else None
            from_cells = from_cells or value is not None
            if value is not None:
                entry[part.name] = value
        if not from_cells and (target.columns or wanted.record is not None):
            return
        if (target, entry) not in [(each, made) for each, made, _ in wanted.entries]:
            wanted.entries.append((target, entry, row.number))
            wanted.differs.add(row.number)


def held(record: Record, name: str) -> Iterator[Any]:
    """Yield the values that a record has for a dotted name, of an office's own keys too."""
    if not name.startswith("x-"):
        yield from values(record, name)
        return
    here: Any = record.extras
    for part in name.split("."):
        here = here.get(part) if isinstance(here, dict) else None
    if here is not None:
        yield from here if isinstance(here, list) else [here]
