"""A day by which something had to be done has been put off again and again.

It speaks when history shows that the due date of an open promise, a next step, a decision or a milestone
was set to a later day at least `slips` times. A next step that was replaced by another begins anew.

Why it matters: each delay looked small to whoever granted it; together they are a thing that won't
happen.

What to do: `nacoord history ID` shows each delay with its reason; raise it a level, or give it up.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic_core import PydanticCustomError

from nacoord.desk.radar.dues import Due
from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.scene import Scene
from nacoord.model.facts import Move
from nacoord.model.when import When
from nacoord.model.when import parse_when


def find(scene: Scene) -> Iterator[Finding]:
    """Yield what has been put off too often."""
    for due in scene.dues:
        delays = list(_delays(scene, due))
        if len(delays) >= scene.limits.slips:
            first = delays[0].old
            yield Finding(
                due.record,
                f"{due.kind} put off {len(delays)} times, from {first} to {due.when.text}: {due.what}",
                "each delay looked small; together they are a thing that won't happen",
                tuple(dict.fromkeys((*due.who, *scene.leads(due.issues)))),
                f"nacoord history {due.record}",
                due.issues,
                due.when.end,
                (scene.place(due.record, *due.field),),
            )


def _delays(scene: Scene, due: Due) -> Iterator[Move]:
    """Yield the moves of a due date to a later day, oldest first."""
    name = ".".join(part for part in due.field if isinstance(part, str))
    begun = max(
        (
            move.on
            for move in scene.moves.get("next_step.what", ())
            if due.kind == "next step" and move.record == due.record
        ),
        default=None,
    )
    for move in scene.moves.get(name, ()):
        if move.record != due.record or move.entry != due.entry or (begun and move.on <= begun):
            continue
        old, new = _moment(move.old), _moment(move.new)
        if old and new and new.end > old.end:
            yield move


def _moment(value: object) -> When | None:
    try:
        return parse_when(value) if value is not None else None
    except PydanticCustomError:
        return None
