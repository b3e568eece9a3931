"""A text changed after it was cleared.

A clearance keeps the fingerprint of the text it was given for; it is suspect when the action's text is
another now. It speaks as long as the action is expected.

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
            yield Finding(
                action.id,
                f"the text of “{action.title}” changed after {listed(who)} cleared it",
                "what goes out is not what was agreed to",
                who,
                f"nacoord clear {action.id} {who[0]}",
                action.issues,
                action.when.start,
                tuple(scene.place(action.id, "clearances", at, "text") for at, _ in stale),
            )
