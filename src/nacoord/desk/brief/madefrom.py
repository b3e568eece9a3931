"""What a saved brief was made from: enough to make the same one again, and to begin the next."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import fields
from datetime import date

from nacoord.model.dates import can_be_today
from nacoord.model.marking import ORDER

FOLDER = "briefs"
_FENCE = "---"
_DAYS = ("today", "since", "until", "last")


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """What a brief was made from.

    Attributes:
        marking: the highest marking of what is in it.
        scope: the part of the work, by its id; empty for everything.
        meeting: the engagement or agency it is for, by its id; empty for none.
        today: the day for which it is true.
        since: the first day looked back on.
        until: the last day ahead.
        last: the day of the brief that it follows; None when it follows none.
        after: the commit which that one was made from; empty when it follows none.
        full: whether it is whole.
        ceiling: the highest marking that could be in it; empty when any could.
        own_words: the bottom line in the office's own words; empty when it was put together.
        commit: the commit of the record; empty when there was none, or edits not in it.
        version: the nacoord that made it.
    """

    marking: str
    scope: str
    meeting: str
    today: date
    since: date
    until: date
    last: date | None
    after: str
    full: bool
    ceiling: str
    own_words: str
    commit: str
    version: str

    @property
    def path(self) -> str:
        """The file it is saved in, relative to the record's folder."""
        about = f"for-{self.meeting}" if self.meeting else self.scope
        parts = [self.today.isoformat(), about, self.ceiling]
        return f"{FOLDER}/{'-'.join(part for part in parts if part)}.md"

    @property
    def title(self) -> str:
        """What to call it."""
        about = f" for {self.meeting}" if self.meeting else f": {self.scope}" if self.scope else ""
        return f"Brief of {self.today}{about}"

    def same(self, other: MadeFrom) -> bool:
        """Tell whether two briefs are of one series: about the same, and for the same readers."""
        return (self.scope, self.meeting, self.ceiling) == (
            other.scope,
            other.meeting,
            other.ceiling,
        )


def pairs(made: MadeFrom) -> tuple[tuple[str, str], ...]:
    """Return what it says as names and values in JSON, for the head of a file."""
    found = []
    for name, value in asdict(made).items():
        plain = value.isoformat() if isinstance(value, date) else value
        found.append((name, json.dumps(plain, ensure_ascii=True)))
    return tuple(found)


def read(data: bytes) -> MadeFrom | None:
    """Return what the head of a saved brief says; None when it is no such file."""
    lines = data.decode("utf-8", "replace").split("\n")
    if lines[0] != _FENCE or _FENCE not in lines[1:]:
        return None
    try:
        return _read(lines[1 : lines.index(_FENCE, 1)])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _read(lines: Iterable[str]) -> MadeFrom:
    said = {}
    for line in lines:
        name, _, value = line.partition(": ")
        said[name] = json.loads(value)
    known = {each.name: said[each.name] for each in fields(MadeFrom)}
    for name in _DAYS:
        if known[name] is not None:
            known[name] = date.fromisoformat(known[name])
    for name, value in known.items():
        if name not in _DAYS and type(value) is not (bool if name == "full" else str):
            raise TypeError(name)
    if None in (known["today"], known["since"], known["until"]):
        raise ValueError("a brief has its days")
    made = MadeFrom(**known)
    if not _could_be(made):
        raise ValueError("no brief is made from this")
    return made


def _could_be(made: MadeFrom) -> bool:
    """Tell whether a brief can have been made from this; a file's head can be changed by hand."""
    return (
        can_be_today(made.today)
        and made.since <= made.today <= made.until
        and made.ceiling in ("", *ORDER)
    )
