"""Nothing has happened on an issue for longer than its priority allows.

It speaks when the newest thing that the record dates on a live issue is more than `stale_days` of its
priority ago, and the next thing that is planned more than as many days ahead.

What happened is a contact, a note, a decision, a milestone, a step of a clock, a promise made, answered
or kept, a position taken, an action, somebody told of one or clearing it, or a change of the issue or of
a promise in history. What is planned is a contact, a next step, a decision, a milestone, a promise or an
action; a clock runs by itself. An issue with nothing dated at all counts from the office's first day.

Why it matters: the other side reads silence as a decision.

What to do: hold the next contact, or write down what has happened with `nacoord note ID`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nacoord.desk.radar.activity import last_happenings
from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.scene import Scene
from nacoord.desk.radar.words import days


def find(scene: Scene) -> Iterator[Finding]:
    """Yield each live issue that has rested too long and will rest on."""
    newest = last_happenings(scene.snapshot, scene.today, scene.facts)
    planned = next_planned(scene)
    allowed = scene.snapshot.office.thresholds.stale_days
    for issue in scene.issues:
        last, ahead = newest.get(issue.id), planned.get(issue.id)
        since = last.on if last else scene.began
        rests: int = getattr(allowed, issue.priority)
        if since is None or (scene.today - since).days <= rests:
            continue
        if ahead and ahead <= scene.ahead(rests):
            continue
        rested = days((scene.today - since).days)
        begun = f"since {since} ({last.record})" if last else f"since the office began on {since}"
        until = f", nothing planned before {ahead}" if ahead else ", and nothing is planned"
        yield Finding(
            issue.id,
            f"the record dates nothing {begun}, {rested}{until}; {issue.priority} may rest {rests}",
            "the other side reads silence as a decision",
            scene.leads((issue.id,)),
            f'nacoord note {issue.id} "…"',
            (issue.id,),
            None,
            (scene.place(issue.id), *([scene.place(last.record)] if last else [])),
        )


def next_planned(scene: Scene) -> dict[str, date]:
    """Return the first day ahead, or today, on which something is planned on each issue."""
    found: dict[str, date] = {}
    pairs = [(id, each.date) for each in scene.snapshot.engagements for id in each.issues]
    pairs += [(id, due.when.end) for due in scene.dues for id in due.issues]
    pairs += [(id, max(scene.today, e.when.start)) for e in scene.expected for id in e.issues]
    for id, day in pairs:
        if day >= scene.today and day < found.get(id, date.max):
            found[id] = day
    return found
