"""How findings are ranked: stake × nearness.

stake     the weight of the highest priority among the issues it concerns (P1 8, P2 4, P3 2, P4 1; 1
          where it concerns none), half as much again when one of them is red, times the rule's own
          weight.
nearness  1 today, a half in a week, a third in two weeks (1 / (1 + days / 7)); a little more than 1
          when the day has gone by, up to 1.25 four weeks later; a quarter where no day is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from nacoord.desk.radar.finding import Finding
from nacoord.model.kinds.issue import Issue
from nacoord.model.snapshot import Snapshot

_PRIORITY = {"P1": 8.0, "P2": 4.0, "P3": 2.0, "P4": 1.0}
_RED = 1.5
_UNDATED = 0.25
# What is late presses more by the day, but never hides what is still ahead and can be prevented.
_LATEST, _LATE = 28, 0.25


def nearness(day: date | None, today: date) -> float:
    """Return how near a day is, from 0 (far) over 1 (today) to 1.25 (four weeks ago or more)."""
    if day is None:
        return _UNDATED
    days = (day - today).days
    if days < 0:
        return 1 + _LATE * min(-days, _LATEST) / _LATEST
    return 1 / (1 + days / 7)


def stake(issues: Iterable[Issue], weight: float) -> float:
    """Return how much hangs on issues, for a rule of this weight."""
    known = list(issues)
    highest = max((_PRIORITY[issue.priority] for issue in known), default=1.0)
    red = any(issue.live and issue.health == "red" for issue in known)
    return weight * highest * (_RED if red else 1)


def ranked(
    snapshot: Snapshot, today: date, found: Iterable[tuple[Finding, float]]
) -> list[Finding]:
    """Return findings with their score, the highest first.

    Args:
        found: each finding with the weight of its rule.
    """
    scored = []
    for finding, weight in found:
        issues = [issue for id in finding.issues if (issue := snapshot.get(Issue, id))]
        hangs, near = stake(issues, weight), nearness(finding.day, today)
        scored.append(replace(finding, stake=hangs, nearness=near, score=round(hangs * near, 2)))
    last = date.max
    return sorted(
        scored,
        key=lambda each: (-each.score, each.day or last, each.rule, each.about, each.what),
    )
