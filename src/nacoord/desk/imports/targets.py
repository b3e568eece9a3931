"""The fields that a mapping fills, found in the kind's model and in the header of a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping as Pairs
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from typing import Any

from nacoord.desk.edits.places import FieldError
from nacoord.desk.edits.places import Place
from nacoord.desk.edits.places import find_place
from nacoord.desk.imports.mapping import From
from nacoord.desk.imports.mapping import Mapping
from nacoord.model.closest import did_you_mean
from nacoord.model.fault import Path
from nacoord.model.folding import fold
from nacoord.model.kinds.table import KINDS
from nacoord.model.references import key_order
from nacoord.model.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a mapping: a code, words, the place in it and a remedy."""

    code: str
    message: str
    field: Path
    hint: str = ""
    on_key: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """A field that is filled.

    Attributes:
        name: its dotted name.
        place: where it is in the record; inside an entry, where it is there.
        origin: what the mapping says of it.
        column: the column it comes from, counted from 0; None for a constant or an entry.
        parts: the fields of an entry.
        words: what the column says, folded, and what the record is to say for it.
    """

    name: str
    place: Place
    origin: From
    column: int | None
    parts: tuple[Target, ...] = ()
    words: Pairs[str, str] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """Where it is in the record."""
        return self.place.path

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns that it is made of."""
        own = () if self.column is None else (self.column,)
        return own + tuple(column for part in self.parts for column in part.columns)


@dataclass(frozen=True, slots=True)
class Targets:
    """What a mapping fills, and by what it tells records.

    Attributes:
        fields: the fields, in the order of the kind's model.
        id: the column that holds the id, if one does.
        made_from: the columns of whose words an id is made.
        match: the field by whose value a record is known, if one is.
        skip_when: the folded texts for which a row is left out, by column.
        unused: the columns that nothing comes from.
    """

    fields: tuple[Target, ...]
    id: int | None
    made_from: tuple[int, ...]
    match: Target | None
    skip_when: Pairs[int, frozenset[str]]
    unused: tuple[str, ...]


def targets(mapping: Mapping, sheet: Sheet) -> Targets | list[Problem]:
    """Return what a mapping fills from a sheet, or everything in it that can't be."""
    finding = _Finding(sheet)
    model = KINDS[mapping.kind].model
    found = [
        target
        for name, origin in mapping.fields.items()
        if (target := finding.target(model, name, origin, ("fields", name)))
    ]
    finding.refuse_twice(found)
    id_column = None
    if mapping.id_.column:
        id_column = finding.column(mapping.id_.column, ("id",))
    made_from = [
        finding.column(name, ("id", "from", at)) for at, name in enumerate(mapping.id_.from_)
    ]
    skip_when = {
        finding.column(name, ("skip_when", name), on_key=True): frozenset(map(_said, texts))
        for name, texts in mapping.skip_when.items()
    }
    match = finding.match(mapping, found)
    if finding.problems:
        return finding.problems
    unused = finding.unused()
    if mapping.others == "keep":
        found += finding.kept(unused, {target.name for target in found})
        unused = []
    if finding.problems:
        return finding.problems
    order = {key: at for at, key in enumerate(key_order(model, ()))}
    found.sort(key=lambda each: order.get(str(each.path[0]), len(order)))
    made = tuple(column for column in made_from if column is not None)
    skips = {column: texts for column, texts in skip_when.items() if column is not None}
    return Targets(tuple(found), id_column, made, match, skips, tuple(unused))


def _said(text: str) -> str:
    return fold(" ".join(text.split()))


