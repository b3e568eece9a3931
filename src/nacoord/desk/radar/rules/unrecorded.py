"""Something has taken place, or was to, and the record does not say what came of it.

It speaks of an action that is still expected though its last day has gone by, and, for
`unrecorded_days`, of a contact that has taken place, has no outcomes and at which no promise is recorded
as made.

Why it matters: what was said at a meeting is forgotten in two weeks; whether a thing happened is the
first thing that is asked.

What to do: `nacoord close ACTION --as happened`, or `nacoord set CONTACT outcomes+=…`.
"""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.scene import Scene
from nacoord.desk.radar.words import ago


def find(scene: Scene) -> Iterator[Finding]:
    """Yield what has passed without a word."""
    for action in scene.snapshot.actions:
        if action.status == "expected" and action.when.end < scene.today:
            word = "on" if action.when.exact else "until"
            yield Finding(
                action.id,
                f"expected {word} {action.when.end}; nothing says whether it happened: {action.title}",
                "whether it happened is the first thing that will be asked",
                tuple(dict.fromkeys((*action.by, *scene.leads(action.issues)))),
                f"nacoord close {action.id} --as happened",
                action.issues,
                action.when.end,
                (scene.place(action.id, "when"),),
            )
    oldest = scene.ahead(-scene.limits.unrecorded_days)
    promised = {each.said.engagement for each in scene.snapshot.commitments if each.said}
    for engagement in scene.snapshot.engagements:
        end = engagement.until or engagement.date
        told = engagement.outcomes or engagement.commitments or engagement.id in promised
        if oldest <= end < scene.today and not told:
            who = (engagement.prepared_by,) if engagement.prepared_by else ()
            yield Finding(
                engagement.id,
                f"took place {ago(end, scene.today)}, and nothing says what came of it:"
                f" {engagement.title}",
                "what was said there is forgotten in two weeks",
                tuple(dict.fromkeys((*who, *scene.leads(engagement.issues)))),
                f'nacoord set {engagement.id} outcomes+=what="…"',
                engagement.issues,
                end,
                (scene.place(engagement.id, "date"),),
            )
