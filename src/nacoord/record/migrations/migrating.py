"""The files of a record brought to today's format, and the proof that it still says the same."""

from __future__ import annotations

from nacoord.model.errors import NacoordError
from nacoord.model.office import FILE
from nacoord.model.snapshot import Snapshot
from nacoord.record.files import Refused
from nacoord.record.files import Store
from nacoord.record.migrations.upgrade import NAMING
from nacoord.record.migrations.upgrade import upgraded_text


class UnreadRecordError(NacoordError):
    """A file can't be read, so that it can't be migrated."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            "nothing was changed: what can't be read can't be migrated",
            hint="see what to mend with: nacoord check",
        )


class NotAsReadError(NacoordError):
    """The migrated record would not say what it said before."""

    def __init__(self) -> None:
        super().__init__(
            "nothing was changed: the migrated record would not say what it says now",
            hint="this is a bug in nacoord; please report it",
        )


def texts(store: Store, start: int) -> dict[str, bytes | None]:
    """Return the files that differ in today's format, by path.

    Args:
        store: the record as its files have it.
        start: the format they are in.
    """
    found: dict[str, bytes | None] = {}
    paths = [entry.path for entry in store.entries() if entry.kind and not entry.refused]
    for path in (FILE, *paths):
        data = store.read(path)
        if isinstance(data, Refused):
            raise UnreadRecordError
        new = upgraded_text(path, data, start)
        if new != data:
            found[path] = new
    return found


def differs(before: Snapshot, after: Snapshot) -> bool:
    """Tell whether two readings of a record say different things."""
    offices = [
        {key: value for key, value in vars(each.office).items() if key not in NAMING}
        for each in (before, after)
    ]
    return offices[0] != offices[1] or dict(before.records) != dict(after.records)
