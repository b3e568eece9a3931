"""Snapshots of what is kept: each kind a shelf, and only what can't be kept read from its file."""

from __future__ import annotations

import marshal
from collections.abc import Callable
from collections.abc import Sequence
from functools import partial
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple
from typing import Protocol

from nacoord.model.errors import NacoordError
from nacoord.model.fault import Fault
from nacoord.model.fault import Origin
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.table import KINDS
from nacoord.model.kinds.table import Kind
from nacoord.model.kinds.table import kind_of
from nacoord.model.office import FILE
from nacoord.model.office import Office
from nacoord.model.snapshot import Files
from nacoord.model.snapshot import Records
from nacoord.model.snapshot import Snapshot
from nacoord.record.cache.database import Database
from nacoord.record.cache.database import Kept
from nacoord.record.cache.listing import Listing
from nacoord.record.cache.shelf import Shelf
from nacoord.record.files import Entry
from nacoord.record.files import Store
from nacoord.record.files import shown_file

if TYPE_CHECKING:
    from nacoord.model.overlay import OtherShelf


class UnsuitedError(Exception):
    """A record that can't be read by way of what is kept; it must be read from its files."""


class ChangedError(NacoordError):
    """A file changed while the record was read."""

    exit_code = 3

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} changed while it was read", hint="run the command again")


class Folder(NamedTuple):
    """A folder of a kind, known.

    Attributes:
        listing: what is known of it.
        kept: what is to be kept of it, when that is new.
    """

    listing: Listing
    kept: Kept | None = None


class Place(Protocol):
    """Where a record stands: a work tree or a commit."""

    @property
    def name(self) -> str:
        """What tells it from other records in the same repository; empty for one of too many."""
        ...

    def folders(self, database: Database) -> dict[str, Folder]:
        """Return each kind's folder; raise UnsuitedError when that can't be done."""
        ...

    def office(self) -> tuple[str, bytes]:
        """Return the key of nacoord.yaml, and how it stands; no key when it can't be kept."""
        ...

    def again(self, kind: Kind, names: Sequence[str]) -> list[Entry]:
        """Return what some names in a kind's folder are; nothing for what is nobody's business."""
        ...

    def strays(self) -> list[Entry]:
        """Return the folders with records beside the kinds' folders."""
        ...


def office_of(place: Place, database: Database, read: Callable[[], Office]) -> tuple[Office, bytes]:
    """Return what nacoord.yaml says, also as it is kept: from there, or as it is read, and then kept.

    Args:
        place: where the record stands.
        database: what is kept.
        read: reads the file; what it raises is raised.
    """
    key, stand = place.office()
    found = database.listing(key) if key else None
    if found is not None and found.stand == stand:
        return Office.of(marshal.loads(found.data)), found.data
    office = read()
    # Before anybody asks it for anything: it still says what the file says.
    said = marshal.dumps(vars(office), 2)
    if key:
        database.keep([Kept(key, stand, said)])
    return office, said


def snapshot_of(
    place: Place, store: Store, shown: str, office: tuple[Office, bytes], database: Database
) -> Snapshot:
    """Return the Snapshot of a record, and keep what was new in it.

    Raises:
        UnsuitedError: when it must be read from its files.
    """
    folders = place.folders(database)
    new = [folder.kept for folder in folders.values() if folder.kept is not None]
    state = b"".join(folder.listing.name for folder in folders.values())
    key = f"state:{place.name}"
    found = database.listing(key) if place.name else None
    if found is not None and found.stand == state:
        twice = frozenset(marshal.loads(found.data))
    else:
        twice = _ids_twice(folders)
        new += [Kept(key, state, marshal.dumps(sorted(twice), 2))] if place.name else []
    fresh: dict[tuple[bytes, str], bytes] = {}
    for each in new:
        fresh.update(each.parts)
    if new:
        database.keep(new)
    again = _Again(place, store, shown, office[0], folders, twice)
    shelves: dict[type[Record], Any] = {}
    for kind in KINDS.values():
        listing = folders[kind.name].listing
        own = again.records[kind.name]
        doubtful = twice.intersection(listing.ids)
        shelf = Shelf(
            kind.model,
            listing.ids,
            listing.chunks,
            partial(_part, database, fresh),
            partial(_refill, database, store, kind),
            {id: record for id, record in own.items() if id not in doubtful},
        )
        shelves[kind.model] = _without(shelf, doubtful, own) if doubtful else shelf
    records = Records(shelves)
    prefixes = {kind.model: shown_file(shown, f"{kind.folder}/") for kind in KINDS.values()}
    return Snapshot(
        office=office[0],
        records=records,
        files=Files(records, prefixes),
        faults=tuple(again.faults),
        office_file=shown_file(shown, FILE),
        broken=MappingProxyType(again.broken),
        # What is read again each time has no name.
        state=b"" if again.faults or any(again.records.values()) else state + office[1],
    )


