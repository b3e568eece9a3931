"""An action is near, and somebody who must hear of it has not been told.

It speaks when an action that is expected begins within `action_days` (or has begun), or when the day
by which somebody must be told is that near; and when an action is near and nobody is named to be told.

Why it matters: whoever acts knows the day; those it hits learn of it from the news.

What to do: tell them, and record it with `nacoord tell ACTION WHO`. `nacoord untold ACTION` lists them.
"""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.scene import Scene
from nacoord.desk.radar.words import listed
from nacoord.desk.radar.words import when_words
from nacoord.desk.telling import untold
from nacoord.model.kinds.action import Action


def find(scene: Scene) -> Iterator[Finding]:
    """Yield each near action that somebody has not been told of."""
    for action in scene.expected:
        if not near(scene, action):
            continue
        missing = untold(scene.snapshot, action)
        if missing:
            ids = tuple(entry.who for entry in missing)
            days = [entry.by.end for entry in missing if entry.by]
            many = len(action.tell)
            told = f"{many - len(missing)} of {many} told"
            yield Finding(
                action.id,
                f"“{action.title}” ({when_words(action.when)}): not told {listed(ids)}; {told}",
                f"by {listed(action.by)}; whoever is not told hears of it afterwards",
                ids,
                f"nacoord tell {action.id} {' '.join(ids)}",
                action.issues,
                min([*days, action.when.start]),
                (scene.place(action.id, "tell"), scene.place(action.id, "when")),
            )
        elif not action.tell:
            yield Finding(
                action.id,
                f"“{action.title}” ({when_words(action.when)}): nobody is named to be told",
                "an action that is known to one agency only is a surprise to all others",
                scene.leads(action.issues),
                f"nacoord set {action.id} tell+=who=WHO",
                action.issues,
                action.when.start,
                (scene.place(action.id, "when"),),
            )


def near(scene: Scene, action: Action) -> bool:
    """Tell whether an action, or the day by which somebody must hear of it, is near."""
    days = [entry.by.end for entry in untold(scene.snapshot, action) if entry.by]
    return min([*days, action.when.start]) <= scene.ahead(scene.limits.action_days)
