"""Merge of lists: entries by what they are known by, in an order that both sides agree to.

Words are a set. Entries that both know are merged by their fields; what a side added is added, in its
place; what a side took out goes, unless the other changed it. Nothing depends on who is called ours.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Sequence
from functools import partial
from heapq import merge
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from nacoord.model.identity import APART
from nacoord.model.identity import identity
from nacoord.model.identity import same
from nacoord.model.merging.clash import ABSENT

if TYPE_CHECKING:
    from nacoord.model.merging.values import Merge
    from nacoord.model.merging.values import Spot


class Key(NamedTuple):
    """What tells an entry apart over the three lists.

    Attributes:
        name: what it is known by.
        apart: what else tells it apart among entries that one side added.
        number: tells equal ones apart.
    """

    name: str
    apart: str = ""
    number: int = 0


Keyed = dict[Key, Any]


def merge_lists(
    merging: Merge, base: list[Any], ours: list[Any], theirs: list[Any], spot: Spot
) -> Any:
    """Return what two lists come to; ABSENT when nothing is left of them."""
    before = _numbered(base, spot.key)
    rewritten: set[Key] = set()
    sides = [_matched(before, side, spot.key, rewritten) for side in (ours, theirs)]
    kept: Keyed = {}
    for key in dict.fromkeys([*before, *sides[0], *sides[1]]):
        was, one, other = (keyed.get(key, ABSENT) for keyed in (before, *sides))
        if key in rewritten and not (same(one, other) or same(was, one) or same(was, other)):
            value = _both_rewritten(merging, was, one, other, spot.at(key.name))
        else:
            value = merging.values(was, one, other, spot.at(key.name))
        if value is not ABSENT:
            kept[key] = value
    first, second = ([key for key in side if key in kept] for side in sides)
    shared = _shared_order(list(before), first, second)
    if shared is None:
        # Both put the entries they share into an order of their own.
        chosen = merging.clash(spot, base, ours, theirs, "order")
        both = set(first) & set(second)
        shared = [key for key in (second if same(chosen, theirs) else first) if key in both]
    return [kept[key] for key in _order(shared, first, second, kept)] or ABSENT


def _both_rewritten(merging: Merge, was: Any, one: Any, other: Any, spot: Spot) -> Any:
    """Return what an entry comes to that goes by another name now: its text may merge by lines.

    Otherwise its parts don't mix with those of one that took its place.
    """
    if all(isinstance(each, dict) for each in (one, other)):
        changed = [
            key
            for key in was
            if not (same(was[key], one.get(key)) and same(was[key], other.get(key)))
        ]
        texts = [each.get(key) for key in changed for each in (was, one, other)]
        if len(changed) == 1 and all(isinstance(text, str) and "\n" in text for text in texts):
            merged = merging.text(*texts)
            if merged is not None:
                return {**one, changed[0]: merged}
    return merging.clash(spot, was, one, other)


def _numbered(entries: Sequence[Any], list_key: str) -> Keyed:
    found: Keyed = {}
    for entry in entries:
        key = Key(identity(list_key, entry))
        while key in found:
            key = key._replace(number=key.number + 1)
        found[key] = entry
    return found


def _matched(before: Keyed, entries: Sequence[Any], list_key: str, rewritten: set[Key]) -> Keyed:
    """Return the entries of a side by their keys: those of the base where they are the same thing.

    What is known by something else now, or tells itself apart by something else, goes into `rewritten`.
    """
    keys: list[Key | None] = [None] * len(entries)
    names = [identity(list_key, entry) for entry in entries]
    free: dict[str, list[Key]] = {}
    for key in before:
        free.setdefault(key.name, []).append(key)
    words = APART.get(list_key, ())
    # First what is as it was, then what is told apart by the same, then what is known by the same.
    for alike in (same, partial(_is_apart_alike, words), partial(_is_apart_alike, ())):
        for index, entry in enumerate(entries):
            left = free.get(names[index]) if keys[index] is None else None
            found = next((key for key in left or () if alike(before[key], entry)), None)
            if left and found is not None:
                keys[index] = found
                left.remove(found)
                if not _is_apart_alike(words, before[found], entry):
                    rewritten.add(found)
    gone = {key for keys_left in free.values() for key in keys_left}
    rewritten.update(_match_rewritten(before, entries, keys, gone))
    return _with_added(before, entries, keys, names, list_key)


def _is_apart_alike(words: Sequence[str], old: Any, new: Any) -> bool:
    """Tell whether two entries have the same in what tells apart those that are known by the same."""
    if not words or not (isinstance(old, dict) and isinstance(new, dict)):
        return True
    return all(same(old.get(word), new.get(word)) for word in words)


def _with_added(
    before: Keyed,
    entries: Sequence[Any],
    keys: Sequence[Key | None],
    names: Sequence[str],
    list_key: str,
) -> Keyed:
    found: Keyed = {}
    taken = set(before)
    for entry, known, name in zip(entries, keys, names, strict=True):
        key = known
        if key is None:
            apart = APART.get(list_key, ()) if isinstance(entry, dict) else ()
            key = Key(name, "+" + " ".join(str(entry.get(word, "")) for word in apart))
            while key in taken:
                key = key._replace(number=key.number + 1)
            taken.add(key)
        found[key] = entry
    return found


def _match_rewritten(
    before: Keyed,
    entries: Sequence[Any],
    keys: list[Key | None],
    gone: Collection[Key],
) -> Iterator[Key]:
    """Take an entry that came where one went, and shares a value with it, for that one rewritten.

    A note is known by its text, so one whose spelling was mended is another by its name. Where the
    other side changed it too, that must be a clash and not two notes.
    """
    order = list(before)
    place = {key: index for index, key in enumerate(keys) if key is not None}
    # The nearest neighbour below that is still there, for each.
    below: list[int] = []
    end = len(entries)
    for key in reversed(order):
        below.append(end)
        end = place.get(key, end)
    start = 0
    for old, end in zip(order, reversed(below), strict=True):
        for index in range(start, end) if old in gone else ():
            if keys[index] is None and _is_rewritten(before[old], entries[index]):
                keys[index] = old
                place[old] = index
                yield old
                break
        # The nearest above tells where to look, one that was rewritten too.
        start = place[old] + 1 if old in place else start


def _is_rewritten(old: Any, new: Any) -> bool:
    if not isinstance(old, dict) or not isinstance(new, dict):
        return False
    return old.keys() == new.keys() and any(old[key] == new[key] for key in old)


def _order(
    shared: Sequence[Key], ours: Sequence[Key], theirs: Sequence[Key], kept: Keyed
) -> list[Key]:
    """Return the order of what is kept: what a side alone holds stands behind what it stood behind."""
    runs = [_runs(side, shared) for side in (ours, theirs)]
    placed: list[Key] = []
    for anchor in (None, *shared):
        if anchor is not None:
            placed.append(anchor)
        # Those of both, by what they are known by, as notes by their day; each side's stay in their order.
        both = (side.get(anchor, ()) for side in runs)
        placed += merge(*both, key=partial(_rank, kept))
    return placed


def _rank(kept: Keyed, key: Key) -> tuple[Key, str]:
    return key, json.dumps(kept[key], sort_keys=True, default=str)


def _shared_order(
    base: Sequence[Key], ours: Sequence[Key], theirs: Sequence[Key]
) -> list[Key] | None:
    """Return what both sides hold, in the order of the side that changed it.

    None when both did, in two ways.
    """
    both = set(ours) & set(theirs)
    one, other = ([key for key in side if key in both] for side in (ours, theirs))
    if one == other:
        return one
    known = both & set(base)
    first, second, was = ([key for key in each if key in known] for each in (one, other, base))
    if first == second == was:
        # They differ only in where they put what both added.
        return min(one, other)
    if first == was:
        return other
    return one if second == was else None


def _runs(side: Sequence[Key], shared: Sequence[Key]) -> dict[Key | None, list[Key]]:
    """Return what a side alone holds, by the shared entry it stands behind."""
    known = set(shared)
    anchor: Key | None = None
    runs: dict[Key | None, list[Key]] = {}
    for key in side:
        if key in known:
            anchor = key
        else:
            runs.setdefault(anchor, []).append(key)
    return runs