def faults_of(
    place: Place, database: Database, snapshot: Snapshot, find: Callable[[Snapshot], list[Fault]]
) -> list[Fault]:
    """Return what doesn't hold in a Snapshot: as it is kept, or as it is found, and then kept.

    Args:
        place: where the record stands.
        database: what is kept.
        snapshot: the record.
        find: finds what doesn't hold, and looks at nothing but the Snapshot.
    """
    if not snapshot.state or not place.name:
        return find(snapshot)
    key = f"faults:{place.name}:{snapshot.office_file}"
    kept = database.listing(key)
    if kept is not None and kept.stand == snapshot.state:
        return [
            Fault._make((*each[:3], Origin._make(each[3]), *each[4:]))
            for each in marshal.loads(kept.data)
        ]
    found = find(snapshot)
    data = [(*each[:3], tuple(each.origin), *each[4:]) for each in found]
    database.keep([Kept(key, snapshot.state, marshal.dumps(data, 2))])
    return found


def _part(
    database: Database, fresh: dict[tuple[bytes, str], bytes], key: bytes, what: str
) -> bytes:
    found = fresh.get((key, what))
    return database.part(key, what) if found is None else found


def _ids_twice(folders: dict[str, Folder]) -> frozenset[str]:
    """Return the ids of which files of several kinds can be: which of them counts, the files tell."""
    seen: set[str] = set()
    twice: set[str] = set()
    for folder in folders.values():
        again = (name[:-5] for name in folder.listing.again if name.endswith(".yaml"))
        own = set(chain(folder.listing.ids, again))
        twice |= seen & own
        seen |= own
    return frozenset(twice)


def _without(shelf: Shelf, ids: frozenset[str], read: dict[str, Record]) -> OtherShelf:
    """Return a shelf in which some records are as they were read now, or are not there."""
    from nacoord.model.overlay import OtherShelf

    return OtherShelf(shelf, {id: read.get(id) for id in ids})


class _Again:
    """What is read again each time: files that can't be read, what is no plain file, and ids in doubt."""

    def __init__(
        self,
        place: Place,
        store: Store,
        shown: str,
        office: Office,
        folders: dict[str, Folder],
        twice: frozenset[str],
    ) -> None:
        self.records: dict[str, dict[str, Record]] = {name: {} for name in folders}
        self.faults: list[Any] = []
        self.broken: dict[str, str] = {}
        entries = [
            entry
            for name, folder in folders.items()
            if (names := _names_again(folder.listing, twice))
            for entry in place.again(KINDS[name], names)
        ]
        entries += place.strays()
        if not entries:
            return
        from nacoord.record.reading import Loading

        loading = Loading(store, shown, office)
        for entry in entries:
            loading.take(entry)
        for id, (_, record) in loading.records.items():
            self.records[kind_of(record).name][id] = record
        self.faults, self.broken = loading.faults, loading.broken


def _names_again(listing: Listing, twice: frozenset[str]) -> tuple[str, ...]:
    return (*listing.again, *(f"{id}.yaml" for id in sorted(twice.intersection(listing.ids))))


def _refill(database: Database, store: Store, kind: Kind, ids: Sequence[str]) -> dict[str, Record]:
    """Read records from their files, since what was kept of them is lost; keep nothing any more."""
    from nacoord.record.reading import read_file

    database.drop()
    found = {}
    for id in ids:
        path = f"{kind.folder}/{id}.yaml"
        record, _ = read_file(store, kind.model, path, path, {"id": id})
        if record is None:
            raise ChangedError(path)
        found[id] = record
    return found
