"""`meet` and `close`: a promise kept, a record that is done with."""

from __future__ import annotations

from datetime import date
from typing import Any

from nacoord.desk.edits.assign import NoChangeError
from nacoord.desk.lookup import find_among
from nacoord.desk.lookup import find_record
from nacoord.model.edit import Drop
from nacoord.model.edit import Edit
from nacoord.model.edit import Put
from nacoord.model.errors import UsageError
from nacoord.model.kinds.action import Action
from nacoord.model.kinds.commitment import Commitment
from nacoord.model.kinds.issue import Issue
from nacoord.model.kinds.table import kind_of
from nacoord.model.proposal import Proposal
from nacoord.model.proposal import Revise
from nacoord.model.snapshot import Snapshot

# How a record of a kind can end; the first is meant when nothing is said.
ENDINGS: dict[type[Any], tuple[str, ...]] = {
    Issue: ("resolved", "dropped"),
    Commitment: ("missed", "withdrawn", "superseded"),
    Action: ("happened", "withdrawn"),
}


def meet(snapshot: Snapshot, word: str, evidence: str, url: str | None, on: date) -> Proposal:
    """Propose that a promise was kept, with the proof.

    Raises:
        UsageError: when there is no such commitment.
        NoChangeError: when it is met already.
    """
    found = find_among(snapshot, word, snapshot.commitments, "commitment")
    assert isinstance(found, Commitment)
    if found.status == "met":
        raise NoChangeError(f"{found.id} is met already")
    proof: dict[str, Any] = {"what": evidence, "on": on}
    if url:
        proof["url"] = url
    edits: tuple[Edit, ...] = (
        Put(("status",), "met"),
        Put(("evidence", len(found.evidence)), proof),
    )
    subject = f"{found.id}: {found.status} → met, “{evidence}”"
    return Proposal("meet", (Revise(found.id, edits),), subject)


def close(snapshot: Snapshot, word: str, how: str | None) -> Proposal:
    """Propose that an issue, a promise or an action is done with.

    Raises:
        UsageError: when the record can't end that way.
        NoChangeError: when it has.
    """
    record = find_record(snapshot, word)
    ways = ENDINGS.get(type(record), ())
    if not ways:
        raise UsageError(
            f"{record.id} is a {kind_of(record).name}, which does not close",
            hint="an issue, a commitment or an action does",
        )
    if how is None and isinstance(record, Commitment):
        raise UsageError(
            f"how did {record.id} end?",
            hint=f"kept: nacoord meet {record.id} --evidence TEXT\nelse: --as {' or --as '.join(ways)}",
        )
    status = how or ways[0]
    if status not in ways:
        raise UsageError(f'"{status}" is no way to close it', hint=f"use {', '.join(ways)}")
    if getattr(record, "status", None) == status:
        raise NoChangeError(f"{record.id} is {status} already")
    edits: list[Edit] = [Put(("status",), status)]
    if isinstance(record, Issue) and record.next_step:
        # What was to be done next is not to be done any more; history keeps it.
        edits.append(Drop(("next_step",)))
    subject = f"{record.id}: {record.status} → {status}"  # type: ignore[attr-defined]
    return Proposal("close", (Revise(record.id, tuple(edits)),), subject)
