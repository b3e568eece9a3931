"""Sections that pages of several kinds have."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from markupsafe import Markup

from nacoord.desk.site.answer import Site
from nacoord.desk.site.dossiers import Coming
from nacoord.desk.site.dossiers import Dossiers
from nacoord.model.kinds.base import Note as RecordNote
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.commitment import Commitment
from nacoord.model.kinds.engagement import Engagement
from nacoord.model.when import span
from nacoord.present.dates import distance
from nacoord.present.dates import short
from nacoord.present.dates import short_day
from nacoord.present.site import history
from nacoord.present.site.blocks import Block
from nacoord.present.site.blocks import Bullets
from nacoord.present.site.blocks import Facts
from nacoord.present.site.blocks import Section
from nacoord.present.site.blocks import Table
from nacoord.present.site.blocks import joined
from nacoord.present.site.blocks import late
from nacoord.present.site.blocks import lines
from nacoord.present.site.blocks import overdue
from nacoord.present.site.blocks import put
from nacoord.present.site.blocks import soft
from nacoord.present.site.blocks import words
from nacoord.present.site.fields import entries
from nacoord.present.site.fields import facts
from nacoord.present.site.links import Links


def promises(found: Iterable[Commitment], today: date, link: Links) -> list[Block]:
    """Return promises, each with whether it is kept."""
    rows = [
        (
            link.title(each.id),
            put("{} to {}", link.ids(each.by), link.ids(each.to)),
            words(short(each.due, today)) if each.due else soft("no date"),
            _standing(each, today),
        )
        for each in found
    ]
    return [Table(("Promise", "By and to", "Due", "Standing"), rows, "promises")] if rows else []


def _standing(promise: Commitment, today: date) -> Markup:
    due = promise.due
    if promise.status == "open" and due:
        days = (due.end - today).days
        return put("open, {}", overdue(-days) if days < 0 else distance(days))
    return words(promise.status)


def actions(found: Iterable[Coming], today: date, link: Links) -> list[Block]:
    """Return actions, each with who has not been told."""
    rows = [
        (
            link.title(each.id),
            words(short(each.when, today)),
            link.ids(each.by),
            joined([each.status, _untold(untold, link)], "; "),
        )
        for each, untold in found
    ]
    return [Table(("Action", "When", "By", "Standing"), rows, "promises")] if rows else []


def _untold(untold: Sequence[str], link: Links) -> Markup:
    return put("{} {}", late("not told:"), link.ids(untold)) if untold else Markup()


def contacts(found: Iterable[Engagement], today: date, link: Links) -> list[Block]:
    """Return contacts, each with what came of it."""
    rows = []
    for each in found:
        day = short(span(each.date, each.until), today)
        ahead = soft(distance((each.date - today).days)) if each.date >= today else ""
        came = joined((outcome.what for outcome in each.outcomes), "; ")
        rows.append(
            (
                link.title(each.id),
                joined([day, ahead], " "),
                link.ids(each.attendees),
                joined([each.type, came], "; "),
            )
        )
    return [Table(("Contact", "When", "With", "What came of it"), rows, "promises")] if rows else []


def closing(
    site: Site, files: Dossiers, record: Record, link: Links, told: Collection[str]
) -> list[Section]:
    """Return the sections that end every record's page.

    Args:
        site: the site.
        files: what belongs to its records.
        record: the record.
        link: how ids are linked.
        told: the names of fields that are told above.
    """
    rest = facts(record, link, told)
    sources = entries(record.sources, link) if "sources" in told else []
    return [
        Section("further", "What else the record says", [Facts(rest)] if rest else []),
        Section(
            "notes", "Notes", [Bullets(_notes(record.notes, site.today))] if record.notes else []
        ),
        Section("sources", "Sources", [Bullets(sources)] if sources else []),
        Section("referrers", "Referred to by", _referrers(site, files, record.id, link)),
        history.section(site, record.id),
    ]


def _notes(notes: Iterable[RecordNote], today: date) -> list[Markup]:
    return [
        put(
            "{} {}",
            joined(lines(note.text), " "),
            soft(joined([note.by or "", short_day(note.on, today)])),
        )
        for note in notes
    ]


def _referrers(site: Site, files: Dossiers, id: str, link: Links) -> list[Block]:
    rows = []
    for kind, found in groupby(files.referrers(id), key=lambda each: each.kind):
        said = [
            put("{} {}", link.title(each.id), soft(f"({each.field.replace('_', ' ')})"))
            for each in found
        ]
        rows.append((kind, said))
    return [Facts(rows)] if rows else []
