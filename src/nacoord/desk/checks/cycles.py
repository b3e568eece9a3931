"""Nothing depends on itself: no circle of depends-on links, none of parent agencies."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping

from nacoord.desk.checks.report import fault
from nacoord.model.fault import Fault
from nacoord.model.snapshot import Snapshot


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield `dependency-cycle` and `parent-cycle`, once for each circle, at its first id."""
    needs = {
        issue.id: [
            link.to for link in issue.links if link.kind == "depends-on" and link.to != issue.id
        ]
        for issue in snapshot.issues
    }
    for circle in _circles(needs):
        issue = next(issue for issue in snapshot.issues if issue.id == circle[0])
        index = next(
            index
            for index, link in enumerate(issue.links)
            if link.kind == "depends-on" and link.to == circle[1]
        )
        message = f"{' → '.join(circle)} depend on each other in a circle"
        hint = "remove one of these depends-on links, or make it related"
        yield fault(snapshot, issue.id, "dependency-cycle", message, ("links", index, "to"), hint)
    parents = {agency.id: [agency.parent] for agency in snapshot.agencies if agency.parent}
    for circle in _circles(parents):
        message = f"{' → '.join(circle)} are each other's parents in a circle"
        hint = "remove one of these parents"
        yield fault(snapshot, circle[0], "parent-cycle", message, ("parent",), hint)


def _circles(edges: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """Yield each circle met by a depth-first walk, from its smallest id round to it again."""
    finished: set[str] = set()
    for start in sorted(edges):
        if start in finished:
            continue
        trail = [start]
        waiting = [iter(edges[start])]
        while waiting:
            step = next(waiting[-1], None)
            if step is None:
                finished.add(trail.pop())
                waiting.pop()
            elif step in trail:
                circle = trail[trail.index(step) :]
                turn = circle.index(min(circle))
                yield [*circle[turn:], *circle[:turn], circle[turn]]
            elif step in edges and step not in finished:
                trail.append(step)
                waiting.append(iter(edges[step]))
