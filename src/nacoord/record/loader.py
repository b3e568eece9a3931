"""Load a record set, from the work tree or a commit: files to a Snapshot, every fault collected.

What was read before is kept in git's folder (`record/cache`); the answer is the same without it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from nacoord.model.fault import Fault
from nacoord.model.fault import Origin
from nacoord.model.fault import Path as FieldPath
from nacoord.model.kinds.table import KINDS
from nacoord.model.office import Office
from nacoord.model.snapshot import Snapshot
from nacoord.record.files import Entry
from nacoord.record.files import Refused
from nacoord.record.files import Store
from nacoord.record.files import entry_named
from nacoord.record.files import shown_file
from nacoord.record.worktree import WorkTree

if TYPE_CHECKING:
    from nacoord.model.kinds.base import Record
    from nacoord.record.cache.database import Database
    from nacoord.record.cache.snapshots import Place
    from nacoord.record.yamltext import Document


def load(source: Path | Store, shown: str, *, keep: bool = True) -> Snapshot:
    """Read every record of a set.

    Args:
        source: where from; a folder stands for its work tree.
        shown: what messages should print before a file's path in the set; may be empty.
        keep: whether what was read before is used, and what is new kept; the answer is the same.

    Raises:
        OfficeUnreadableError: when `nacoord.yaml` can't be read.
    """
    store = _store(source)
    kept = _kept(store) if keep else None
    if kept is None:
        return _read_all(store, shown)
    from nacoord.record.cache.snapshots import UnsuitedError
    from nacoord.record.cache.snapshots import office_of
    from nacoord.record.cache.snapshots import snapshot_of

    place, database = kept
    try:
        office = office_of(place, database, lambda: _present_office(store, shown))
        return snapshot_of(place, store, shown, office, database)
    except UnsuitedError:
        return _read_all(store, shown)


def load_one(source: Path | Store, id: str, shown: str) -> Snapshot | None:
    """Read one record and nothing else; None when no file, or more than one, has that id, or a link.

    A link may lead out of the record, which only a read of everything looks at.

    Raises:
        OfficeUnreadableError: when `nacoord.yaml` can't be read.
    """
    store = _store(source)
    found = [kind for kind in KINDS.values() if store.has(f"{kind.folder}/{id}.yaml")]
    entry = entry_named(f"{id}.yaml", found[0]) if len(found) == 1 else None
    if entry is None or (isinstance(store, WorkTree) and store.by_link(entry.path)):
        return None
    from nacoord.record.reading import Loading

    store, office = _opened(store, shown)
    loading = Loading(store, shown, office)
    loading.take(entry)
    return loading.snapshot()


def load_office(source: Path | Store, shown: str) -> Office:
    """Read `nacoord.yaml` alone.

    Raises:
        OfficeUnreadableError: when it can't be read.
    """
    return _opened(_store(source), shown)[1]


def _opened(store: Store, shown: str) -> tuple[Store, Office]:
    """Return where a record is read from, and its office: as it is kept, or else as it is read."""
    kept = _kept(store)
    if kept is not None:
        from nacoord.record.cache.snapshots import UnsuitedError
        from nacoord.record.cache.snapshots import office_of

        try:
            return store, office_of(*kept, lambda: _present_office(store, shown))[0]
        except UnsuitedError:
            pass
    from nacoord.record.officefile import read_office

    return read_office(store, shown)


def faults_of(
    source: Path | Store, snapshot: Snapshot, find: Callable[[Snapshot], list[Fault]]
) -> list[Fault]:
    """Return what doesn't hold in a Snapshot; found again only when the record differs.

    Args:
        source: where the Snapshot was read from.
        snapshot: the record.
        find: finds what doesn't hold, and looks at nothing but the Snapshot.
    """
    kept = _kept(_store(source))
    if kept is None:
        return find(snapshot)
    from nacoord.record.cache import snapshots

    return snapshots.faults_of(*kept, snapshot, find)


def reload(before: Snapshot, store: Store, entries: Iterable[Entry], shown: str) -> Snapshot:
    """Return a Snapshot with some files read again; what a Store no longer has is left out.

    Args:
        before: what all other files say.
        store: where the files are read from.
        entries: the files that are new, different or gone.
        shown: what messages should print before a file's path in the set.
    """
    from nacoord.model.overlay import with_changes
    from nacoord.record.older import as_of_format
    from nacoord.record.reading import Loading

    again = list(entries)
    files = {shown_file(shown, entry.path) for entry in again}
    ids = {entry.id for entry in again}
    loading = Loading(as_of_format(store, before.format), shown, before.office)
    # An id whose file is not read again stays taken.
    loading.taken = {
        id: before.files[id] for id in ids if id in before.files and before.files[id] not in files
    }
    differing: dict[str, tuple[str, Record] | None] = dict.fromkeys(ids - loading.taken.keys())
    loading.broken = {id: kind for id, kind in before.broken.items() if id not in ids}
    loading.faults = [fault for fault in before.faults if fault.origin.file not in files]
    for entry in again:
        if store.has(entry.path):
            loading.take(entry)
    differing |= loading.records
    return with_changes(before, differing, faults=loading.faults, broken=loading.broken)


def _store(source: Path | Store) -> Store:
    return WorkTree(source) if isinstance(source, Path) else source


def _kept(store: Store) -> tuple[Place, Database] | None:
    """Return where a store stands and what is kept of it; None where nothing can be kept."""
    from nacoord.record.cache.database import Database
    from nacoord.record.recovery import git_folder
    from nacoord.record.recovery import own_folder

    root: Path | None = getattr(store, "root", None)
    folder = git_folder(root) if root is not None else None
    own = folder and own_folder(folder)
    if root is None or folder is None or own is None:
        return None
    name = os.path.relpath(os.path.realpath(root), folder.parent)
    database = Database(str(own))
    if isinstance(store, WorkTree):
        from nacoord.record.cache.workplace import WorkPlace

        return WorkPlace(store, name), database
    from nacoord.record.cache.commitplace import CommitPlace
    from nacoord.record.commits import Commit

    return (CommitPlace(store, name), database) if isinstance(store, Commit) else None


def _present_office(store: Store, shown: str) -> Office:
    """Return the office of a record in today's format; only that is kept.

    Raises:
        UnsuitedError: when it has an older one.
    """
    from nacoord.record.cache.snapshots import UnsuitedError
    from nacoord.record.officefile import read_office

    found, office = read_office(store, shown)
    if found is not store:
        raise UnsuitedError
    return office


def _read_all(store: Store, shown: str) -> Snapshot:
    from nacoord.record.officefile import read_office
    from nacoord.record.reading import Loading

    store, office = read_office(store, shown)
    loading = Loading(store, shown, office)
    for entry in store.entries():
        loading.take(entry)
    return loading.snapshot()


def locate(faults: Iterable[Fault], source: Path | Store, shown: str) -> list[Fault]:
    """Fill in line, column and source line of faults that know only their field.

    The files are composed again: that costs only when there is something to report.
    """
    places = Places(source, shown)
    return [
        fault.at(places.origin(fault.origin.file, fault.field, on_key=fault.on_key))
        if fault.origin.line is None and not fault.unread
        else fault
        for fault in faults
    ]


class Places:
    """Where fields stand in files, each file composed once and only when it is asked about."""

    def __init__(self, source: Path | Store, shown: str) -> None:
        self._store = _store(source)
        self._shown = shown
        self._documents: dict[str, Document] = {}

    def origin(self, file: str, field: FieldPath, *, on_key: bool = False) -> Origin:
        """Return where a field stands; the nearest thing around it where it is not written."""
        from nacoord.record import yamltext

        if file not in self._documents:
            data = self._store.read(file.removeprefix(shown_file(self._shown, "")))
            self._documents[file] = yamltext.read(b"" if isinstance(data, Refused) else data)
        document = self._documents[file]
        place = document.place(field, on_key=on_key)
        return Origin(file, place.line, place.column, document.line(place.line), place.width)
