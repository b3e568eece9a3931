"""What is still to be done by a day: promises, next steps, decisions and milestones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from nacoord.desk.radar.words import listed
from nacoord.model.fault import Path
from nacoord.model.kinds.commitment import Commitment
from nacoord.model.kinds.issue import Issue
from nacoord.model.snapshot import Snapshot
from nacoord.model.when import When

DueKind = Literal["promise", "next step", "decision", "milestone"]


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is still to be done by a day.

    Attributes:
        kind: what it is.
        record: the record it stands in.
        field: the path to its day.
        entry: what the entry of a list is known by; empty outside of lists.
        what: what is to be done.
        who: ids of those who must do it.
        when: by when.
        issues: ids of the issues it is about.
        why: why it matters, as the record says.
        done: the command that says it was done.
    """

    kind: DueKind
    record: str
    field: Path
    entry: str
    what: str
    who: tuple[str, ...]
    when: When
    issues: tuple[str, ...]
    why: str
    done: str

    @property
    def moved(self) -> str:
        """The command that says it will be later."""
        name = ""
        for part in self.field:
            name += f"[{part}]" if isinstance(part, int) else f".{part}" if name else part
        typed = f"'{name}=DATE'" if "[" in name else f"{name}=DATE"
        return f"nacoord set {self.record} {typed}"


def dues(snapshot: Snapshot) -> Iterator[Due]:
    """Yield what open promises and live issues still have to be done by a day."""
    for commitment in snapshot.commitments:
        if commitment.status == "open" and commitment.due:
            yield _promise(commitment, commitment.due)
    for issue in snapshot.issues:
        if issue.live:
            yield from _of_issue(issue)


def _promise(commitment: Commitment, when: When) -> Due:
    rests = f", under {' '.join(commitment.mandate.split())}" if commitment.mandate else ""
    return Due(
        "promise",
        commitment.id,
        ("due",),
        "",
        commitment.title,
        commitment.by,
        when,
        commitment.issues,
        f"promised to {listed(commitment.to)}{rests}",
        f'nacoord meet {commitment.id} --evidence "…"',
    )


def _of_issue(issue: Issue) -> Iterator[Due]:
    why = f"{issue.priority}, {issue.health}"
    if issue.health_reason and issue.health != "green":
        why += f": {' '.join(issue.health_reason.split())}"

    def due(kind: DueKind, field: Path, what: str, who: str | None, when: When, done: str) -> Due:
        entry = "" if kind == "next step" else what
        actors = (who,) if who else ()
        return Due(kind, issue.id, field, entry, what, actors, when, (issue.id,), why, done)

    step = issue.next_step
    if step and step.due:
        done = f'nacoord set {issue.id} next_step.what="…" next_step.due=DATE'
        yield due("next step", ("next_step", "due"), step.what, step.who, step.due, done)
    for at, decision in enumerate(issue.decisions):
        if decision.due and not decision.decided:
            name = f"decisions[{at}].decided"
            done = f"nacoord set {issue.id} '{name}.on=today' '{name}.how=…'"
            field: Path = ("decisions", at, "due")
            yield due("decision", field, decision.what, decision.who, decision.due, done)
    for at, mark in enumerate(issue.milestones):
        if mark.due and not mark.done:
            done = f"nacoord set {issue.id} 'milestones[{at}].done=today'"
            yield due("milestone", ("milestones", at, "due"), mark.what, None, mark.due, done)
