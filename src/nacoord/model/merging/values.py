"""Merge by field: one value made of two that go back to a third.

A scalar takes the side that changed it. A list of words is a set; a list of entries goes by what its
entries are known by (`model/identity.py`), so notes and milestones of both sides are all there. Text
of several lines is merged by lines. What both sides changed in two ways is a Clash, never a guess.

The laws, held as properties: merge(b, x, b) = x = merge(b, b, x); merge(b, x, x) = x; what comes out
is the same whoever is called ours; and each change of a side is in the result or in a clash.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nacoord.model.identity import same
from nacoord.model.merging.clash import ABSENT
from nacoord.model.merging.clash import About
from nacoord.model.merging.clash import Clash
from nacoord.model.merging.lists import merge_lists

# What is told apart by one of its keys: another step to take next is another step, so its other keys
# don't mix with those of the step it took the place of.
_UNITS: dict[str, tuple[str, ...]] = {
    "next_step": ("what",),
    "said": ("engagement", "source"),
    "ended": ("how",),
    "decided": ("on",),
}

# Takes up a clash and returns the value to go on with.
Decide = Callable[[Clash], Any]
# Merges text by lines: base, ours, theirs; None when both changed the same lines.
MergeText = Callable[[str, str, str], str | None]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a record a merge is: the dotted field, its last key, and the entry of a list."""

    field: str = ""
    key: str = ""
    entry: str = ""

    def under(self, key: str) -> Spot:
        """Return the place of a key in a mapping here."""
        return Spot(f"{self.field}.{key}" if self.field else key, key, self.entry)

    def at(self, name: str) -> Spot:
        """Return the place of an entry in a list here."""
        return Spot(self.field, self.key, f"{self.entry} / {name}" if self.entry else name)


class Merge:
    """A merge of values, with what to do about clashes and text.

    Attributes:
        decide: takes up each clash.
        text: merges text by lines.
    """

    def __init__(self, decide: Decide, text: MergeText) -> None:
        self.decide = decide
        self.text = text

    def clash(self, spot: Spot, base: Any, ours: Any, theirs: Any, about: About = "value") -> Any:
        """Take up a clash; return the value to go on with."""
        return self.decide(Clash(spot.field, spot.entry, base, ours, theirs, about))

    def values(self, base: Any, ours: Any, theirs: Any, spot: Spot = Spot()) -> Any:
        """Return what two values come to; ABSENT stands for one that is not there."""
        if same(ours, theirs) or same(base, theirs):
            return ours
        if same(base, ours):
            return theirs
        sides = (ours, theirs)
        if all(isinstance(side, dict) for side in sides) and _fits(base, dict):
            return self._mappings(base, ours, theirs, spot)
        if all(isinstance(side, list) for side in sides) and _fits(base, list):
            return merge_lists(self, [] if base is ABSENT else base, ours, theirs, spot)
        if all(isinstance(each, str) for each in (base, *sides)) and any("\n" in s for s in sides):
            merged = self.text(base, ours, theirs)
            if merged is not None:
                return merged
        return self.clash(spot, base, ours, theirs)

    def _mappings(
        self, before: Any, ours: dict[str, Any], theirs: dict[str, Any], spot: Spot
    ) -> Any:
        base: dict[str, Any] = {} if before is ABSENT else before
        # Two that both sides began are told apart as well.
        known = base or ours
        if any(_is_another(spot.key, known, side) for side in (ours, theirs)):
            return self.clash(spot, before, ours, theirs)
        result = {}
        for key in dict.fromkeys([*ours, *theirs]):
            was, one, other = (side.get(key, ABSENT) for side in (base, ours, theirs))
            value = self.values(was, one, other, spot.under(key))
            if value is not ABSENT:
                result[key] = value
        # Both removed something, and nothing is left: then there is no such thing any more.
        return result or ABSENT


def _fits(base: Any, kind: type) -> bool:
    return base is ABSENT or isinstance(base, kind)


def _is_another(key: str, known: dict[str, Any], side: dict[str, Any]) -> bool:
    return any(not same(known.get(name), side.get(name)) for name in _UNITS.get(key, ()))
