"""How issues bear on each other, for Graphviz (DOT) and for Mermaid.

Colour only repeats what words say: every issue names its priority, health and status, and every edge
what it is.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator

from nacoord.desk.export import Export
from nacoord.desk.graph import Edge
from nacoord.desk.graph import Graph
from nacoord.desk.graph import graph
from nacoord.model.kinds.issue import Issue
from nacoord.present.dates import long_day
from nacoord.present.export.about import banner
from nacoord.present.export.about import title
from nacoord.present.plain import one_line

# In what it is written, and how such files end; what is drawn from DOT is the caller's to draw.
SUFFIXES = {"dot": (".dot", ".gv"), "mermaid": (".mmd", ".mermaid"), "svg": (".svg",)}

# Light enough for black words to be read on them (WCAG 2.2, contrast of 7 to 1).
_FILLS = {"green": "#d5ecd4", "amber": "#fce8b2", "red": "#f8d0cc"}
_OVER = "#eeeeee"
_INKS = {
    "undermines": "#a61b1b",
    "blocks": "#a61b1b",
    "supports": "#1d6b2f",
    "depends-on": "#1f4e8c",
    "related": "#666666",
    "precedent": "#666666",
}
_DASHED = {"related": "dashed", "precedent": "dotted", "inform": "dotted"}
_WIDTH = 26


def render(export: Export, form: str = "dot", *, stakeholders: bool = False) -> bytes:
    """Return the graph of an export in DOT or for Mermaid."""
    found = graph(export.snapshot, stakeholders=stakeholders)
    lines = _mermaid(export, found) if form == "mermaid" else _dot(export, found)
    return ("\n".join(lines) + "\n").encode()


def _heading(export: Export) -> list[str]:
    said = [title(export), f"{banner(export)} · {long_day(export.today)}"]
    return [*said, export.omitted.said] if export.omitted.said else said


def _state(issue: Issue) -> str:
    return f"{issue.priority} · {issue.health} · {issue.status}"


def _theme(export: Export, theme: str) -> str:
    return export.snapshot.office.themes.get(theme, theme)


def _dot(export: Export, found: Graph) -> Iterator[str]:
    yield "digraph record {"
    yield '  graph [rankdir=LR, ranksep=0.9, nodesep=0.25, fontname="Helvetica", labelloc=t,'
    yield f"    label={_quoted(_heading(export))}];"
    yield '  node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=11];'
    yield '  edge [fontname="Helvetica", fontsize=9];'
    for number, (theme, issues) in enumerate(found.by_theme().items()):
        yield f"  subgraph cluster_{number} {{"
        yield f'    label={_quoted([_theme(export, theme)])}; color="#999999"; fontsize=12;'
        for issue in issues:
            fill = _OVER if issue.ended else _FILLS[issue.health]
            label = [*textwrap.wrap(one_line(issue.title), _WIDTH), _state(issue)]
            yield f'    {_name(issue.id)} [label={_quoted(label)}, fillcolor="{fill}"];'
        yield "  }"
    for agency in found.stakeholders:
        label = textwrap.wrap(one_line(agency.title), _WIDTH)
        yield f"  {_name(agency.id)} [label={_quoted(label)}, shape=ellipse, style=solid];"
    for edge in (*found.links, *found.parts):
        ink = _INKS.get(edge.kind, "#444444")
        style = _DASHED.get(edge.kind, "bold" if edge.kind.startswith("lead") else "solid")
        yield (
            f"  {_name(edge.start)} -> {_name(edge.end)} "
            f'[label={_quoted([edge.kind])}, color="{ink}", fontcolor="{ink}", style={style}];'
        )
    yield "}"


def _name(id: str) -> str:
    # Ids are small letters, digits and hyphens.
    return f'"{id}"'


def _quoted(lines: list[str]) -> str:
    """Return lines as one quoted string of DOT, in which no escape and no entity is the text's own."""
    said = [re.sub(r'(["\\])', r"\\\1", one_line(line)).replace("&", "&amp;") for line in lines]
    return '"' + "\\n".join(said) + '"'


def _mermaid(export: Export, found: Graph) -> Iterator[str]:
    yield "---"
    # Two percent signs begin what Mermaid obeys, wherever they stand.
    heading = " · ".join(map(one_line, _heading(export))).replace("%%", "% %")
    yield f"title: {json.dumps(heading, ensure_ascii=False)}"
    yield "---"
    yield "flowchart LR"
    nodes = [*(issue.id for issue in found.issues), *(agency.id for agency in found.stakeholders)]
    names = {id: f"n{number}" for number, id in enumerate(nodes)}
    for number, (theme, issues) in enumerate(found.by_theme().items()):
        yield f"  subgraph t{number}[{_said([_theme(export, theme)])}]"
        for issue in issues:
            look: str = "over" if issue.ended else issue.health
            yield f"    {names[issue.id]}[{_said([issue.title, _state(issue)])}]:::{look}"
        yield "  end"
    for agency in found.stakeholders:
        yield f"  {names[agency.id]}([{_said([agency.title])}])"
    for edge in (*found.links, *found.parts):
        yield f"  {names[edge.start]} {_arrow(edge)}|{edge.kind}| {names[edge.end]}"
    for look, fill in {**_FILLS, "over": _OVER}.items():
        yield f"  classDef {look} fill:{fill},stroke:#666666,color:#000000"


def _arrow(edge: Edge) -> str:
    if edge.kind in _DASHED:
        return "-.->"
    return "==>" if edge.kind.startswith("lead") else "-->"


def _said(lines: list[str]) -> str:
    """Return lines as a quoted label of Mermaid; what it would obey is written as its entities."""
    said = [
        re.sub(r"[^\w .,;:!?'()/+·–—’“”-]", lambda found: f"#{ord(found.group())};", one_line(line))
        for line in lines
    ]
    return '"' + "<br/>".join(said) + '"'
