"""How issues bear on each other, and who is in them, as nodes and edges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.issue import Issue
from nacoord.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie from one record to another.

    Attributes:
        start: the id it goes from.
        end: the id it goes to.
        kind: what it is, in a word: the kind of a link; or the part a stakeholder has in an issue,
            leads abroad, leads at home, lead, support or inform.
    """

    start: str
    end: str
    kind: str


@dataclass(frozen=True, slots=True)
class Graph:
    """Issues, how they are linked, and who is in them.

    Attributes:
        issues: the issues, by theme in the office's order.
        stakeholders: the stakeholders that are shown, by id.
        links: from issue to issue.
        parts: from stakeholder to issue.
    """

    issues: tuple[Issue, ...]
    stakeholders: tuple[Agency, ...]
    links: tuple[Edge, ...]
    parts: tuple[Edge, ...]

    def by_theme(self) -> dict[str, list[Issue]]:
        """Return the issues by theme."""
        found: dict[str, list[Issue]] = {}
        for issue in self.issues:
            found.setdefault(issue.theme, []).append(issue)
        return found


def graph(snapshot: Snapshot, *, stakeholders: bool = False) -> Graph:
    """Return the graph of a record: only of what is in it."""
    order = list(snapshot.office.themes)
    issues = sorted(
        snapshot.issues,
        key=lambda each: (order.index(each.theme) if each.theme in order else len(order), each.id),
    )
    known = {issue.id for issue in issues}
    links = [
        Edge(issue.id, link.to, link.kind)
        for issue in issues
        for link in issue.links
        if link.to in known
    ]
    parts = [edge for issue in issues for edge in _parts(snapshot, issue)] if stakeholders else []
    shown = {edge.start for edge in parts}
    return Graph(
        tuple(issues),
        tuple(agency for agency in snapshot.agencies if agency.id in shown),
        tuple(links),
        tuple(parts),
    )


def _parts(snapshot: Snapshot, issue: Issue) -> Iterator[Edge]:
    """Yield the part that each stakeholder has in an issue; who leads has that one alone."""
    leads = {"leads abroad": issue.leads.foreign, "leads at home": issue.leads.domestic}
    for kind, lead in leads.items():
        if lead and snapshot.get(Agency, lead):
            yield Edge(lead, issue.id, kind)
    for party in issue.parties:
        if party.agency not in leads.values() and snapshot.get(Agency, party.agency):
            yield Edge(party.agency, issue.id, party.role)
