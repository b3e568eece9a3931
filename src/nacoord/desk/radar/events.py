"""One event that falls due, told once, though the record keeps it in several ways.

What the other side has promised is often a milestone and the day of a clock too, and what is decided for a
clock is a decision of its issue. Two promises are two things, though, and so is a step with anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date

from nacoord.desk.radar.finding import Finding

# Of which two sorts one event may be kept.
_ALIKE = frozenset(
    {
        frozenset({"promise", "milestone"}),
        frozenset({"promise", "clock"}),
        frozenset({"milestone", "clock"}),
        frozenset({"decision", "clock"}),
    }
)
# The sort of a thing due, by the first part of the path to its day.
_SORTS = {"due": "promise", "milestones": "milestone", "decisions": "decision"}


@dataclass
class _Event:
    """An event: which of the findings tells it, and as which sorts of thing it is kept."""

    at: int
    sorts: set[str] = field(default_factory=set)

    def is_kept_as(self, sort: str) -> bool:
        """Tell whether something of a sort can be this event once more."""
        return sort not in self.sorts and any({sort, each} in _ALIKE for each in self.sorts)


def told_once(found: Iterable[Finding]) -> list[Finding]:
    """Of findings on one event keep the first; it rests on the places of all, and is for all."""
    kept: list[Finding] = []
    events: dict[tuple[str, date | None], list[_Event]] = {}
    for finding in found:
        sort = _sort(finding)
        if sort is None:
            kept.append(finding)
            continue
        days = [events.setdefault((id, finding.day), []) for id in finding.issues]
        event = next((each for day in days for each in day if each.is_kept_as(sort)), None)
        if event is None:
            event = _Event(len(kept))
            kept.append(finding)
        else:
            kept[event.at] = _joined(kept[event.at], finding)
        event.sorts.add(sort)
        for day in days:
            if event not in day:
                day.append(event)
    return kept


def _sort(finding: Finding) -> str | None:
    """Return as what sort of thing a finding's event is kept; None when it is nothing due."""
    if finding.rule == "running-clock":
        return "clock"
    if finding.rule in ("overdue", "nearly-due"):
        return _SORTS.get(str(finding.places[0].field[0]))
    return None


def _joined(first: Finding, other: Finding) -> Finding:
    return replace(
        first,
        who=tuple(dict.fromkeys((*first.who, *other.who))),
        issues=tuple(dict.fromkeys((*first.issues, *other.issues))),
        places=tuple(dict.fromkeys((*first.places, *other.places))),
    )
