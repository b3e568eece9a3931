"""What a check looks at: the whole record, or only what a change can have made wrong."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from typing import TypeVar

from nacoord.model.kinds.base import Record
from nacoord.model.references import ids_held
from nacoord.model.snapshot import Snapshot

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Among:
    """The records a check looks at.

    Attributes:
        ids: which; None for all.
    """

    ids: frozenset[str] | None = None

    def of(self, snapshot: Snapshot, model: type[R]) -> Iterator[R]:
        """Yield those of one kind (`Record` for every kind), by id."""
        if self.ids is None:
            return snapshot.of(model)
        return (found for id in sorted(self.ids) if (found := snapshot.get(model, id)))


EVERYTHING = Among()
NOTHING = Among(frozenset())


@dataclass(frozen=True)
class Shift:
    """A change between two states of a record, as the checks see it.

    Attributes:
        before: the record as it stands.
        after: as it will be.
        ids: the records that come, go or differ; all others are the same in both.
    """

    before: Snapshot
    after: Snapshot
    ids: frozenset[str]
    # Several checks ask who refers to the same records.
    _told: dict[str, list[str]] = field(default_factory=dict)

    def pairs(self, model: type[R]) -> Iterator[tuple[str, R | None, R | None]]:
        """Yield what was and what will be of each record that is of a kind before or after."""
        for id in sorted(self.ids):
            old, new = self.before.get(model, id), self.after.get(model, id)
            if old or new:
                yield id, old, new

    def own(self) -> Among:
        """Return the records that differ: enough where each shows its faults by itself."""
        return Among(self.ids)

    def seen_from(self, ids: Iterable[str], *, also: Iterable[str] = ()) -> Among:
        """Return the records that differ, those that refer to some of them, and some more."""
        referring = (self._referring(id) for id in ids)
        return Among(self.ids.union(also, *referring))

    def _referring(self, id: str) -> list[str]:
        """Return who refers to a record; where it is known who may, no other is looked at."""
        if id not in self._told:
            naming = self.after.records.naming(id)
            self._told[id] = [record.id for record in naming if id in ids_held(record)]
        return self._told[id]
