"""`tell`, `clear` and `object`: who has heard of an action, and who has agreed to its text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from nacoord.desk.edits.assign import NoChangeError
from nacoord.desk.lookup import find_among
from nacoord.model.edit import Drop
from nacoord.model.edit import Edit
from nacoord.model.edit import Put
from nacoord.model.kinds.action import Action
from nacoord.model.kinds.base import Record
from nacoord.model.proposal import Proposal
from nacoord.model.proposal import Revise
from nacoord.model.snapshot import Snapshot


def tell(
    snapshot: Snapshot,
    word: str,
    who: Sequence[str],
    on: date,
    by: str | None = None,
    how: str | None = None,
) -> Proposal:
    """Propose that stakeholders have been told of an action.

    Raises:
        UsageError: when there is no such action or stakeholder.
        NoChangeError: when all have been told that day.
    """
    action = _action(snapshot, word)
    teller = _party(snapshot, by).id if by else None
    told = {(entry.who, entry.on) for entry in action.told}
    edits: list[Edit] = []
    names = []
    for party in dict.fromkeys(_party(snapshot, each).id for each in who):
        if (party, on) in told:
            continue
        entry: dict[str, Any] = {"who": party, "on": on}
        entry |= {key: value for key, value in (("by", teller), ("how", how)) if value}
        edits.append(Put(("told", len(action.told) + len(edits)), entry))
        names.append(party)
    if not edits:
        raise NoChangeError(f"all of them were told of {action.id} on {on} already")
    subject = f"{action.id}: told {', '.join(names)}"
    return Proposal("tell", (Revise(action.id, tuple(edits)),), subject)


def clear(
    snapshot: Snapshot, word: str, who: str, on: date, comment: str | None = None
) -> Proposal:
    """Propose that a stakeholder has cleared an action's text as it stands.

    Raises:
        UsageError: when there is no such action or stakeholder.
        NoChangeError: when it has cleared this text.
    """
    return _say(snapshot, word, who, on, "cleared", comment)


def object_to(
    snapshot: Snapshot, word: str, who: str, on: date, comment: str | None = None
) -> Proposal:
    """Propose that a stakeholder objects to an action's text as it stands.

    Raises:
        UsageError: when there is no such action or stakeholder.
        NoChangeError: when it has objected to this text.
    """
    return _say(snapshot, word, who, on, "objected", comment)


# For each status: the verb of the change, what its subject says, and what is said of it later.
_SAID = {
    "cleared": ("clear", "cleared", "has cleared"),
    "objected": ("object", "objects", "has objected to"),
}


def _say(
    snapshot: Snapshot, word: str, who: str, on: date, status: str, comment: str | None
) -> Proposal:
    verb, says, has_said = _SAID[status]
    action = _action(snapshot, word)
    party = _party(snapshot, who).id
    places = [index for index, entry in enumerate(action.clearances) if entry.who == party]
    index = places[0] if places else len(action.clearances)
    wanted: dict[str, Any] = {"status": status, "on": on, "text": action.fingerprint()}
    if comment:
        wanted["comment"] = comment
    edits: list[Edit]
    if places:
        old = action.clearances[index]
        if old.status == status and old.text == wanted["text"] and not comment:
            raise NoChangeError(f"{party} {has_said} this text already")
        edits = [Put(("clearances", index, key), value) for key, value in wanted.items()]
        if old.comment and not comment and old.status != status:
            # What was said against a text is not said of its clearance; history keeps it.
            edits.append(Drop(("clearances", index, "comment")))
    else:
        edits = [Put(("clearances", index), {"who": party, **wanted})]
    return Proposal(verb, (Revise(action.id, tuple(edits)),), f"{action.id}: {party} {says}")


def _action(snapshot: Snapshot, word: str) -> Action:
    found = find_among(snapshot, word, snapshot.actions, "action")
    assert isinstance(found, Action)
    return found


def _party(snapshot: Snapshot, word: str) -> Record:
    return find_among(snapshot, word, [*snapshot.agencies, *snapshot.people], "stakeholder")
