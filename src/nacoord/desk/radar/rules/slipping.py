"""A day by which something had to be done has been put off again and again.

It speaks when history shows that the due date of an open promise, a next step, a decision or a milestone
was set to a later day at least `slips` times. A next step that was replaced by another begins anew.

Why it matters: each delay looked small to whoever granted it; together they are a thing that won't
happen.

What to do: `nacoord history ID` shows each delay with its reason; raise it a level, or give it up.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nacoord.desk.radar.dues import Due
from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.scene import Scene
from nacoord.model.declare import BadValueError
from nacoord.model.facts import Move
from nacoord.model.when import When
from nacoord.model.when import parse_when


def find(scene: Scene) -> Iterator[Finding]:
    """Yield what has been put off too often."""
    set_to, replaced = _moves(scene)
    for due in scene.dues:
        begun = replaced.get(due.record) if due.kind == "next step" else None
        delays = [move for move in set_to.get(_key(due), ()) if begun is None or move.on > begun]
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


_Key = tuple[str, str, str]


def _key(due: Due) -> _Key:
    name = ".".join(part for part in due.field if isinstance(part, str))
    return due.record, name, due.entry


def _moves(scene: Scene) -> tuple[dict[_Key, list[Move]], dict[str, date]]:
    """Return each due date's moves to a later day, and when each next step was last replaced."""
    later: dict[_Key, list[Move]] = {}
    for name in ("due", "next_step.due", "decisions.due", "milestones.due"):
        for move in scene.moves.get(name, ()):
            old, new = _moment(move.old), _moment(move.new)
            if old and new and new.end > old.end:
                later.setdefault((move.record, name, move.entry), []).append(move)
    return later, {move.record: move.on for move in scene.moves.get("next_step.what", ())}


def _moment(value: object) -> When | None:
    try:
        return parse_when(value) if value is not None else None
    except BadValueError:
        return None
