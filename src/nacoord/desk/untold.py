"""Who has not been told of an action or has not cleared it: for one action, or a part of the work."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nacoord.desk.lookup import Scope
from nacoord.desk.lookup import family
from nacoord.desk.telling import Telling
from nacoord.desk.telling import narrowed
from nacoord.desk.telling import telling
from nacoord.model.kinds.action import Action
from nacoord.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Untold:
    """The answer of `nacoord untold`.

    Attributes:
        scope: the part of the work it covers; None when it is about one action.
        today: the day for which it is true.
        actions: the action asked for; or those of the scope that somebody has not been told of or
            has not cleared, nearest first. For an agency, only what it itself has not heard.
        expected: how many actions to come hit the scope; for an agency, how many name it.
        without_list: the ids of expected actions of the scope that name nobody to be told.
    """

    scope: Scope | None
    today: date
    actions: tuple[Telling, ...]
    expected: int
    without_list: tuple[str, ...] = ()

    @property
    def found(self) -> bool:
        """True when somebody must still be told or must still clear something."""
        return any(telling.open for telling in self.actions)


def untold(snapshot: Snapshot, today: date, asked: Action | Scope) -> Untold:
    """Return who has not been told of an action, or of what in a part of the work."""
    if isinstance(asked, Action):
        return Untold(None, today, (telling(snapshot, today, asked),), 1)
    if asked.kind == "agency":
        return _of_agency(snapshot, today, asked)
    inside = [
        telling(snapshot, today, action)
        for action in expected(snapshot)
        if asked.touches(action.issues) or asked.id in action.named()
    ]
    bare = (each.action for each in inside if not (each.open or each.told or each.cleared))
    waiting = tuple(each for each in inside if each.open)
    return Untold(asked, today, waiting, len(inside), tuple(bare))


def _of_agency(snapshot: Snapshot, today: date, scope: Scope) -> Untold:
    them = family(snapshot, scope.id)
    naming = sum(not them.isdisjoint(action.named()) for action in expected(snapshot))
    return Untold(scope, today, tuple(untold_to(snapshot, today, them)), naming)


def untold_to(snapshot: Snapshot, today: date, them: Collection[str]) -> Iterator[Telling]:
    """Yield the expected actions that some have not heard of, nearest first, with them alone.

    An action that hits an issue of theirs and doesn't name them counts, but is not open.
    """
    for action in expected(snapshot):
        own = narrowed(telling(snapshot, today, action), them)
        if own.open or own.unlisted:
            yield own


def expected(snapshot: Snapshot) -> list[Action]:
    """Return the actions that are still to come, nearest first."""
    found = [action for action in snapshot.actions if action.status == "expected"]
    return sorted(found, key=lambda action: (action.when.start, action.when.end, action.id))
