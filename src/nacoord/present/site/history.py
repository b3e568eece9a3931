"""The history of a record, in words."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

from markupsafe import Markup

from nacoord.desk.chronicle import Entry
from nacoord.desk.edits.outcome import RecordChange
from nacoord.desk.edits.outcome import leading
from nacoord.desk.site.answer import Site
from nacoord.desk.site.answer import Told
from nacoord.desk.wording import follow_words
from nacoord.desk.wording import phrase
from nacoord.present.dates import long_day
from nacoord.present.dates import short_day
from nacoord.present.site.blocks import Bullets
from nacoord.present.site.blocks import Note
from nacoord.present.site.blocks import Section
from nacoord.present.site.blocks import joined
from nacoord.present.site.blocks import put
from nacoord.present.site.blocks import soft
from nacoord.present.site.blocks import words
from nacoord.present.site.links import Links

# So many changes of one record are told; the command has them all.
_MOST = 100
# So many of its records are told of one commit on the first page.
_FEW = 6
_LONG = 160


def section(site: Site, id: str) -> Section:
    """Return what happened to a record, newest first."""
    told = site.history.get(id, ())
    blocks: list[Bullets | Note] = []
    if told:
        blocks.append(Bullets([_told(site, each) for each in told[:_MOST]], "history"))
    else:
        blocks.append(Note(nothing(site)))
    if len(told) > _MOST:
        blocks.append(Note(f"{len(told) - _MOST} older changes: nacoord history {id}"))
    return Section("history", "History", blocks)


def nothing(site: Site) -> str:
    """Say why no change is told."""
    if site.later:
        many = f"{site.later} commit{'s' * (site.later > 1)}"
        was = "were" if site.later > 1 else "was"
        return f"No change is told: {many} of the record {was} made after {long_day(site.today)}."
    if not site.past:
        return "The record has no history to tell from."
    if site.ceiling:
        return f"No change that may be told under the ceiling {site.ceiling}."
    return "No change of it is in the history."


def lately(site: Site, link: Links) -> list[Markup]:
    """Return the commits of the last days."""
    return [_commit(site, entry, link) for entry in site.changed]


def _told(site: Site, told: Told) -> Markup:
    said = joined(_phrases(told.change), "; ")
    return put("{} {}{}", _day(site, told.entry), said, _signed(site, told.entry, _why(told.entry)))


def _day(site: Site, entry: Entry) -> Markup:
    day = short_day(entry.on, site.today)
    return put('<time datetime="{}">{}</time>', entry.on.isoformat(), day)


def _why(entry: Entry) -> str:
    """Return the reason given, or what a commit made by hand says."""
    said = entry.why or ("" if entry.action else entry.subject)
    return " ".join(said.split())


def _signed(site: Site, entry: Entry, why: str) -> Markup:
    """Return who and why; under a ceiling nobody is named."""
    who = "" if site.ceiling else entry.who
    parts = joined([who, why], ": ")
    return put(" {}", soft(parts)) if parts else Markup()


def _phrases(change: RecordChange) -> Iterator[Markup]:
    if change.what in ("new", "removed"):
        yield words(f"{change.what} {change.kind}")
    elif change.what == "renamed" and change.was:
        yield words(f"was {change.was}")
    for each in change.fields:
        if not (change.what == "renamed" and each.field == "formerly"):
            yield words(phrase(each, _LONG))
    if change.what == "changed" and not change.fields:
        yield words("no field changed")


def _commit(site: Site, entry: Entry, link: Links) -> Markup:
    told, followers = leading(entry.records)
    told = [each for each in told or entry.records if each.id in site.pages]
    shown: Sequence[Markup] = [
        put("{}: {}", link.id(each.id), words(each.words())) for each in told[:_FEW]
    ]
    more = f"and {len(told) - _FEW} more" if len(told) > _FEW else ""
    follow = follow_words(followers) if followers else ""
    said = joined([*shown, more, follow], "; ")
    return put("{} {}{}", _day(site, entry), said, _signed(site, entry, _why(entry)))
