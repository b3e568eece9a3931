"""Disagreements: what two people changed in two ways, so that a person must choose."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any
from typing import Literal

Side = Literal["base", "ours", "theirs"]
# What they disagree about: a value, or only the order in which a list has its entries.
About = Literal["value", "order"]


class Absence(Enum):
    """Stands for a value that is not there, where None could be one."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = Absence.ABSENT


@dataclass(frozen=True, slots=True)
class Clash:
    """One value of a record that both sides changed, in two ways.

    Attributes:
        field: its dotted name, as `next_step.due` or `milestones.done`; empty for a whole record.
        entry: what the entry of a list is known by; empty outside of lists.
        base: the value both started from; ABSENT where there was none.
        ours: the value here; ABSENT where it was removed.
        theirs: the value there.
        about: what they disagree about.
    """

    field: str
    entry: str
    base: Any
    ours: Any
    theirs: Any
    about: About = "value"

    def value(self, side: Side) -> Any:
        """Return the value of a side."""
        return {"base": self.base, "ours": self.ours, "theirs": self.theirs}[side]
