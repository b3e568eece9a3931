"""A promise, a next step, a decision or a milestone is due within days.

It speaks of the open promises of either side, and of what live issues have to have done, within
`due_days` before the last day of the moment.

Why it matters: a reminder before the day costs a call, one after it costs trust.

What to do: see that it is done, or say in time that it will be later.
"""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.scene import Scene
from nacoord.desk.radar.words import listed
from nacoord.desk.radar.words import when_words


def find(scene: Scene) -> Iterator[Finding]:
    """Yield what is due soon."""
    limit = scene.ahead(scene.limits.due_days)
    for due in scene.dues:
        if scene.today <= due.when.end <= limit:
            whose = f"{scene.side(due.who)}, {listed(due.who)}: " if due.who else ""
            yield Finding(
                due.record,
                f"{due.kind} due {when_words(due.when)}: {whose}{due.what}",
                due.why,
                tuple(dict.fromkeys((*due.who, *scene.leads(due.issues)))),
                due.done,
                due.issues,
                due.when.end,
                (scene.place(due.record, *due.field),),
            )
