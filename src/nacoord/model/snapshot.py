"""Snapshot: the whole record at one moment.

Every question is a pure function of a Snapshot and of today's date.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from nacoord.model.fault import Fault
from nacoord.model.kinds.action import Action
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.clock import Clock
from nacoord.model.kinds.commitment import Commitment
from nacoord.model.kinds.engagement import Engagement
from nacoord.model.kinds.issue import Issue
from nacoord.model.kinds.person import Person
from nacoord.model.office import Office

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Snapshot:
    """All records of a set, as they were at one moment.

    Attributes:
        office: what `nacoord.yaml` says.
        records: every record that could be read, by id, sorted by id.
        files: the file of each record, as it should be printed.
        faults: what was wrong while reading; never hidden.
        office_file: the path of `nacoord.yaml`, as it should be printed.
        broken: ids of files that exist and could not be read, with the kind of their folder.
    """

    office: Office
    records: Mapping[str, Record]
    files: Mapping[str, str]
    faults: tuple[Fault, ...] = ()
    office_file: str = "nacoord.yaml"
    broken: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, model: type[R]) -> Iterator[R]:
        """Yield the records of one kind, by id."""
        return (record for record in self.records.values() if isinstance(record, model))

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """Every issue, by id."""
        return tuple(self.of(Issue))

    @cached_property
    def agencies(self) -> tuple[Agency, ...]:
        """Every agency, by id."""
        return tuple(self.of(Agency))

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Every person, by id."""
        return tuple(self.of(Person))

    @cached_property
    def commitments(self) -> tuple[Commitment, ...]:
        """Every commitment, by id."""
        return tuple(self.of(Commitment))

    @cached_property
    def engagements(self) -> tuple[Engagement, ...]:
        """Every engagement, by id."""
        return tuple(self.of(Engagement))

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """Every action, by id."""
        return tuple(self.of(Action))

    @cached_property
    def clocks(self) -> tuple[Clock, ...]:
        """Every clock, by id."""
        return tuple(self.of(Clock))

    def get(self, model: type[R], id: str | None) -> R | None:
        """Return the record with this id when it is of this kind, else None."""
        record = self.records.get(id) if id else None
        return record if isinstance(record, model) else None

    def name(self, id: str | None) -> str:
        """Return the title of a record, or the id itself when there is no such record."""
        record = self.records.get(id) if id else None
        return record.title if record else id or ""

    @property
    def whole(self) -> bool:
        """True when every file of the set could be read."""
        return not any(fault.unread for fault in self.faults)


def snapshot(
    office: Office,
    records: Iterable[tuple[str, Record]],
    *,
    faults: Iterable[Fault] = (),
    office_file: str = "nacoord.yaml",
    broken: Mapping[str, str] | None = None,
) -> Snapshot:
    """Put a Snapshot together from (file, record) pairs, in any order."""
    pairs = sorted(records, key=lambda pair: pair[1].id)
    return Snapshot(
        office=office,
        records=MappingProxyType({record.id: record for _, record in pairs}),
        files=MappingProxyType({record.id: file for file, record in pairs}),
        faults=tuple(faults),
        office_file=office_file,
        broken=MappingProxyType(dict(broken or {})),
    )
