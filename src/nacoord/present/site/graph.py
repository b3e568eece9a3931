"""The graph of an issue: itself in the middle, what acts on it at the left, what it acts on at the right.

The same is told in words beside it; the drawing adds nothing that a reader of the list would miss.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from nacoord.desk.impact.answer import Impact
from nacoord.desk.impact.answer import Moved
from nacoord.present.plain import one_line
from nacoord.present.site.environment import template
from nacoord.present.site.links import Links

# At most so many neighbours; those that only share something fill up what links leave.
MOST = 12
_FILL = 6
_BOX = (214, 46)
_GAP = 12
_ACROSS = 66
_TITLE = 29
_BOLD = 26
_WORDS = 34
# These lead from the issue to the other; all other words lead from the other to it.
_OUTWARD = frozenset(
    {"blocks", "undermines", "supports", "depends on", "is a precedent for", "is related to"}
)


@dataclass(frozen=True, slots=True)
class Node:
    """A box of the graph, with what stands in it."""

    x: int
    y: int
    title: str
    whole: str
    words: str
    health: str
    href: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between the issue and a neighbour; the arrow is at its end."""

    path: str
    look: str
    arrow: bool


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An issue near the one asked about, and how it is tied to it."""

    moved: Moved
    words: str
    look: str
    outward: bool
    arrow: bool


def graph(answer: Impact, link: Links) -> Markup:
    """Return the graph as HTML; nothing for an issue that stands alone."""
    near = neighbours(answer)
    if not near:
        return Markup()
    right = [each for each in near if each.outward]
    left = [each for each in near if not each.outward]
    wide, high = _BOX
    height = max(len(left), len(right), 1) * (high + _GAP) + _GAP
    columns = [0, wide + _ACROSS, 2 * (wide + _ACROSS)]
    if not left:
        columns = [-(wide + _ACROSS), 0, wide + _ACROSS]
    start = answer.starts[0]
    middle = (height - high) // 2
    centre = Node(
        columns[1],
        middle,
        _clipped(start.title, _BOLD),
        one_line(start.title),
        f"{start.priority} · {start.health}",
        start.health,
        "",
    )
    nodes, edges = [centre], []
    for side, column in ((left, columns[0]), (right, columns[2])):
        for each, y in zip(side, _rows(len(side), height), strict=True):
            nodes.append(_node(each, column, y, link))
            edges.append(_edge(each, centre, column, y))
    drawing = template("graph.html").render(
        nodes=nodes,
        edges=edges,
        box={"wide": wide, "high": high},
        width=columns[2] + wide if right else columns[1] + wide,
        height=height,
        label=f"How {one_line(start.title)} is tied to {len(near)} other issues; the list says the same",
    )
    return Markup(drawing)  # noqa: S704


def neighbours(answer: Impact) -> list[Neighbour]:
    """Return the issues that a graph shows: the linked ones, then those that share a clock or more."""
    found: dict[str, Neighbour] = {}
    for moved in answer.linked[:MOST]:
        words = moved.ties[0].words
        related = words == "is related to"
        found.setdefault(
            moved.issue, Neighbour(moved, words, "link", words in _OUTWARD, not related)
        )
    for others, words, look in (
        (answer.clocked, "is on the same clock", "clock"),
        (answer.sharing, "shares stakeholders", "shared"),
    ):
        for moved in others:
            if len(found) >= _FILL:
                break
            outward = sum(each.outward for each in found.values()) <= len(found) // 2
            found.setdefault(moved.issue, Neighbour(moved, words, look, outward, False))
    return list(found.values())


def _rows(count: int, height: int) -> Sequence[int]:
    """Return where so many boxes begin, spread over the middle of the height."""
    high = _BOX[1] + _GAP
    top = (height - count * high + _GAP) // 2
    return [top + at * high for at in range(count)]


def _node(each: Neighbour, x: int, y: int, link: Links) -> Node:
    moved = each.moved
    return Node(
        x,
        y,
        _clipped(moved.title, _TITLE),
        one_line(f"{moved.title}: {each.words}"),
        _clipped(f"{each.words} · {moved.health}", _WORDS),
        moved.health,
        link.href(moved.issue),
    )


def _edge(each: Neighbour, centre: Node, column: int, y: int) -> Edge:
    wide, high = _BOX
    right = column > centre.x
    here = (centre.x + wide if right else centre.x, centre.y + high // 2)
    there = (column if right else column + wide, y + high // 2)
    first, last = (here, there) if right else (there, here)
    bend = _ACROSS // 2
    # An arrow has room for its head before the box.
    end = last[0] - (5 if each.arrow else 0)
    path = f"M{first[0]} {first[1]}C{first[0] + bend} {first[1]} {end - bend} {last[1]} {end} {last[1]}"
    return Edge(path, each.look, each.arrow)


def _clipped(text: str, most: int) -> str:
    said = one_line(text)
    return said if len(said) <= most else f"{said[: most - 1].rstrip()}…"
