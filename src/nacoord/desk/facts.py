"""From history's entries to the facts that rules ask for."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from nacoord.desk.chronicle import Entry
from nacoord.model.facts import Facts
from nacoord.model.facts import Move
from nacoord.model.snapshot import Snapshot

# The fields whose changes rules ask about.
WATCHED = frozenset(
    {
        "due",
        "next_step.due",
        "next_step.what",
        "milestones.due",
        "decisions.due",
        "positions.stance",
    }
)


def facts_of(
    snapshot: Snapshot,
    today: date,
    touched: Mapping[str, Iterable[date]],
    entries: Iterable[Entry],
    uncommitted: Iterable[str] = (),
) -> Facts:
    """Return what history says up to a day; what was committed later is not known yet.

    Args:
        touched: for each record, by any id it had, the days on which commits changed it.
        entries: commits that changed a watched field, in any order.
        uncommitted: the ids of records whose files differ from the newest commit.
    """
    present = _present_ids(snapshot)
    newest: dict[str, date] = {}
    began: date | None = None
    for id, days in touched.items():
        known = [day for day in days if day <= today]
        if known:
            now = present.get(id, id)
            newest[now] = max([*known, newest.get(now, date.min)])
            began = min([*known, began or date.max])
    moves = [
        Move(
            present.get(record.id, record.id),
            change.field,
            change.entry,
            change.old,
            change.new,
            entry.on,
            entry.commit,
        )
        for entry in entries
        if entry.on <= today
        for record in entry.records
        for change in record.fields
        if change.field in WATCHED
    ]
    # What git gives newest first stays in its order within a day.
    moves.reverse()
    moves.sort(key=lambda move: move.on)
    return Facts(began, MappingProxyType(newest), tuple(moves), tuple(sorted(uncommitted)))


def _present_ids(snapshot: Snapshot) -> dict[str, str]:
    """Return the present id of each record by the ids it had before."""
    return {former: record.id for record in snapshot.records.values() for former in record.formerly}
