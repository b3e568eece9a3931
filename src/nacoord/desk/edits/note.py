"""`note`: a dated, signed remark on a record."""

from __future__ import annotations

from datetime import date

from nacoord.desk.lookup import find_record
from nacoord.model.edit import Put
from nacoord.model.errors import UsageError
from nacoord.model.proposal import Proposal
from nacoord.model.proposal import Revise
from nacoord.model.snapshot import Snapshot


def note(snapshot: Snapshot, word: str, text: str, by: str, today: date) -> Proposal:
    """Propose a note on a record.

    Raises:
        UsageError: when there is no such record, or nothing is said.
    """
    record = find_record(snapshot, word)
    if not text.strip():
        raise UsageError("the note is empty", hint=f'nacoord note {record.id} "what happened"')
    entry = {"on": today, "by": by, "text": text.strip()}
    step = Revise(record.id, (Put(("notes", len(record.notes)), entry),))
    return Proposal("note", (step,))
