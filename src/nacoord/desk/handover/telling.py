"""What is expected to happen, and who is still to hear of it."""

from __future__ import annotations

from dataclasses import dataclass

from nacoord.desk.handover.tenure import Tenure
from nacoord.desk.telling import untold
from nacoord.model.kinds.action import Action
from nacoord.model.when import When


@dataclass(frozen=True, slots=True)
class ToTell:
    """Somebody who must hear of an action and has not; `late` when the day for it is past."""

    who: str
    by: When | None
    late: bool


@dataclass(frozen=True, slots=True)
class Expected:
    """An action that is expected.

    Attributes:
        untold: who must hear of it and has not.
        told: how many have heard of it.
        uncleared: who has not cleared its text, or cleared one that has changed since.
    """

    action: str
    title: str
    by: tuple[str, ...]
    when: When
    issues: tuple[str, ...]
    untold: tuple[ToTell, ...]
    told: int
    uncleared: tuple[str, ...]


def telling(tenure: Tenure) -> tuple[Expected, ...]:
    """Return the expected actions that touch the work, or of which it must be told, by day."""
    found = [
        _expected(tenure, action)
        for action in tenure.snapshot.actions
        if action.status == "expected" and _concerns(tenure, action)
    ]
    return tuple(sorted(found, key=lambda each: (each.when.start, each.when.end, each.action)))


def _concerns(tenure: Tenure, action: Action) -> bool:
    involved = {*action.by, *(entry.who for entry in action.tell)}
    return (
        tenure.scope.touches(action.issues)
        or tenure.scope.id in involved
        or not tenure.bodies.isdisjoint(involved)
    )


def _expected(tenure: Tenure, action: Action) -> Expected:
    return Expected(
        action=action.id,
        title=action.title,
        by=action.by,
        when=action.when,
        issues=action.issues,
        untold=tuple(
            ToTell(entry.who, entry.by, entry.by is not None and entry.by.end < tenure.today)
            for entry in untold(tenure.snapshot, action)
        ),
        told=len({entry.who for entry in action.told}),
        uncleared=tuple(
            each.who
            for each in action.clearances
            if each.status != "cleared" or action.suspect(each)
        ),
    )
