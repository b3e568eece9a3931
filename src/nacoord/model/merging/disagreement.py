"""What people disagree about when their work is merged, and what was chosen."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from nacoord.model.merging.clash import ABSENT
from nacoord.model.merging.clash import Clash
from nacoord.model.merging.clash import Side


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A clash, and the file it is in.

    Attributes:
        path: the file, from the top of the work tree.
        record: the id of its record; empty for a file that is none.
        clash: what both changed.
        remedy: another way out than taking a side; may be empty.
    """

    path: str
    record: str
    clash: Clash
    remedy: str = ""

    @property
    def name(self) -> str:
        """What it is called on a command line, as `usmca-labor.milestones.due`."""
        where = self.record or self.path
        return f"{where}.{self.clash.field}" if self.clash.field else where

    @property
    def key(self) -> str:
        """What tells it from any other, and from itself once a side has changed again."""
        values = [None if each is ABSENT else [each] for each in self._values()]
        parts = [self.path, self.clash.field, self.clash.entry, self.clash.about, values]
        return json.dumps(parts, sort_keys=True, ensure_ascii=True, default=str)

    def _values(self) -> tuple[Any, Any, Any]:
        return self.clash.base, self.clash.ours, self.clash.theirs


@dataclass(frozen=True, slots=True)
class Setter:
    """Who set a value: the author of the commit, its day, what it said, its id."""

    who: str
    on: date
    subject: str
    commit: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """A disagreement, with what a person needs to choose.

    Attributes:
        number: its place among those that are open, from 1.
        title: the title of its record; empty for a file that is none.
        ours: who set our value; None where that can't be told.
        theirs: who set theirs.
    """

    number: int
    disagreement: Disagreement
    title: str
    ours: Setter | None
    theirs: Setter | None


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose where two disagree.

    Attributes:
        take: the side whose value is taken; None for another value.
        value: that value.
    """

    take: Side | None = None
    value: Any = None

    def of(self, clash: Clash) -> Any:
        """Return the value it comes to."""
        return self.value if self.take is None else clash.value(self.take)


@dataclass(frozen=True, slots=True)
class Settled:
    """A disagreement that a person has decided, and how."""

    disagreement: Disagreement
    choice: Choice
