"""An issue of the first priority has no next step, or one that nobody is to take by any day.

It speaks of a live P1 without `next_step`, or whose next step lacks `who` or `due`.

Why it matters: what is tended daily and has no next step is watched, not worked on.

What to do: `nacoord set ISSUE next_step.what="…" next_step.who=WHO next_step.due=DATE`.
"""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.scene import Scene


def find(scene: Scene) -> Iterator[Finding]:
    """Yield each P1 without a whole next step."""
    for issue in scene.issues:
        if issue.priority != "P1":
            continue
        step = issue.next_step
        lacking = (
            [] if step is None else [name for name in ("who", "due") if not getattr(step, name)]
        )
        if step is not None and not lacking:
            continue
        said = (
            "no next step" if step is None else f"its next step has no {' and no '.join(lacking)}"
        )
        names = ["what", "who", "due"] if step is None else lacking
        typed = {"what": '"…"', "who": "WHO", "due": "DATE"}
        place = scene.place(issue.id, "next_step") if step else scene.place(issue.id)
        yield Finding(
            issue.id,
            f"{said}: {issue.title}",
            "what is tended daily and has no next step is watched, not worked on",
            scene.leads((issue.id,)),
            f"nacoord set {issue.id} "
            + " ".join(f"next_step.{name}={typed[name]}" for name in names),
            (issue.id,),
            scene.today,
            (place,),
        )
