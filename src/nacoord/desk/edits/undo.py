"""`undo`: take back what one commit changed, field by field, where nothing came after it."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from nacoord.model.edit import edits_between
from nacoord.model.errors import NacoordError
from nacoord.model.fault import Path
from nacoord.model.fault import dotted
from nacoord.model.identity import identity
from nacoord.model.past import Past
from nacoord.model.proposal import Proposal
from nacoord.model.proposal import Remove
from nacoord.model.proposal import Revise
from nacoord.model.proposal import Rewrite
from nacoord.model.proposal import Step


class TouchedSinceError(NacoordError):
    """Later changes touched the same values."""


def undo(pasts: Sequence[Past], values: Mapping[str, Any], commit: str, subject: str) -> Proposal:
    """Propose to take back what a commit changed.

    Args:
        pasts: what it did.
        values: the value of each record's file as it stands.
        commit: its short id.
        subject: what it said.

    Raises:
        TouchedSinceError: when a value it set has been set again since.
    """
    steps: list[Step] = []
    clashes: list[str] = []
    for past in pasts:
        now = values.get(past.id)
        if past.old is None:
            if now != past.new_value:
                clashes.append(f"{past.id} (changed since it was made)")
            else:
                steps.append(Remove(past.id))
        elif past.new is None:
            if now is not None:
                clashes.append(f"{past.id} (made anew)")
            else:
                steps.append(Rewrite(past.id, past.kind, past.old))
        elif now is None:
            clashes.append(f"{past.id} (removed since)")
        else:
            found: list[Path] = []
            target = _without(now, past.new_value, past.old_value, (), found)
            clashes += [f"{past.id}: {dotted(path)}" for path in found]
            if edits := edits_between(now, target):
                steps.append(Revise(past.id, tuple(edits)))
    if clashes:
        raise TouchedSinceError(
            f"later changes touched the same: {'; '.join(clashes)}",
            hint="see them with: nacoord history ID\nthen set the values you want with: nacoord set",
        )
    if not steps:
        raise TouchedSinceError(f"{commit} is undone already", hint="nothing is left of it")
    # What comes back comes before what goes, so that references always lead somewhere.
    return Proposal("undo", tuple(steps), f"undo {commit}: {subject}")


def _without(now: Any, new: Any, old: Any, at: Path, clashes: list[Path]) -> Any:
    """Return a value without the step from old to new; fill in the places that clash."""
    if old in (new, now):
        return now
    if now == new:
        return old
    if all(isinstance(value, dict) for value in (now, new, old)):
        return _mapping(now, new, old, at, clashes)
    if all(isinstance(value, list) for value in (now, new, old)):
        return _list(now, new, old, at, clashes)
    clashes.append(at)
    return now


def _mapping(now: Any, new: Any, old: Any, at: Path, clashes: list[Path]) -> Any:
    keys = dict.fromkeys([*now, *old])
    result = {
        key: _without(now.get(key), new.get(key), old.get(key), (*at, key), clashes) for key in keys
    }
    return {key: value for key, value in result.items() if value is not None}


def _list(now: Any, new: Any, old: Any, at: Path, clashes: list[Path]) -> Any:
    key = str(next((part for part in reversed(at) if isinstance(part, str)), ""))
    sides = [{identity(key, entry): entry for entry in side} for side in (now, new, old)]
    present, after, before = sides
    if any(len(side) != len(whole) for side, whole in zip(sides, (now, new, old), strict=True)):
        clashes.append(at)
        return now
    result = []
    for name, entry in present.items():
        kept = _without(entry, after.get(name), before.get(name), at, clashes)
        if kept is not None:
            result.append(kept)
    # What the commit took out comes back to where it was, or to the end.
    for place, (name, entry) in enumerate(before.items()):
        if name not in after and name not in present:
            result.insert(min(place, len(result)), entry)
    return result
