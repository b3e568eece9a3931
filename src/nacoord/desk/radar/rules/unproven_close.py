"""Something counts as done, and the record does not bear it out.

It speaks of a resolved issue with a promise still open about it, a milestone not reached, a decision not
taken or a clock still running on it, or without a word on what success was; and of a promise that counts
as met and has no evidence with a day.

Why it matters: closed without proof is how letters to Congress were lost (GAO-14-424, GAO-23-105231).

What to do: add the proof, or open it again: `nacoord set ID status=…`.
"""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.finding import Place
from nacoord.desk.radar.scene import Scene
from nacoord.model.kinds.clock import Clock
from nacoord.model.kinds.issue import ClockRun
from nacoord.model.kinds.issue import Issue

_SHOWN = 3


def find(scene: Scene) -> Iterator[Finding]:
    """Yield what is closed without proof."""
    still_open: dict[str, list[str]] = {}
    for commitment in scene.snapshot.commitments:
        if commitment.status == "open":
            for id in commitment.issues:
                still_open.setdefault(id, []).append(commitment.id)
        if commitment.status == "met" and not any(proof.on for proof in commitment.evidence):
            proof = "[0].on=DATE" if commitment.evidence else "+=what=…,on=DATE"
            yield Finding(
                commitment.id,
                f"counts as met, and no evidence says when: {commitment.title}",
                "closed without proof is how answers were lost before",
                tuple(dict.fromkeys((*commitment.by, *scene.leads(commitment.issues)))),
                f"nacoord set {commitment.id} 'evidence{proof}'",
                commitment.issues,
                None,
                (scene.place(commitment.id, "evidence"),),
            )
    for issue in scene.snapshot.issues:
        if issue.status == "resolved":
            yield from _unproven(scene, issue, still_open.get(issue.id, []))


def _unproven(scene: Scene, issue: Issue, promises: list[str]) -> Iterator[Finding]:
    lacking = list(_lacking(scene, issue, promises))
    if lacking:
        said = [each for each, _, _ in lacking[:_SHOWN]]
        said += [f"{len(lacking) - _SHOWN} more"] * (len(lacking) > _SHOWN)
        yield Finding(
            issue.id,
            f"resolved, but {'; '.join(said)}",
            "closed without proof is how answers were lost before",
            scene.leads((issue.id,)),
            lacking[0][1],
            (issue.id,),
            None,
            (scene.place(issue.id, "status"), *(place for _, _, place in lacking)),
        )


def _lacking(scene: Scene, issue: Issue, promises: list[str]) -> Iterator[tuple[str, str, Place]]:
    """Yield what is not borne out, in words, with the command that adds it and where it stands."""
    change = f"nacoord set {issue.id}"
    for id in promises:
        add = f'nacoord meet {id} --evidence "…"'
        yield f"{id} still open", add, scene.place(id, "status")
    for at, mark in enumerate(issue.milestones):
        if not mark.done:
            place = scene.place(issue.id, "milestones", at)
            yield f"not reached: {mark.what}", f"{change} 'milestones[{at}].done=DATE'", place
    for at, decision in enumerate(issue.decisions):
        if not decision.decided:
            place = scene.place(issue.id, "decisions", at)
            name = f"decisions[{at}].decided"
            yield (
                f"not decided: {decision.what}",
                f"{change} '{name}.on=DATE' '{name}.how=…'",
                place,
            )
    for at, run in enumerate(issue.clocks):
        if _runs(scene, run):
            place = scene.place(issue.id, "clocks", at)
            name = f"clocks[{at}].ended"
            end = f"{change} '{name}.how=met' '{name}.on=DATE'"
            yield f"the clock {run.clock} still runs", end, place
    if issue.success is None:
        add = f'{change} success="…"'
        yield "nothing says what success was", add, scene.place(issue.id)


def _runs(scene: Scene, run: ClockRun) -> bool:
    """Tell whether a clock has begun on an issue, was not stopped, and has something left to be met."""
    clock = scene.snapshot.get(Clock, run.clock)
    if clock is None or run.ended or not (run.started or clock.fixed):
        return False
    met = {entry.step for entry in run.met}
    all_of = {step.name for step in clock.steps} | {
        each.what or clock.title for each in clock.fixed
    }
    return clock.recurrence is not None or not all_of <= met
