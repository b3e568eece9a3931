"""Issues by stakeholders: who is in which issue, and where somebody is missing."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from nacoord.desk.lookup import Scope
from nacoord.desk.lookup import descendants
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.issue import Issue
from nacoord.model.snapshot import Snapshot

Role = Literal["lead", "support", "inform"]
_ROLES: tuple[Role, ...] = ("lead", "support", "inform")


@dataclass(frozen=True, slots=True)
class Cell:
    """One group of stakeholders in one issue.

    Attributes:
        role: the strongest role anybody of the group has; None when nobody is there.
        count: how many of the group are there.
        gap: why somebody of the group should be there and is not; else empty.
    """

    role: Role | None
    count: int
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One issue, and its cell for each column."""

    issue: str
    title: str
    priority: str
    theme: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """One stakeholder, and the issues it is in, by role."""

    agency: str
    title: str
    level: str
    roles: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The answer of `nacoord matrix`.

    Attributes:
        scope: the part of the work it covers.
        columns: the groups of stakeholders.
        rows: the live issues, by theme and priority.
        gaps: how many cells lack somebody who should be there.
        members: with a level: each stakeholder of that level; else empty.
        level: the level asked for, if any.
    """

    scope: Scope
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    gaps: int
    members: tuple[Member, ...] = ()
    level: str | None = None


def matrix(snapshot: Snapshot, scope: Scope, level: str | None = None) -> Matrix:
    """Lay the live issues of a scope against groups of stakeholders.

    Gaps: the lockstep agency not a party, a relationship's country without anybody, a foreign or domestic
    lead not named, an issue on which a state, city or tribe has a position without any of them.
    """
    themes = list(snapshot.office.themes)
    issues = sorted(
        (issue for issue in snapshot.issues if issue.id in scope.issues and issue.live),
        key=lambda issue: (
            themes.index(issue.theme) if issue.theme in themes else len(themes),
            issue.priority,
            issue.id,
        ),
    )
    groups = _groups(snapshot, issues)
    voiced: set[tuple[str, str]] = {
        (position.issue, agency.level)
        for agency in snapshot.agencies
        for position in agency.positions
    }
    rows = tuple(_row(snapshot, issue, groups, voiced) for issue in issues)
    return Matrix(
        scope=scope,
        columns=tuple(groups),
        rows=rows,
        gaps=sum(bool(cell.gap) for row in rows for cell in row.cells),
        members=tuple(_members(snapshot, issues, level)) if level else (),
        level=level,
    )


def _groups(snapshot: Snapshot, issues: Sequence[Issue]) -> dict[str, frozenset[str]]:
    """Return the columns: a name, and the ids of the stakeholders under it."""
    lockstep = snapshot.office.lockstep_agency
    state = descendants(snapshot, lockstep) if lockstep else frozenset()
    agencies = snapshot.agencies

    def at(*levels: str) -> frozenset[str]:
        return frozenset(agency.id for agency in agencies if agency.level in levels)

    countries = {
        country
        for issue in issues
        for name in issue.relationships
        if name in snapshot.office.relationships
        for country in snapshot.office.relationships[name].countries
    }
    foreign = {
        country: frozenset(
            agency.id
            for agency in agencies
            if agency.level == "foreign" and agency.country == country
        )
        for country in sorted(countries)
    }
    return {
        **({lockstep: state} if lockstep else {}),
        "federal": at("federal") - state,
        "states": at("state"),
        "local": at("local"),
        "tribes": at("tribal"),
        "Congress": at("congress"),
        **foreign,
        "multilateral": at("multilateral"),
        "private": at("private"),
    }


def _row(
    snapshot: Snapshot,
    issue: Issue,
    groups: dict[str, frozenset[str]],
    voiced: set[tuple[str, str]],
) -> Row:
    roles: dict[str, Role] = {party.agency: party.role for party in issue.parties}
    leads = [lead for lead in (issue.leads.foreign, issue.leads.domestic) if lead]
    roles |= dict.fromkeys(leads, "lead")
    cells = []
    for name, members in groups.items():
        here = [role for agency, role in roles.items() if agency in members]
        strongest = next((role for role in _ROLES if role in here), None)
        gap = "" if here else _gap(snapshot, issue, name, voiced)
        cells.append(Cell(strongest, len(here), gap))
    return Row(issue.id, issue.title, issue.priority, issue.theme, tuple(cells))


_LEVELS = {"states": "state", "local": "local", "tribes": "tribal"}


def _gap(snapshot: Snapshot, issue: Issue, column: str, voiced: set[tuple[str, str]]) -> str:
    if column == snapshot.office.lockstep_agency:
        return f"{snapshot.name(column)} is no party"
    if column in _LEVELS and (issue.id, _LEVELS[column]) in voiced:
        return "they have a position and are no party"
    countries = {
        country
        for name in issue.relationships
        if name in snapshot.office.relationships
        for country in snapshot.office.relationships[name].countries
    }
    return "no counterpart is named" if column in countries else ""


def _members(snapshot: Snapshot, issues: Iterable[Issue], level: str) -> list[Member]:
    found = []
    for agency in snapshot.agencies:
        if agency.level == level:
            roles: dict[str, tuple[str, ...]] = {
                role: _where(issues, agency, role) for role in _ROLES
            }
            found.append(Member(agency.id, agency.title, agency.level, roles))
    return sorted(found, key=lambda member: (-sum(map(len, member.roles.values())), member.agency))


def _where(issues: Iterable[Issue], agency: Agency, role: Role) -> tuple[str, ...]:
    found = []
    for issue in issues:
        leads = agency.id in (issue.leads.foreign, issue.leads.domestic)
        party = any(party.agency == agency.id and party.role == role for party in issue.parties)
        if (role == "lead" and leads) or (party and not leads) or (party and role == "lead"):
            found.append(issue.id)
    return tuple(found)
