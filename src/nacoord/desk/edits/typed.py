"""Typed words as values of a field: dates by the grammar, ids by any name, lists by commas."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from nacoord.desk.edits.places import Place
from nacoord.desk.edits.places import find_place
from nacoord.desk.lookup import UnknownError
from nacoord.desk.lookup import find_among
from nacoord.model.dates import read_date
from nacoord.model.declare import BadValueError
from nacoord.model.errors import UsageError
from nacoord.model.kinds.table import kind_of
from nacoord.model.snapshot import Snapshot
from nacoord.model.when import parse_when

_PAIR = re.compile(r"(?:^|,)\s*([A-Za-z_][\w.-]*)\s*=")


class Reader:
    """Reads typed values against a Snapshot, and keeps how what was not exact was read."""

    def __init__(self, snapshot: Snapshot, today: date) -> None:
        self.snapshot = snapshot
        self.today = today
        self.readings: list[str] = []

    def value(self, place: Place, text: str) -> Any:
        """Return what a typed text means at a place.

        Raises:
            UsageError: when it can't be read as what belongs there.
        """
        if place.shape == "mapping":
            return self._mapping(place, text)
        if place.shape == "list":
            return self.items(place, text)
        return self._one(place, text)

    def items(self, place: Place, text: str) -> list[Any]:
        """Return the entries that a typed text means for a list."""
        if place.part is not None:
            return [self._mapping(place, text)]
        if place.value_type == "text":
            return [text.strip()]
        return [self._one(place, word.strip()) for word in text.split(",") if word.strip()]

    def _mapping(self, place: Place, text: str) -> dict[str, Any]:
        pairs = list(_PAIR.finditer(text))
        if not pairs or text[: pairs[0].start()].strip():
            example = ",".join(f"{key}=…" for key in _keys(place.part)[:2]) or "KEY=VALUE"
            raise UsageError(
                f'"{place.name}" has fields of its own', hint=f"write {place.name}={example}"
            )
        result: dict[str, Any] = {}
        for number, pair in enumerate(pairs):
            end = pairs[number + 1].start() if number + 1 < len(pairs) else len(text)
            value = text[pair.end() : end].strip()
            if place.part is None:
                result[pair[1]] = value
                continue
            inner = find_place(place.part, pair[1], {})
            here = result
            for part in inner.path[:-1]:
                here = here.setdefault(str(part), {})
            here[str(inner.path[-1])] = self.value(inner, value)
        return result

    def _one(self, place: Place, text: str) -> Any:
        if place.kinds is not None:
            return self._id(place, text)
        if place.value_type == "date":
            return self.day(text)
        if place.value_type == "number":
            if not re.fullmatch(r"[-+]?\d{1,9}", text.strip()):
                raise UsageError(f'{place.name}: "{text}" is not a whole number')
            return int(text)
        return text.strip() if place.value_type == "word" else text

    def day(self, text: str) -> Any:
        """Return a typed day, month or window; what is not ISO is told in the readings."""
        try:
            when = parse_when(text.strip())
        except BadValueError:
            found = read_date(text, self.today)
            self.readings.append(f"{text} is {found:%A} {found}")
            return found
        return when.start if when.text == when.start.isoformat() else when

    def _id(self, place: Place, text: str) -> str:
        word = text.strip()
        if word in self.snapshot.records or not word:
            return word
        kinds = place.kinds or ()
        pool = [
            record
            for record in self.snapshot.records.values()
            if not kinds or kind_of(record).name in kinds
        ]
        try:
            found = find_among(self.snapshot, word, pool, " or ".join(kinds) or "record")
        except UnknownError:
            # A record that is still to come, or a slip: the check of the whole set says which.
            return word
        self.readings.append(f"{word} is {found.id}")
        return found.id


def _keys(part: type[Any] | None) -> list[str]:
    return [] if part is None else [info.alias or name for name, info in part.model_fields.items()]
