"""A cell as a value of a field: dates by the forms that are said, ids by any name, nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping as Pairs
from datetime import date
from datetime import datetime
from datetime import time
from typing import Any

from nacoord.desk.imports.mapping import strptime_form
from nacoord.desk.imports.targets import Target
from nacoord.desk.lookup import UnknownError
from nacoord.desk.lookup import find_among
from nacoord.desk.lookup import names
from nacoord.model.cells import split
from nacoord.model.cells import unguard
from nacoord.model.closest import did_you_mean
from nacoord.model.declare import BadValueError
from nacoord.model.errors import NacoordError
from nacoord.model.folding import fold
from nacoord.model.kinds.table import kind_of
from nacoord.model.sheet import Value
from nacoord.model.snapshot import Snapshot
from nacoord.model.when import When
from nacoord.model.when import parse_when

# What a record's file can't hold as it is, and what no keyboard writes: a terminal might obey it.
_CONTROL = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ISO = re.compile(r"\d{4}-\d{2}(-\d{2}(/\d{4}-\d{2}-\d{2})?)?")


class CellError(Exception):
    """A cell can't be read as what belongs into the field.

    Attributes:
        why: what is wrong with it.
        hint: what to do about it.
    """

    def __init__(self, why: str, hint: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.hint = hint


class Cells:
    """Reads cells against a record and the rows that come with them.

    Args:
        snapshot: the record.
        empty: folded texts that count as an empty cell.
        coming: ids of records that the same rows make, by folded name, with their kind.
    """

    def __init__(
        self, snapshot: Snapshot, empty: frozenset[str], coming: Pairs[str, tuple[str, str]]
    ) -> None:
        self._snapshot = snapshot
        self._empty = empty
        self._coming = coming
        self._found: dict[tuple[str, tuple[str, ...]], str | CellError] = {}

    def text(self, value: Value) -> str:
        """Return what a cell says, as text; nothing for an empty one.

        Raises:
            CellError: when it holds a control character.
        """
        if value is None:
            return ""
        if isinstance(value, str):
            text = unguard(value.replace("\r\n", "\n").replace("\r", "\n")).strip()
            if found := _CONTROL.search(text):
                code = ord(found.group())
                raise CellError(
                    f"the control character U+{code:04X} stands in the text", "remove it"
                )
        elif isinstance(value, bool):
            text = "true" if value else "false"
        elif isinstance(value, time):
            text = value.strftime("%H:%M")
        else:
            text = value.isoformat() if isinstance(value, date) else str(value)
        return "" if fold(" ".join(text.split())) in self._empty else text

    def value(self, target: Target, value: Value) -> Any:
        """Return a cell as the value of a field; None for an empty one.

        Raises:
            CellError: when it can't be read as what belongs there.
        """
        text = self.text(value)
        if not text:
            return None
        if isinstance(value, date) and (target.place.value_type == "date" or target.origin.dates):
            return value
        if target.place.shape == "list" or target.origin.split:
            parts = _parts(text, target.origin.split)
            return list(dict.fromkeys(self._one(target, part, value) for part in parts)) or None
        return self._one(target, text, value)

    def constant(self, target: Target) -> Any:
        """Return the constant or default of a field, in the shape of the field."""
        given = target.origin.value if target.column is None else target.origin.default
        if given is None:
            return None
        return [given] if target.place.shape == "list" and not isinstance(given, list) else given

    def _one(self, target: Target, text: str, value: Value) -> Any:
        place = target.place
        if target.words:
            text = _meant(target, text)
        if place.kinds is not None or target.origin.lookup:
            kinds = (target.origin.lookup,) if target.origin.lookup else place.kinds or ()
            return self._id(text, kinds)
        if place.value_type == "date" or target.origin.dates:
            return _day(target, text, value)
        if place.value_type == "number":
            if not re.fullmatch(r"[-+]?\d{1,9}", text, re.ASCII):
                raise CellError(f"{_shown(text)} is not a whole number")
            return int(text)
        # A title is one line; what is said in sentences may have several.
        one_line = place.value_type == "word" or str(place.path[-1]) == "title"
        return " ".join(text.split()) if one_line else text

    def _id(self, text: str, kinds: tuple[str, ...]) -> str:
        word = " ".join(text.split())
        key = (word, kinds)
        if key not in self._found:
            try:
                self._found[key] = self._named(word, kinds)
            except CellError as error:
                self._found[key] = error
        found = self._found[key]
        if isinstance(found, CellError):
            raise CellError(found.why, found.hint)
        return found

    def _named(self, word: str, kinds: tuple[str, ...]) -> str:
        """Return the id of the record that a word names whole; the start of an id is no name."""
        coming = self._coming.get(fold(word))
        pool = [
            record
            for record in self._snapshot.records.values()
            if not kinds or kind_of(record).name in kinds
        ]
        what = " or ".join(kinds) or "record"
        try:
            found = find_among(self._snapshot, word, pool, what)
        except NacoordError as error:
            if coming and isinstance(error, UnknownError) and (not kinds or coming[1] in kinds):
                return coming[0]
            raise CellError(error.message, _remedy(error, what)) from None
        if fold(word) not in {fold(name) for name in names(found)}:
            if coming and (not kinds or coming[1] in kinds):
                return coming[0]
            hint = f'write "{found.id}" when that is meant, or give it the alias "{word}"'
            raise CellError(f"no {what} {_shown(word)}", hint)
        return found.id


def _remedy(error: NacoordError, what: str) -> str:
    if error.hint.startswith("did you mean") or what != "agency":
        return error.hint.replace("type more of the id", "write the id")
    return "add it first: nacoord new agency; or give one that is there this alias"


def _meant(target: Target, text: str) -> str:
    found = target.words.get(fold(" ".join(text.split())))
    if found is not None:
        return found
    known = list(target.origin.values)
    shown = ", ".join(known[:8]) + (" ..." if len(known) > 8 else "")
    hint = did_you_mean(text, known) or f"the mapping knows {shown}"
    raise CellError(f"{_shown(text)} is not among the values of the mapping", hint)


def _parts(text: str, between: str | None) -> list[str]:
    if between is None:
        return [text]
    # What nacoord exports is joined so that a semicolon inside an entry is kept.
    parts = split(text) if between == ";" else text.split(between)
    return [part.strip() for part in parts if part.strip()]


def _day(target: Target, text: str, value: Value) -> date | When:
    """Return the day that a text is, by the forms that the mapping says; ISO 8601 without any."""
    if isinstance(value, (int, float)):
        raise CellError(f"{_shown(text)} is a number", "format the cell as a date")
    forms = target.origin.dates
    word = " ".join(text.split())
    if not forms:
        return _iso(target, word)
    days: dict[date, str] = {}
    for form in forms:
        try:
            # A day has no hour, and so no zone.
            day = datetime.strptime(word, strptime_form(form)).date()
        except ValueError:
            continue
        days.setdefault(day, form)
    if len(days) == 1:
        return min(days)
    if days:
        read = " and ".join(f"{day} by {form}" for day, form in days.items())
        raise CellError(f"{_shown(text)} is {read}", "keep one form in the mapping")
    raise CellError(f"{_shown(text)} is not a date in the form {' or '.join(forms)}")


def _iso(target: Target, word: str) -> date | When:
    try:
        if not _ISO.fullmatch(word):
            raise CellError(
                f"{_shown(word)} is not a date in the form YYYY-MM-DD",
                f"say in the mapping how the column writes dates: {target.name}: "
                "{column: ..., dates: [MM/DD/YYYY]}",
            )
        when = parse_when(word)
    except BadValueError as error:
        raise CellError(error.message) from None
    return when.start if when.text == when.start.isoformat() else when


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return f'"{line if len(line) <= 60 else line[:59] + "…"}"'
