"""The web of ties between issues: what each is linked to, and what it shares with others."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass

from nacoord.desk.impact.ties import Hub
from nacoord.desk.impact.ties import Role
from nacoord.desk.impact.ties import Tie
from nacoord.desk.impact.ties import TieKind
from nacoord.desk.impact.ties import of_link
from nacoord.desk.impact.ties import weight
from nacoord.desk.sides import home_country
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.clock import Clock
from nacoord.model.kinds.issue import ClockRun
from nacoord.model.kinds.issue import Issue
from nacoord.model.snapshot import Snapshot

# A stakeholder in half of the open issues ties everything to everything, and so says nothing. In a
# record with fewer issues than _FEW no half is told from a few.
_EVERYWHERE = 0.5
_FEW = 10


@dataclass(frozen=True)
class Web:
    """The ties between issues.

    Attributes:
        links: by issue and other issue: their links, the weightiest first.
        hubs: by issue: the clocks and agencies that it shares with others.
    """

    links: Mapping[str, Mapping[str, tuple[Tie, ...]]]
    hubs: Mapping[str, tuple[Hub, ...]]

    def linked(self, id: str) -> Iterator[tuple[str, tuple[Tie, ...]]]:
        """Yield the issues that links tie to one, and those links."""
        yield from self.links.get(id, {}).items()

    def sharing(self, id: str) -> Iterator[tuple[str, Hub]]:
        """Yield the issues that share something with one, and what."""
        for hub in self.hubs.get(id, ()):
            yield from ((other, hub) for other in hub.roles if other != id)


def weave(snapshot: Snapshot, asked: Iterable[str], everything: bool = False) -> Web:
    """Return the ties between the issues that are open.

    Issues that have ended belong to it only as precedents.

    Args:
        snapshot: the record.
        asked: ids of issues that belong to it even when they have ended.
        everything: whether all issues belong to it.
    """
    kept = set(asked)
    issues = {
        issue.id: issue
        for issue in snapshot.issues
        if everything or not issue.ended or issue.id in kept
    }
    hubs: dict[str, list[Hub]] = {}
    for hub in (*_clock_hubs(snapshot, issues.values()), *_agency_hubs(snapshot, issues.values())):
        for id in hub.roles:
            hubs.setdefault(id, []).append(hub)
    links = _links(snapshot, issues)
    return Web(links, {id: tuple(found) for id, found in hubs.items()})


def _links(
    snapshot: Snapshot, issues: Mapping[str, Issue]
) -> dict[str, dict[str, tuple[Tie, ...]]]:
    found: dict[str, dict[str, list[Tie]]] = {}
    for issue in snapshot.issues:
        for link in issue.links:
            other = snapshot.get(Issue, link.to)
            if other is None or other is issue:
                continue
            inside = (issue.id in issues) + (other.id in issues)
            if inside == 2 or (inside == 1 and link.kind == "precedent"):
                found.setdefault(issue.id, {}).setdefault(other.id, []).append(of_link(link, True))
                found.setdefault(other.id, {}).setdefault(issue.id, []).append(of_link(link, False))
    return {
        one: {other: _told_once(ties) for other, ties in sorted(others.items())}
        for one, others in found.items()
    }


def _told_once(ties: list[Tie]) -> tuple[Tie, ...]:
    """Return links, the weightiest first; what both issues say in the same words counts once."""
    by_words: dict[str, Tie] = {}
    for tie in sorted(ties, key=lambda tie: (*weight(tie), not tie.because)):
        by_words.setdefault(tie.words, tie)
    return tuple(by_words.values())


def _clock_hubs(snapshot: Snapshot, issues: Iterable[Issue]) -> Iterator[Hub]:
    """Yield the clocks that run on several issues: once for those that have the same days."""
    runs: dict[str, dict[str, str]] = {}
    open_ids = set()
    for issue in issues:
        if not issue.ended:
            open_ids.add(issue.id)
        for run in issue.clocks:
            if not run.ended:
                runs.setdefault(run.clock, {})[issue.id] = _days(snapshot, run)
    for clock, days in sorted(runs.items()):
        together: dict[str, list[str]] = {}
        for id, first in days.items():
            together.setdefault(first, []).append(id)
        for first, ids in sorted(together.items()):
            if first and len(ids) > 1:
                yield _hub("clock", clock, dict.fromkeys(ids, ""), open_ids, first)
        if len(days) > 1 and (len(together) > 1 or "" in together):
            yield _hub("clock", clock, dict.fromkeys(days, ""), open_ids)


def _days(snapshot: Snapshot, run: ClockRun) -> str:
    """Return what tells the days of a clock on one issue from those on another; empty for none."""
    clock = snapshot.get(Clock, run.clock)
    if clock and clock.fixed:
        return "fixed"
    started = run.started or (clock.recurrence.start if clock and clock.recurrence else None)
    return started.isoformat() if started else ""


def _agency_hubs(snapshot: Snapshot, issues: Iterable[Issue]) -> Iterator[Hub]:
    """Yield the counterparts abroad and the other stakeholders that several issues have.

    The office itself, the agency it works in lockstep with, and whoever is in half of all open issues
    are left out: they tie everything to everything.
    """
    abroad = _abroad(snapshot)
    roles: dict[str, dict[str, Role]] = {}
    open_ids = set()
    for issue in issues:
        if not issue.ended:
            open_ids.add(issue.id)
        for agency, role in _acting(snapshot, issue, abroad).items():
            roles.setdefault(agency, {})[issue.id] = role
    everywhere = {snapshot.office.own_agency, snapshot.office.lockstep_agency}
    for agency, issue_roles in sorted(roles.items()):
        if agency not in everywhere and len(issue_roles) > 1:
            kind: TieKind = "counterpart" if agency in abroad else "stakeholder"
            hub = _hub(kind, agency, issue_roles, open_ids)
            if len(open_ids) < _FEW or hub.among < _EVERYWHERE * len(open_ids):
                yield hub


def _hub(
    kind: TieKind, id: str, roles: Mapping[str, Role], open_ids: set[str], days: str = ""
) -> Hub:
    return Hub(kind, id, roles, len(open_ids.intersection(roles)), days)


def _abroad(snapshot: Snapshot) -> dict[str, str | None]:
    """Return the bodies of other governments, and their countries."""
    country = home_country(snapshot)
    return {
        agency.id: agency.country
        for agency in snapshot.agencies
        if agency.level == "foreign" and (agency.country is None or agency.country != country)
    }


def _acting(snapshot: Snapshot, issue: Issue, abroad: Mapping[str, str | None]) -> dict[str, Role]:
    """Return who acts in an issue: its leads, supporting parties, and counterparts abroad.

    Those who are only informed don't act. Where an issue names nobody of a country it is about, whom a
    lead deals with there is the counterpart, if there is only one.
    """
    leads = [lead for lead in (issue.leads.foreign, issue.leads.domestic) if lead]
    found: dict[str, Role] = {
        party.agency: "leads" if party.role == "lead" else "supports"
        for party in issue.parties
        if party.role != "inform"
    }
    found |= dict.fromkeys(leads, "leads")
    named = {abroad[id] for id in found if id in abroad}
    for country in _countries(snapshot, issue) - named:
        for id in leads:
            agency = snapshot.get(Agency, id)
            there = [
                other
                for other in (agency.counterparts if agency else ())
                if abroad.get(other) == country
            ]
            if len(there) == 1:
                found[there[0]] = "deals with"
    return found


def _countries(snapshot: Snapshot, issue: Issue) -> set[str]:
    relationships = snapshot.office.relationships
    return {
        country
        for name in issue.relationships
        if name in relationships
        for country in relationships[name].countries
    }
