"""A promise and the contact at which it was made name each other."""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.checks.report import fault
from nacoord.desk.checks.shift import Among
from nacoord.desk.checks.shift import Shift
from nacoord.model.fault import Fault
from nacoord.model.kinds.commitment import Commitment
from nacoord.model.kinds.engagement import Engagement
from nacoord.model.snapshot import Snapshot


def check(snapshot: Snapshot, among: Among) -> Iterator[Fault]:
    """Yield `one-sided-promise` when an engagement and a commitment disagree about each other."""
    for engagement in among.of(snapshot, Engagement):
        for index, id in enumerate(engagement.commitments):
            commitment = snapshot.get(Commitment, id)
            said = commitment.said.engagement if commitment and commitment.said else None
            if commitment and said != engagement.id:
                message = f'"{id}" does not say that it was made here'
                hint = f"add said: {{engagement: {engagement.id}}} to {id}"
                path = ("commitments", index)
                yield fault(snapshot, engagement.id, "one-sided-promise", message, path, hint)
    for commitment in among.of(snapshot, Commitment):
        if commitment.said and commitment.said.engagement:
            made_at = snapshot.get(Engagement, commitment.said.engagement)
            if made_at and commitment.id not in made_at.commitments:
                message = f'"{made_at.id}" does not list this commitment'
                hint = f"add {commitment.id} to the commitments of {made_at.id}"
                where = ("said", "engagement")
                yield fault(snapshot, commitment.id, "one-sided-promise", message, where, hint)


def reach(shift: Shift) -> Among:
    """Return what differs, and those of the other side of which it says otherwise now."""
    came: list[str] = []
    named: set[str] = set()
    for id, old, new in shift.pairs(Engagement):
        if old and new:
            named.update(set(old.commitments) ^ set(new.commitments))
        elif new:
            came.append(id)
    for id, before, after in shift.pairs(Commitment):
        if before and after:
            named.update({_made_at(before), _made_at(after)} - {""})
        elif after:
            came.append(id)
    return shift.seen_from(came, also=named)


def _made_at(commitment: Commitment) -> str:
    return (commitment.said and commitment.said.engagement) or ""
