"""The page of an issue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from nacoord.desk.impact.answer import Impact
from nacoord.desk.impact.answer import Moved
from nacoord.desk.impact.tied import Tied
from nacoord.desk.site.answer import Site
from nacoord.desk.site.dossiers import Dossiers
from nacoord.desk.site.dossiers import IssueFile
from nacoord.model.kinds.issue import Issue
from nacoord.present.dates import short_day
from nacoord.present.site import fields
from nacoord.present.site.blocks import Block
from nacoord.present.site.blocks import Bullets
from nacoord.present.site.blocks import Drawing
from nacoord.present.site.blocks import Facts
from nacoord.present.site.blocks import Said
from nacoord.present.site.blocks import Section
from nacoord.present.site.blocks import Table
from nacoord.present.site.blocks import Under
from nacoord.present.site.blocks import health
from nacoord.present.site.blocks import joined
from nacoord.present.site.blocks import lines
from nacoord.present.site.blocks import put
from nacoord.present.site.blocks import soft
from nacoord.present.site.blocks import strong
from nacoord.present.site.blocks import words
from nacoord.present.site.clocks import clocks
from nacoord.present.site.clocks import when
from nacoord.present.site.graph import graph
from nacoord.present.site.links import Links
from nacoord.present.site.shared import actions
from nacoord.present.site.shared import closing
from nacoord.present.site.shared import contacts
from nacoord.present.site.shared import promises

_TOLD = fields.HEAD | {
    "relationships", "theme", "priority", "status", "health", "health_reason", "leads", "owner",
    "parties", "next_step", "decisions", "success", "milestones", "links", "clocks", "notes", "sources",
}  # fmt: skip
# What only shares something is told as far as this.
_FEW = 5
_PROMISES = {"ours": "our promise", "theirs": "their promise"}
_KINDS = {"commitment": "promise", "engagement": "contact"}


def sections(site: Site, files: Dossiers, issue: Issue, link: Links) -> list[Section]:
    """Return the sections of an issue's page."""
    file, today = files.issue(issue), site.today
    return [
        Section("next", "What is next", _next(issue, today, link)),
        Section("hangs", "What hangs on it", _hanging(file.impact, today, link)),
        Section("who", "Who is in it", _who(issue, link)),
        Section("positions", "Who stands where", _positions(file, today, link)),
        Section("ties", "What else moves if it moves", _ties(file.impact, link)),
        Section("clocks", "Clocks", clocks(file.clocks, today, link)),
        Section("promises", "Promises about it", promises(file.promises, today, link)),
        Section("actions", "Actions that hit it", actions(file.actions, today, link)),
        Section("contacts", "Contacts about it", contacts(file.contacts, today, link)),
        Section("milestones", "Milestones", _milestones(issue, today)),
        *closing(site, files, issue, link, _TOLD),
    ]


def head(site: Site, issue: Issue, link: Links) -> dict[str, object]:
    """Return what stands above the sections."""
    office = site.snapshot.office
    named = [
        office.relationships[name].title if name in office.relationships else name
        for name in issue.relationships
    ]
    return {
        "kicker": joined(["Issue", office.themes.get(issue.theme, issue.theme), *named], " · "),
        "standing": joined([strong(issue.priority), health(issue.health), issue.status], " "),
        "why": issue.health_reason or "",
    }


def _next(issue: Issue, today: date, link: Links) -> list[Block]:
    rows: list[tuple[str, Sequence[Said]]] = []
    step = issue.next_step
    if step:
        due = when(step.due, today, open=not issue.ended) if step.due else ""
        who = link.title(step.who) if step.who else ""
        rows.append(("next step", [words(step.what), joined([who, due], ", ")]))
    elif issue.live:
        rows.append(("next step", [soft("none is set")]))
    for decision in issue.decisions:
        who = link.title(decision.who) if decision.who else ""
        if decision.decided:
            how = f"decided {short_day(decision.decided.on, today)}: {decision.decided.how}"
            rows.append(("decision", [words(decision.what), joined([who, how], ", ")]))
        else:
            due = when(decision.due, today) if decision.due else ""
            rows.append(("to decide", [words(decision.what), joined([who, due], ", ")]))
    if issue.success:
        rows.append(("success is", lines(issue.success)))
    return [Facts(rows)] if rows else []


def _who(issue: Issue, link: Links) -> list[Block]:
    rows: list[tuple[str, Sequence[Said]]] = [
        (label, [link.title(id)])
        for label, id in (
            ("leads abroad", issue.leads.foreign),
            ("leads at home", issue.leads.domestic),
            ("owner", issue.owner),
        )
        if id
    ]
    for role, label in (("lead", "leads"), ("support", "supports"), ("inform", "is informed")):
        ids = [party.agency for party in issue.parties if party.role == role]
        if ids:
            rows.append((label, [joined(map(link.title, ids), "; ")]))
    return [Facts(rows)] if rows else []


def _positions(file: IssueFile, today: date, link: Links) -> list[Block]:
    rows = [
        (
            put("{} {}", link.title(agency.id), soft(agency.level)),
            words(position.stance),
            joined(
                [
                    short_day(position.since, today) if position.since else "",
                    f"confidence {position.confidence}" if position.confidence else "",
                    position.source or "",
                ],
                "; ",
            ),
        )
        for agency, position in file.positions
    ]
    return [Table(("Stakeholder", "Holds", "Since, source"), rows, "thirds")] if rows else []


def _ties(answer: Impact, link: Links) -> list[Block]:
    blocks: list[Block] = []
    drawing = graph(answer, link)
    if drawing:
        blocks.append(Drawing(drawing))
    for title, moved, most, near in (
        ("Linked to it", answer.linked, None, True),
        ("On the same clock", answer.clocked, None, True),
        ("Two links away", answer.farther, None, False),
        ("Shares counterparts and stakeholders", answer.sharing, _FEW, True),
    ):
        shown = moved[:most]
        if not shown:
            continue
        items = [_moved(each, link, near=near) for each in shown]
        if len(moved) > len(shown):
            items.append(soft(f"and {len(moved) - len(shown)} more that share less"))
        blocks += [Under(title), Bullets(items)]
    return blocks


def _moved(moved: Moved, link: Links, *, near: bool) -> Markup:
    start = "" if near else put("{} ", link.id(moved.start))
    links = [tie for tie in moved.ties if tie.kind == "link"]
    if links:
        said = joined(tie.words for tie in links)
        because = joined((tie.because for tie in links if tie.because), "; ")
    else:
        said = Markup()
        because = joined((tie.because for tie in moved.ties[:_FEW]), "; ")
    return put(
        "{}{} {} {} {}{}",
        start,
        said,
        link.title(moved.issue),
        words(moved.priority),
        health(moved.health),
        put(": {}", because) if because else "",
    )


def _hanging(answer: Impact, today: date, link: Links) -> list[Block]:
    rows = [
        (
            when(each.when, today),
            words(_what(each)),
            link.said(each.record, each.what),
            link.ids(each.who),
        )
        for each in answer.tied
    ]
    return [Table(("When", "", "What", "Who"), rows, "hanging")] if rows else []


def _what(each: Tied) -> str:
    return _PROMISES.get(each.side or "", "") or _KINDS.get(each.kind, each.kind)


def _milestones(issue: Issue, today: date) -> list[Block]:
    rows = [
        (
            words(each.what),
            when(each.due, today, open=not each.done and not issue.ended) if each.due else "",
            words(f"reached {short_day(each.done, today)}" if each.done else "not reached"),
        )
        for each in issue.milestones
    ]
    return [Table(("Milestone", "Due", "Reached"), rows, "thirds")] if rows else []
