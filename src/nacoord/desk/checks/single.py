"""What each record shows to be wrong by itself, as its own model says it."""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.checks.report import fault
from nacoord.desk.checks.shift import Among
from nacoord.model.fault import Fault
from nacoord.model.kinds.base import Record
from nacoord.model.snapshot import Snapshot


def check(snapshot: Snapshot, among: Among) -> Iterator[Fault]:
    """Yield the faults of every record's model, such as `met-without-evidence`."""
    for record in among.of(snapshot, Record):
        for own in record.self_faults():
            yield fault(
                snapshot, record.id, own.code, own.message, own.field, own.hint, on_key=own.on_key
            )
