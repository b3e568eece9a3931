"""Nothing says how the office will know that an issue is done.

It speaks of a live issue of P1, P2 or P3 without `success`.

Why it matters: an issue without an end is worked on for ever, and both sides call another thing success.

What to do: write one sentence: `nacoord set ISSUE success="…"`.
"""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.scene import Scene


def find(scene: Scene) -> Iterator[Finding]:
    """Yield each issue without a measure of success."""
    for issue in scene.issues:
        if issue.success is None and issue.priority != "P4":
            yield Finding(
                issue.id,
                f"nothing says when it is done: {issue.title}",
                "both sides will call another thing success",
                scene.leads((issue.id,)),
                f'nacoord set {issue.id} success="…"',
                (issue.id,),
                None,
                (scene.place(issue.id),),
            )
