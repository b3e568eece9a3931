"""A text changed after it was cleared.

It speaks of a clearance whose fingerprint is not that of the action's text as it stands (its summary or
title, where it has none), and of one that does not say which text it cleared, as long as the action is
expected.

Why it matters: what goes out is not what was agreed to.

What to do: show them the new text; `nacoord clear ACTION WHO` records that it is cleared as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.scene import Scene
from nacoord.desk.radar.words import listed


def find(scene: Scene) -> Iterator[Finding]:
    """Yield each expected action with a clearance of another text."""
    for action in scene.expected:
        stale = [(at, each) for at, each in enumerate(action.clearances) if action.suspect(each)]
        if stale:
            who = tuple(each.who for _, each in stale)
            changed = listed(each.who for _, each in stale if each.text)
            unsaid = listed(each.who for _, each in stale if not each.text)
            said = [f"the text of “{action.title}” changed after {changed} cleared it"] * bool(
                changed
            )
            said += [f"nothing says which text of “{action.title}” {unsaid} cleared"] * bool(unsaid)
            yield Finding(
                action.id,
                "; ".join(said),
                "what goes out may not be what was agreed to",
                tuple(dict.fromkeys((*action.by, *who))),
                f"nacoord clear {action.id} {who[0]}",
                action.issues,
                action.when.start,
                tuple(scene.place(action.id, "clearances", at, "text") for at, _ in stale),
            )
