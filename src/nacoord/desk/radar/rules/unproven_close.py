"""Something counts as done, and the record does not bear it out.

It speaks of a resolved issue with a promise still open about it, a milestone not reached or a decision
not taken, or without a word on what success was; and of a promise that counts as met and has no
evidence with a day.

Why it matters: closed without proof is how letters to Congress were lost (GAO-14-424, GAO-23-105231).

What to do: add the proof, or open it again: `nacoord set ID status=…`.
"""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.finding import Place
from nacoord.desk.radar.scene import Scene
from nacoord.desk.radar.words import listed
from nacoord.model.kinds.issue import Issue


def find(scene: Scene) -> Iterator[Finding]:
    """Yield what is closed without proof."""
    still_open: dict[str, list[str]] = {}
    for commitment in scene.snapshot.commitments:
        if commitment.status == "open":
            for id in commitment.issues:
                still_open.setdefault(id, []).append(commitment.id)
        if commitment.status == "met" and not any(proof.on for proof in commitment.evidence):
            yield Finding(
                commitment.id,
                f"counts as met, and no evidence says when: {commitment.title}",
                "closed without proof is how answers were lost before",
                tuple(dict.fromkeys((*commitment.by, *scene.leads(commitment.issues)))),
                f"nacoord set {commitment.id} 'evidence[0].on=DATE'",
                commitment.issues,
                None,
                (scene.place(commitment.id, "evidence"),),
            )
    for issue in scene.snapshot.issues:
        if issue.status == "resolved":
            yield from _unproven(scene, issue, still_open.get(issue.id, []))


def _unproven(scene: Scene, issue: Issue, promises: list[str]) -> Iterator[Finding]:
    reasons: list[tuple[str, Place]] = []
    if promises:
        reasons.append((f"{listed(promises)} still open", scene.place(promises[0], "status")))
    for at, mark in enumerate(issue.milestones):
        if not mark.done:
            reasons.append((f"not reached: {mark.what}", scene.place(issue.id, "milestones", at)))
    for at, decision in enumerate(issue.decisions):
        if not decision.decided:
            place = scene.place(issue.id, "decisions", at)
            reasons.append((f"not decided: {decision.what}", place))
    if issue.success is None:
        reasons.append(("nothing says what success was", scene.place(issue.id)))
    if reasons:
        yield Finding(
            issue.id,
            f"resolved, but {'; '.join(said for said, _ in reasons[:3])}",
            "closed without proof is how answers were lost before",
            scene.leads((issue.id,)),
            f"nacoord show {issue.id}",
            (issue.id,),
            None,
            (scene.place(issue.id, "status"), *(place for _, place in reasons)),
        )
