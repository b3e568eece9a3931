"""An action is near, and somebody has not cleared its text, or objects to it.

It speaks of pending clearances when the action begins within `action_days`, and of an objection as long
as the action is expected.

Why it matters: an agency that was not heard says so in public, or stops the action late.

What to do: get the clearance and record it with `nacoord clear ACTION WHO`, or settle the objection.
"""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.scene import Scene
from nacoord.desk.radar.words import listed


def find(scene: Scene) -> Iterator[Finding]:
    """Yield each expected action that is objected to, or near and not cleared by all."""
    limit = scene.ahead(scene.limits.action_days)
    for action in scene.expected:
        numbered = list(enumerate(action.clearances))
        objected = [(at, entry.who) for at, entry in numbered if entry.status == "objected"]
        pending = [(at, entry.who) for at, entry in numbered if entry.status == "pending"]
        if action.when.start > limit:
            pending = []
        if not objected and not pending:
            continue
        verb = "objects" if len(objected) == 1 else "object"
        said = [f"{listed(who for _, who in objected)} {verb}"] if objected else []
        said += [f"{listed(who for _, who in pending)} not cleared"] if pending else []
        open_ones = (*objected, *pending)
        yield Finding(
            action.id,
            f"“{action.title}”: {'; '.join(said)}",
            "an agency that was not heard stops the action late, or speaks against it",
            tuple(dict.fromkeys((*action.by, *(who for _, who in open_ones)))),
            f"nacoord clear {action.id} {open_ones[0][1]}",
            action.issues,
            action.when.start,
            tuple(scene.place(action.id, "clearances", at) for at, _ in open_ones),
        )
