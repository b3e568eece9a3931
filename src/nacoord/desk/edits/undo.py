"""`undo`: take back what one commit changed, field by field, where nothing came after it."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from nacoord.model.edit import edits_between
from nacoord.model.errors import NacoordError
from nacoord.model.merging.clash import Clash
from nacoord.model.merging.values import Merge
from nacoord.model.past import KeptPast
from nacoord.model.past import Past
from nacoord.model.proposal import Keep
from nacoord.model.proposal import Proposal
from nacoord.model.proposal import Remove
from nacoord.model.proposal import Rename
from nacoord.model.proposal import Revise
from nacoord.model.proposal import Rewrite
from nacoord.model.proposal import Step


class TouchedSinceError(NacoordError):
    """Later changes touched the same values."""


def undo(
    pasts: Sequence[Past],
    values: Mapping[str, Any],
    commit: str,
    subject: str,
    kept: Sequence[KeptPast] = (),
) -> Proposal:
    """Propose to take back what a commit changed.

    Args:
        pasts: what it did.
        values: the value of each record's file as it stands.
        commit: its short id.
        subject: what it said.
        kept: what it did to files that are no records.

    Raises:
        TouchedSinceError: when a value it set has been set again since.
    """
    steps: list[Step] = []
    clashes: list[str] = []
    pairs = _renamed(pasts)
    for came, gone in pairs:
        steps += _rename_back(came, gone, values, clashes)
    paired = {past.id for pair in pairs for past in pair}
    for past in pasts:
        if past.id not in paired:
            steps += _back(past, values.get(past.id), clashes)
    for file in kept:
        if file.now == file.new:
            steps.append(Keep(file.path, file.old))
        elif file.now != file.old:
            clashes.append(f"{file.path} ({'removed' if file.now is None else 'changed'} since)")
    if clashes:
        raise TouchedSinceError(
            f"later changes touched the same: {'; '.join(clashes)}",
            hint="see them with: nacoord history ID\nthen set the values you want with: nacoord set",
        )
    if not steps:
        raise TouchedSinceError(f"{commit} is undone already", hint="nothing is left of it")
    # What comes back comes before what goes, so that references always lead somewhere.
    return Proposal("undo", tuple(steps), f"undo {commit}: {subject}")


def _back(past: Past, now: Any, clashes: list[str]) -> list[Step]:
    """Return what takes back the change of one record; fill in what clashes."""
    if past.old is None:
        if now == past.new_value:
            return [Remove(past.id)]
        clashes.append(f"{past.id} (changed since it was made)")
    elif past.new is None:
        if now is None:
            return [Rewrite(past.id, past.kind, past.old)]
        clashes.append(f"{past.id} (made anew)")
    elif now is None:
        clashes.append(f"{past.id} (removed since)")
    else:
        target = _without(past.id, now, past.new_value, past.old_value, clashes)
        edits = tuple(edits_between(now, target))
        return [Revise(past.id, edits)] if edits else []
    return []


def _renamed(pasts: Sequence[Past]) -> list[tuple[Past, Past]]:
    """Return the records that a commit renamed, or renamed back: as they came, and as they went."""
    came = [past for past in pasts if past.old is None]
    gone = {past.id: past for past in pasts if past.new is None}
    found = []
    for past in came:
        former = _former(past.new_value)
        other = gone.get(former) if former else None
        if other is None:
            other = next((one for one in gone.values() if _former(one.old_value) == past.id), None)
        if other is not None:
            found.append((past, other))
    return found


def _former(value: Any) -> str | None:
    names = value.get("formerly") if isinstance(value, dict) else None
    return str(names[-1]) if names else None


def _rename_back(
    came: Past, gone: Past, values: Mapping[str, Any], clashes: list[str]
) -> list[Step]:
    now = values.get(came.id)
    if now is None or gone.id in values:
        clashes.append(f"{came.id} ({'removed since' if now is None else gone.id + ' made anew'})")
        return []
    target = _without(came.id, now, came.new_value, gone.old_value, clashes)
    edits = tuple(edits_between(now, target))
    return [*([Revise(came.id, edits)] if edits else []), Rename(came.id, gone.id)]


def _without(id: str, now: Any, new: Any, old: Any, clashes: list[str]) -> Any:
    """Return a value without the step from old to new; fill in what has been set again since.

    It is a merge: what stands now, and the step back, both go back to what the commit made.
    """

    def decide(clash: Clash) -> Any:
        entry = f" [{clash.entry}]" if clash.entry else ""
        clashes.append(f"{id}: {clash.field}{entry}")
        return clash.ours

    return Merge(decide, _no_text).values(new, now, old)


def _no_text(base: str, ours: str, theirs: str) -> None:
    """Merge no text by lines: a text that was changed since is for a person to see."""
