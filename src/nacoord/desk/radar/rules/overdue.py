"""A promise, a next step, a decision or a milestone is past its day and not done.

It speaks of the open promises of either side, and of what live issues had to have done, from the day
after the last day of the moment: something due in April is late on 1 May.

Why it matters: what is late and not spoken of is believed to be done by one side and forgotten by the
other.

What to do: record that it was done, or agree on another day and set it with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.radar.dues import Due
from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.scene import Scene
from nacoord.desk.radar.words import days
from nacoord.desk.radar.words import listed


def find(scene: Scene) -> Iterator[Finding]:
    """Yield what is past its day."""
    for due in scene.dues:
        late = (scene.today - due.when.end).days
        if late > 0:
            yield _finding(scene, due, late)


def _finding(scene: Scene, due: Due, late: int) -> Finding:
    whose = f"{scene.side(due.who)}, {listed(due.who)}: " if due.who else ""
    theirs = bool(due.who) and scene.side(due.who) == "theirs"
    return Finding(
        due.record,
        f"{due.kind} {days(late)} late: {whose}{due.what}",
        due.why,
        tuple(dict.fromkeys((*due.who, *scene.leads(due.issues)))),
        due.moved if theirs else due.done,
        due.issues,
        due.when.end,
        (scene.place(due.record, *due.field),),
    )
