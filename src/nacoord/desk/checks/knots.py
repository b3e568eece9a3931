"""Circles in what leads to what, found so that nothing outside a circle changes how it is told."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping


def circles(edges: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """Yield each circle met, from its smallest id round to it again.

    Every knot, the ids that all lead to each other, is walked by itself from its smallest id.
    """
    for knot in sorted(sorted(knot) for knot in _knots(edges)):
        inside = set(knot)
        yield from _met({id: [step for step in edges[id] if step in inside] for id in knot})


def _met(edges: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """Yield each circle met by a depth-first walk."""
    finished: set[str] = set()
    for start in edges:
        if start in finished:
            continue
        trail = {start: iter(edges[start])}
        while trail:
            here = next(reversed(trail))
            step = next(trail[here], None)
            if step is None:
                finished.add(here)
                del trail[here]
            elif step in trail:
                walked = list(trail)
                circle = walked[walked.index(step) :]
                turn = circle.index(min(circle))
                yield [*circle[turn:], *circle[:turn], circle[turn]]
            elif step not in finished:
                trail[step] = iter(edges[step])


def _knots(edges: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """Yield the strongly connected components that hold a circle (Sharir 1981)."""
    back: dict[str, list[str]] = {}
    for id, steps in edges.items():
        for step in steps:
            back.setdefault(step, []).append(id)
    placed: set[str] = set()
    for start in reversed(_finished(edges)):
        if start in placed:
            continue
        placed.add(start)
        knot = [start]
        for here in knot:
            fresh = set(back.get(here, ())) - placed
            placed |= fresh
            knot += fresh
        if len(knot) > 1 or start in edges[start]:
            yield knot


def _finished(edges: Mapping[str, list[str]]) -> list[str]:
    """Return the ids in the order in which a depth-first walk is done with them."""
    done: list[str] = []
    met: set[str] = set()
    for start in edges:
        if start in met:
            continue
        met.add(start)
        trail = [(start, iter(edges[start]))]
        while trail:
            here, steps = trail[-1]
            step = next((step for step in steps if step in edges and step not in met), None)
            if step is None:
                done.append(here)
                trail.pop()
            else:
                met.add(step)
                trail.append((step, iter(edges[step])))
    return done
