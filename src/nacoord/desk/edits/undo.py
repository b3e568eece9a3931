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
from nacoord.model.proposal import Rename
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
    pairs = _renamed(pasts)
    for came, gone in pairs:
        steps += _rename_back(came, gone, values, clashes)
    paired = {past.id for pair in pairs for past in pair}
    for past in pasts:
        if past.id not in paired:
            steps += _back(past, values.get(past.id), clashes)
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
        found: list[Path] = []
        target = _without(now, past.new_value, past.old_value, (), found)
        clashes += [f"{past.id}: {dotted(path)}" for path in found]
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
    found: list[Path] = []
    target = _without(now, came.new_value, gone.old_value, (), found)
    clashes += [f"{came.id}: {dotted(path)}" for path in found]
    edits = tuple(edits_between(now, target))
    return [*([Revise(came.id, edits)] if edits else []), Rename(came.id, gone.id)]


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
