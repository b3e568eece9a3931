"""An issue has nobody who tends it, or will soon have nobody.

It speaks of a live issue without an owner, of one whose owner is not in the record, of one whose
owner's tour has ended or not begun, and, once for each person, of the issues of an owner whose tour ends
within `tour_days`.

Why it matters: staff rotate every year, and what nobody owns is remembered by nobody.

What to do: name another owner, and make the book for the successor with `nacoord handover PERSON`.
"""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.scene import Scene
from nacoord.desk.radar.words import ago
from nacoord.desk.radar.words import listed
from nacoord.model.kinds.issue import Issue
from nacoord.model.kinds.person import Person


def find(scene: Scene) -> Iterator[Finding]:
    """Yield issues that nobody tends, and tours that end soon."""
    leaving: dict[str, list[str]] = {}
    for issue in scene.issues:
        owner = scene.snapshot.get(Person, issue.owner)
        tour = owner.tour if owner else None
        if issue.owner is None:
            yield _nobody(scene, issue, "nobody owns it")
        elif owner is None:
            if issue.owner not in scene.snapshot.broken:
                yield _nobody(scene, issue, f"its owner, {issue.owner}, is not in the record")
        elif tour and tour.end and tour.end < scene.today:
            gone = ago(tour.end, scene.today)
            yield _nobody(scene, issue, f"the tour of its owner, {owner.id}, ended {gone}")
        elif tour and tour.start > scene.today:
            said = f"the tour of its owner, {owner.id}, begins on {tour.start} only"
            yield _nobody(scene, issue, said)
        elif tour and tour.end and tour.end <= scene.ahead(scene.limits.tour_days):
            leaving.setdefault(owner.id, []).append(issue.id)
    for id, issues in sorted(leaving.items()):
        person = scene.snapshot.get(Person, id)
        assert person is not None
        assert person.tour is not None
        yield Finding(
            id,
            f"the tour of {person.title} ends on {person.tour.end}; it owns {listed(issues)}",
            "what the officer knows leaves too",
            (id, *_coordinators(scene)),
            f"nacoord handover {id}",
            tuple(issues),
            person.tour.end,
            (scene.place(id, "tour", "end"), *(scene.place(each, "owner") for each in issues)),
        )


def _nobody(scene: Scene, issue: Issue, said: str) -> Finding:
    return Finding(
        issue.id,
        f"{said}: {issue.title}",
        "what nobody owns is remembered by nobody",
        tuple(dict.fromkeys((*_coordinators(scene), *scene.leads((issue.id,))))),
        f"nacoord set {issue.id} owner=PERSON",
        (issue.id,),
        None,
        (scene.place(issue.id, "owner"),),
    )


def _coordinators(scene: Scene) -> tuple[str, ...]:
    return (scene.snapshot.office.own_agency,)
