"""The pages of records that are no issues: stakeholders, persons, promises, contacts, actions, clocks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from nacoord.desk.contacts import Contact
from nacoord.desk.site.answer import Site
from nacoord.desk.site.dossiers import Dossiers
from nacoord.desk.site.dossiers import PartyFile
from nacoord.desk.telling import telling
from nacoord.model.kinds.action import Action
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.clock import Clock
from nacoord.model.kinds.engagement import Engagement
from nacoord.model.kinds.person import Person
from nacoord.model.kinds.table import kind_of
from nacoord.present.dates import distance
from nacoord.present.dates import short_day
from nacoord.present.site import fields
from nacoord.present.site.blocks import Block
from nacoord.present.site.blocks import Bullets
from nacoord.present.site.blocks import Facts
from nacoord.present.site.blocks import Said
from nacoord.present.site.blocks import Section
from nacoord.present.site.blocks import Table
from nacoord.present.site.blocks import health
from nacoord.present.site.blocks import joined
from nacoord.present.site.blocks import late
from nacoord.present.site.blocks import put
from nacoord.present.site.blocks import soft
from nacoord.present.site.blocks import words
from nacoord.present.site.clocks import deadlines
from nacoord.present.site.clocks import when
from nacoord.present.site.links import Links
from nacoord.present.site.shared import actions
from nacoord.present.site.shared import closing
from nacoord.present.site.shared import contacts
from nacoord.present.site.shared import promises

_WHOLE = fields.HEAD | {"notes", "sources"}


def sections(site: Site, files: Dossiers, record: Record, link: Links) -> list[Section]:
    """Return the sections of a record's page."""
    facts = fields.facts(record, link, _WHOLE | {"positions"})
    told = _WHOLE | set(type(record).model_fields)
    found = [Section("facts", "What the record says", [Facts(facts)] if facts else [])]
    if isinstance(record, (Agency, Person)):
        found += _party(site, files.party(record), record, link)
    elif isinstance(record, Action):
        found.append(Section("telling", "Who knows of it", _telling(site, record, link)))
    elif isinstance(record, Clock):
        found.append(
            Section(
                "deadlines",
                "When it falls due",
                deadlines(files.deadlines(record.id), site.today, link),
            )
        )
    return [*found, *closing(site, files, record, link, told)]


def head(record: Record) -> dict[str, object]:
    """Return what stands above the sections."""
    if isinstance(record, Agency):
        kicker = joined(["Stakeholder", record.level, record.country or ""], " · ")
    elif isinstance(record, Person):
        kicker = joined(["Person", record.role], " · ")
    else:
        kicker = words({"commitment": "Promise", "engagement": "Contact"}.get(
            kind_of(record).name, kind_of(record).name.capitalize()
        ))  # fmt: skip
    return {"kicker": kicker, "standing": "", "why": ""}


def _party(site: Site, file: PartyFile, record: Agency | Person, link: Links) -> list[Section]:
    today = site.today
    positions = record.positions if isinstance(record, Agency) else ()
    stands = [
        (
            link.title(each.issue),
            words(each.stance),
            joined(
                [
                    short_day(each.since, today) if each.since else "",
                    f"confidence {each.confidence}" if each.confidence else "",
                    each.source or "",
                ],
                "; ",
            ),
        )
        for each in positions
    ]
    return [
        Section(
            "roles",
            "Its issues" if isinstance(record, Agency) else "Their issues",
            _roles(file, link),
        ),
        Section(
            "positions",
            "Where it stands",
            [Table(("Issue", "Holds", "Since, source"), stands, "thirds")] if stands else [],
        ),
        Section("contact", "In contact", _contact(file.contact, record, today, link)),
        Section("made", "What it promised", promises(file.made, today, link)),
        Section("received", "What it was promised", promises(file.received, today, link)),
        Section("actions", "Actions", actions(file.actions, today, link)),
        Section("contacts", "Contacts", contacts(file.contacts, today, link)),
        Section("people", "Who serves there", _list(file.people, link)),
        Section("bodies", "What is part of it", _list(file.bodies, link)),
    ]


def _roles(file: PartyFile, link: Links) -> list[Block]:
    rows = [
        (
            link.title(issue.id),
            joined(
                [words(issue.priority), health(issue.health), "" if issue.live else issue.status],
                " ",
            ),
            joined(does),
        )
        for issue, does in file.roles
    ]
    return [Table(("Issue", "Standing", "What it does there"), rows, "roles")] if rows else []


def _contact(contact: Contact, record: Agency | Person, today: date, link: Links) -> list[Block]:
    if not isinstance(record, Agency):
        return []
    rows: list[tuple[str, Sequence[Said]]] = []
    if contact.last:
        rows.append(("last", [_met(contact.last, today, link)]))
    elif record.cadence_days:
        rows.append(("last", [soft("none in the record")]))
    if contact.next:
        rows.append(("next", [_met(contact.next, today, link)]))
    return [Facts(rows)] if rows else []


def _met(engagement: Engagement, today: date, link: Links) -> Markup:
    far = soft(distance((engagement.date - today).days))
    day = short_day(engagement.date, today)
    return put("{}, {} {}", link.title(engagement.id), day, far)


def _list(records: Sequence[Record], link: Links) -> list[Block]:
    return [Bullets([link.title(each.id) for each in records], "dense")] if records else []


def _telling(site: Site, action: Action, link: Links) -> list[Block]:
    """Return who still has to be told of an action or to clear it, and who might be told too."""
    if action.status != "expected":
        return []
    found, today = telling(site.snapshot, site.today, action), site.today
    rows: list[tuple[str, Sequence[Said]]] = []
    if found.untold:
        said = [
            joined([link.title(each.who), when(each.by, today) if each.by else ""], ", ")
            for each in found.untold
        ]
        rows.append(("not told", said))
    if found.uncleared:
        said = [
            joined([link.title(each.who), late(each.status), each.comment], ", ")
            for each in found.uncleared
        ]
        rows.append(("not cleared", said))
    if found.unlisted:
        rows.append(
            ("on no list", [joined((link.title(each.who) for each in found.unlisted), "; ")])
        )
    return [Facts(rows)] if rows else []
