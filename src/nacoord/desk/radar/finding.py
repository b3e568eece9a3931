"""Findings of the radar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nacoord.model.fault import Path


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the record a finding rests.

    Attributes:
        record: the record's id.
        field: the path to the value inside it; empty for the record as a whole.
        file: the record's file, as it should be printed.
        line: the 1-based line of the value; None until it has been looked up.
    """

    record: str
    field: Path = ()
    file: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is about to surprise somebody.

    Attributes:
        about: the id of the record it is about; `radar --mute RULE ID` names it.
        what: what was found, in one line.
        why: why that matters.
        who: ids of those who should know.
        remedy: the command that mends it.
        issues: ids of the issues it concerns.
        day: the day on which it bites; None where there is none.
        places: the records and fields it rests on, the first the most telling.
        rule: the rule that found it.
        stake: how much hangs on it (see `nacoord.desk.radar.rank`).
        nearness: how near it is.
        score: stake times nearness; the findings are ranked by it.
    """

    about: str
    what: str
    why: str
    who: tuple[str, ...]
    remedy: str
    issues: tuple[str, ...]
    day: date | None
    places: tuple[Place, ...]
    rule: str = ""
    stake: float = 0.0
    nearness: float = 0.0
    score: float = 0.0
