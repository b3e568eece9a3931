"""Snapshot: the whole record at one moment.

Every question is a pure function of a Snapshot and of today's date.
"""

from __future__ import annotations

from collections.abc import ItemsView
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from collections.abc import ValuesView
from dataclasses import dataclass
from dataclasses import field
from functools import cached_property
from operator import itemgetter
from types import MappingProxyType
from typing import Any
from typing import TypeVar
from typing import cast
from typing import overload

from nacoord.model.fault import Fault
from nacoord.model.kinds.action import Action
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.clock import Clock
from nacoord.model.kinds.commitment import Commitment
from nacoord.model.kinds.engagement import Engagement
from nacoord.model.kinds.issue import Issue
from nacoord.model.kinds.person import Person
from nacoord.model.office import FORMAT
from nacoord.model.office import Office

R = TypeVar("R", bound=Record)
T = TypeVar("T")
Shelf = Mapping[str, Record]


class Records(Mapping[str, Record]):
    """The records of all kinds by id, sorted by id; a kind is read when it is first asked for.

    Looking up an id, or asking for one kind, reads no other; walking over all reads all.
    """

    def __init__(self, shelves: Mapping[type[Record], Shelf]) -> None:
        self._shelves = shelves
        self._whole: dict[str, Record] | None = None

    def shelf(self, model: type[Record]) -> Shelf:
        """Return the records of one kind by id, sorted by id."""
        return self._shelves.get(model, MappingProxyType({}))

    def __getitem__(self, id: str) -> Record:
        for shelf in self._shelves.values():
            if id in shelf:
                return shelf[id]
        raise KeyError(id)

    @overload
    def get(self, id: str, /) -> Record | None: ...
    @overload
    def get(self, id: str, /, default: Record | T) -> Record | T: ...
    def get(self, id: str, /, default: Any = None) -> Any:
        """Return the record with this id, or the default."""
        for shelf in self._shelves.values():
            if (found := shelf.get(id)) is not None:
                return found
        return default

    def __contains__(self, id: object) -> bool:
        return any(id in shelf for shelf in self._shelves.values())

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(id for shelf in self._shelves.values() for id in shelf))

    def __len__(self) -> int:
        return sum(map(len, self._shelves.values()))

    def _all(self) -> dict[str, Record]:
        if self._whole is None:
            pairs = (pair for shelf in self._shelves.values() for pair in shelf.items())
            self._whole = dict(sorted(pairs, key=itemgetter(0)))
        return self._whole

    def naming(self, id: str) -> Iterator[Record]:
        """Yield the records that may refer to one; what surely doesn't is left out where that is known."""
        for shelf in self._shelves.values():
            yield from may_name(shelf, id)

    def having(self, words: Sequence[str]) -> Iterator[Record]:
        """Yield the records that may have every folded word somewhere; others likewise."""
        for shelf in self._shelves.values():
            yield from may_have(shelf, words)

    def values(self) -> ValuesView[Record]:
        """Return all records."""
        return self._all().values()

    def items(self) -> ItemsView[str, Record]:
        """Return all records with their ids."""
        return self._all().items()


def may_name(shelf: Shelf, id: str) -> Iterable[Record]:
    """Return the records of a shelf that may refer to one: all of one that doesn't know."""
    naming = getattr(shelf, "naming", None)
    return shelf.values() if naming is None else cast("Iterable[Record]", naming(id))


def may_have(shelf: Shelf, words: Sequence[str]) -> Iterable[Record]:
    """Return the records of a shelf that may have every folded word: all of one that doesn't know."""
    having = getattr(shelf, "having", None)
    return shelf.values() if having is None else cast("Iterable[Record]", having(words))


class Files(Mapping[str, str]):
    """The file of each record, as it should be printed: its kind's folder tells it."""

    def __init__(self, records: Records, folders: Mapping[type[Record], str]) -> None:
        self._records = records
        self._folders = folders

    def __getitem__(self, id: str) -> str:
        for model, folder in self._folders.items():
            if id in self._records.shelf(model):
                return f"{folder}{id}.yaml"
        raise KeyError(id)

    def __contains__(self, id: object) -> bool:
        return id in self._records

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)


@dataclass(frozen=True)
class Snapshot:
    """All records of a set, as they were at one moment.

    Attributes:
        office: what `nacoord.yaml` says.
        records: every record that could be read, by id.
        files: the file of each record, as it should be printed.
        faults: what was wrong while reading; never hidden.
        office_file: the path of `nacoord.yaml`, as it should be printed.
        broken: ids of files that exist and could not be read, with the kind of their folder.
        state: what tells it from a Snapshot of any other content; empty where that is not known.
        format: the format that its files are in; what they say is always in today's.
    """

    office: Office
    records: Records
    files: Mapping[str, str]
    faults: tuple[Fault, ...] = ()
    office_file: str = "nacoord.yaml"
    broken: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    state: bytes = b""
    format: int = FORMAT

    def of(self, model: type[R]) -> Iterator[R]:
        """Yield the records of one kind, by id; of all kinds for what every record is."""
        found = self.records if model is Record else self.records.shelf(model)
        return cast("Iterator[R]", iter(found.values()))

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
        if not id:
            return None
        found = self.records if model is Record else self.records.shelf(model)
        return cast("R | None", found.get(id))

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
    format: int = FORMAT,
) -> Snapshot:
    """Put a Snapshot together from (file, record) pairs, in any order."""
    pairs = sorted(records, key=lambda pair: pair[1].id)
    shelves: dict[type[Record], dict[str, Record]] = {}
    for _, record in pairs:
        shelves.setdefault(type(record), {})[record.id] = record
    return Snapshot(
        office=office,
        records=Records(shelves),
        files=MappingProxyType({record.id: file for file, record in pairs}),
        faults=tuple(faults),
        office_file=office_file,
        broken=MappingProxyType(dict(broken or {})),
        format=format,
    )
