"""A deadline set by law or treaty is near, or has gone by.

It speaks within `clock_days` before a deadline of a clock that runs on a live issue; where a decision
must be taken `lead_days` before it, within that many days before the decision; and from the day after a
deadline that nobody recorded as met. A step whose day depends on an earlier one that is still open is
left out.

Why it matters: a statute does not wait; the day itself decides.

What to do: record the step as met, or end the clock with what stayed or superseded it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from nacoord.desk.deadlines import Deadline
from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.scene import Scene
from nacoord.desk.radar.words import days
from nacoord.desk.radar.words import when_words


def find(scene: Scene) -> Iterator[Finding]:
    """Yield each deadline that is near or has gone by."""
    limit = scene.ahead(scene.limits.clock_days)
    for deadline in scene.deadlines:
        decide = deadline.due.end - timedelta(days=deadline.lead_days)
        if not deadline.projected and decide <= limit:
            yield _finding(scene, deadline)


def _finding(scene: Scene, deadline: Deadline) -> Finding:
    late = (scene.today - deadline.due.end).days
    issue = scene.issue(deadline.issue)
    runs = [(run.clock, run.started) for run in issue.clocks] if issue else []
    run = (deadline.clock, deadline.started)
    at = runs.index(run) if run in runs else 0
    decide = deadline.due.end - timedelta(days=deadline.lead_days)
    if late > 0:
        said = f"{days(late)} past its legal day: {deadline.what}"
    elif deadline.lead_days and decide >= scene.today:
        said = (
            f"legal deadline {when_words(deadline.due)}, to be decided by {decide}: {deadline.what}"
        )
    else:
        said = f"legal deadline {when_words(deadline.due)}: {deadline.what}"
    return Finding(
        deadline.issue,
        said,
        f"set by {deadline.citation}" if deadline.citation else "a legal deadline does not wait",
        scene.leads((deadline.issue,)),
        f"nacoord clocks {deadline.issue}",
        (deadline.issue,),
        decide if decide >= scene.today else deadline.due.end,
        (scene.place(deadline.issue, "clocks", at), scene.place(deadline.clock)),
    )