class _Finding:
    """Finds columns and fields, and collects what can't be found."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.problems: list[Problem] = []
        self.used: set[int] = set()
        self._columns: dict[str, list[int]] = {}
        for at, name in enumerate(sheet.header):
            if name:
                self._columns.setdefault(_said(name), []).append(at)

    def refuse(
        self, code: str, message: str, at: Path, hint: str = "", *, on_key: bool = False
    ) -> None:
        self.problems.append(Problem(code, message, at, hint, on_key))

    def column(self, name: str, at: Path, *, on_key: bool = False) -> int | None:
        """Return the column with a name; None, and a problem, when there is not exactly one."""
        found = self._columns.get(_said(name), [])
        if len(found) == 1:
            self.used.add(found[0])
            return found[0]
        if found:
            message = f'{len(found)} columns of {self.sheet.file} are called "{name}"'
            self.refuse("bad-choice", message, at, "rename all but one of them", on_key=on_key)
            return None
        known = [each for each in self.sheet.header if each]
        shown = ", ".join(known[:8]) + (" ..." if len(known) > 8 else "")
        hint = did_you_mean(name, known) or f"its columns: {shown}"
        message = f'{self.sheet.file} has no column "{name}"'
        self.refuse("bad-choice", message, at, hint, on_key=on_key)
        return None

    def target(
        self, model: type[Any], name: str, origin: From, at: Path, *, inside: bool = False
    ) -> Target | None:
        """Return a field that is filled; None, and a problem, when it can't be."""
        try:
            place = find_place(model, name, {})
        except FieldError as error:
            hint = error.hint
            if "[ENTRY]" in hint or "[" in name:
                top, _, rest = re.sub(r"\[.*?\]", "", name).partition(".")
                rest = rest or "..."
                hint = f"fill the entries of {top} by: {top}: {{entry: {{{rest}: ...}}}}"
            self.refuse("unknown-field", error.message, at, hint, on_key=True)
            return None
        before = len(self.problems)
        self._fits(place, origin, at, inside)
        column = None
        if origin.column is not None:
            # `due: Due date` has no key of its own for the column.
            column = self.column(origin.column, (*at, "column"))
        parts: list[Target | None] = []
        if origin.entry is not None and place.part is not None:
            parts = [
                self.target(place.part, key, each, (*at, "entry", key), inside=True)
                for key, each in origin.entry.items()
            ]
        if len(self.problems) > before:
            return None
        words = {_said(said): meant for said, meant in origin.values.items()}
        inner = tuple(part for part in parts if part is not None)
        return Target(name, place, origin, column, inner, words)

    def _fits(self, place: Place, origin: From, at: Path, inside: bool) -> None:
        """Refuse what a field of this shape can't be filled with."""
        holds_entries = place.shape == "list" and place.part is not None
        if origin.entry is not None and (not holds_entries or inside):
            self.refuse("wrong-type", f'"{place.name}" has no entries with fields', at, on_key=True)
        elif origin.entry is None and holds_entries:
            hint = f"write {place.name}: {{entry: {{...}}}}"
            message = f'"{place.name}" is a list of entries with fields of their own'
            self.refuse("wrong-type", message, at, hint, on_key=True)
        elif place.shape == "mapping":
            inner = key_order(place.part, ()) if place.part else ()
            hint = f"name one of them: {place.name}.{inner[0] if inner else 'NAME'}"
            self.refuse(
                "wrong-type", f'"{place.name}" has fields of its own', at, hint, on_key=True
            )
        own = place.name.startswith("x-")
        for option, given, fits in (
            ("split", origin.split is not None, place.shape == "list" or own),
            ("add", origin.add, place.shape == "list"),
            ("dates", bool(origin.dates), place.value_type == "date" or own),
            ("lookup", origin.lookup is not None, place.kinds is not None or own),
        ):
            if given and not fits:
                why = {
                    "split": "is no list",
                    "add": "is no list",
                    "dates": "is no date",
                    "lookup": "holds no id",
                }[option]
                message = f'"{place.name}" {why}'
                self.refuse("wrong-type", message, (*at, option), f"remove {option}:", on_key=True)
        if origin.lookup and place.kinds and origin.lookup not in place.kinds:
            allowed = " or ".join(place.kinds)
            message = f'"{place.name}" holds the id of {allowed}, not of {origin.lookup}'
            self.refuse("bad-choice", message, (*at, "lookup"), f"use {allowed}")

    def refuse_twice(self, found: Iterable[Target]) -> None:
        """Refuse a field that is filled twice, whole or in part."""
        seen: dict[Path, str] = {}
        for target in found:
            clash = next(
                (
                    name
                    for path, name in seen.items()
                    if path[: len(target.path)] == target.path[: len(path)]
                ),
                None,
            )
            if clash:
                message = f'"{target.name}" is filled already, as "{clash}"'
                self.refuse(
                    "duplicate-key", message, ("fields", target.name), "keep one", on_key=True
                )
            seen[target.path] = target.name

    def match(self, mapping: Mapping, found: Sequence[Target]) -> Target | None:
        """Return the field that tells records apart, which must be one text of a column."""
        if mapping.match is None:
            return None
        target = next((each for each in found if each.name == mapping.match), None)
        if target is None or target.column is None or target.origin.split or target.place.part:
            hint = f"name one of: {', '.join(mapping.fields)}"
            message = f'"{mapping.match}" is no field that comes from a column here'
            self.refuse("bad-choice", message, ("match",), hint)
        return target

    def unused(self) -> list[str]:
        """Return the names of the columns that nothing comes from."""
        return [name for at, name in enumerate(self.sheet.header) if name and at not in self.used]

    def kept(self, names: Sequence[str], taken: set[str]) -> list[Target]:
        """Return targets that keep columns in x- keys made of their names."""
        found = []
        for name in names:
            key = "x-" + re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
            if key in taken or key == "x-":
                message = f'the column "{name}" has no name to keep it by'
                hint = "name its field: x-NAME: COLUMN"
                self.refuse("bad-choice", message, ("others",), hint)
                continue
            taken.add(key)
            origin: Any = From(column=name)
            target = self.target(KINDS["issue"].model, key, origin, ("others",))
            if target is not None:
                found.append(target)
        return found
