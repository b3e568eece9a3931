"""A stakeholder has taken another position.

It speaks for `changed_days` after history saw the stance of a stakeholder on a live issue change, or
after the day since which, as the record says, a stakeholder beside the federal government has held it: a
state, a city, a tribe, a committee of Congress, another country, a firm.

Why it matters: what was agreed last month was agreed with somebody who thought otherwise.

What to do: tell the leads, and ask what the change is worth: `nacoord history AGENCY --field positions`.
"""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.scene import Scene
from nacoord.model.facts import Move
from nacoord.model.kinds.agency import Agency


def find(scene: Scene) -> Iterator[Finding]:
    """Yield each position that is another now."""
    oldest = scene.ahead(-scene.limits.changed_days)
    moved = {
        (move.record, move.entry): move
        for move in scene.moves.get("positions.stance", ())
        if move.on >= oldest and move.old is not None and move.new is not None
    }
    for agency in scene.snapshot.agencies:
        for at, position in enumerate(agency.positions):
            issue = scene.issue(position.issue)
            move = moved.get((agency.id, position.issue))
            since = position.since
            fresh = since is not None and oldest <= since <= scene.today
            if issue is None or not issue.live:
                continue
            if move or (fresh and agency.level != "federal"):
                yield _finding(scene, agency, at, move)


def _finding(scene: Scene, agency: Agency, at: int, move: Move | None) -> Finding:
    position = agency.positions[at]
    day = move.on if move else position.since
    stance = " ".join(position.stance.split())
    said = (
        f"{agency.id} now holds on {position.issue}: {stance} (before: {' '.join(str(move.old).split())})"
        if move
        else f"{agency.id} holds since {day} on {position.issue}: {stance}"
    )
    return Finding(
        agency.id,
        said,
        "what was agreed before was agreed with somebody who thought otherwise"
        if move
        else "those who prepared the issue earlier did so without knowing it",
        scene.leads((position.issue,)),
        f"nacoord history {agency.id} --field positions" if move else f"nacoord show {agency.id}",
        (position.issue,),
        None,
        (scene.place(agency.id, "positions", at, "stance"),),
    )
