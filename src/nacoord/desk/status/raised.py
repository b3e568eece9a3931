"""What states, cities and tribes raise, beside what federal agencies raise."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from nacoord.desk.status.morning import Morning
from nacoord.model.kinds.agency import SUBNATIONAL


class Voice(NamedTuple):
    """What one stakeholder raises on an issue."""

    agency: str
    name: str
    stance: str
    since: date | None


class Raised(NamedTuple):
    """What is raised on one issue, on even footing."""

    issue: str
    title: str
    priority: str
    states: tuple[Voice, ...]
    federal: tuple[Voice, ...]


def raised(morning: Morning) -> tuple[Raised, ...]:
    """Return the scope's live issues on which somebody has a position, by priority."""
    within = {issue.id for issue in morning.issues}
    states: dict[str, list[Voice]] = {}
    federal: dict[str, list[Voice]] = {}
    for agency in morning.snapshot.agencies:
        if agency.level in SUBNATIONAL:
            voices = states
        elif agency.level == "federal":
            voices = federal
        else:
            continue
        for position in agency.positions:
            if position.issue in within:
                voice = Voice(agency.id, agency.title, position.stance, position.since)
                voices.setdefault(position.issue, []).append(voice)
    heard = [issue for issue in morning.issues if issue.id in states or issue.id in federal]
    # They stand by theme, and within a priority stay so.
    heard.sort(key=lambda issue: issue.priority)
    return tuple(
        Raised(
            issue.id,
            issue.title,
            issue.priority,
            tuple(states.get(issue.id, ())),
            tuple(federal.get(issue.id, ())),
        )
        for issue in heard
    )
