"""The first page: what presses, where each issue stands, what comes, who raises what, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from nacoord.desk.site.answer import Site
from nacoord.desk.status.answer import Line
from nacoord.desk.status.pressing import Pressing
from nacoord.desk.status.raised import Voice
from nacoord.present.dates import distance
from nacoord.present.dates import short
from nacoord.present.site import history
from nacoord.present.site.blocks import Block
from nacoord.present.site.blocks import Bullets
from nacoord.present.site.blocks import Note
from nacoord.present.site.blocks import Section
from nacoord.present.site.blocks import Table
from nacoord.present.site.blocks import Under
from nacoord.present.site.blocks import health
from nacoord.present.site.blocks import joined
from nacoord.present.site.blocks import late
from nacoord.present.site.blocks import overdue
from nacoord.present.site.blocks import put
from nacoord.present.site.blocks import soft
from nacoord.present.site.blocks import strong
from nacoord.present.site.blocks import words
from nacoord.present.site.links import Links

_KINDS = {"engagement": "contact", "commitment": "promise"}


def sections(site: Site, link: Links) -> list[Section]:
    """Return the sections of the first page."""
    until = f"{site.status.until.day} {site.status.until:%B}"
    return [
        Section("pressing", "Decide, or late", _pressing(site, link)),
        Section("issues", "Issues", _issues(site, link)),
        Section("coming", f"Coming until {until}", _coming(site, link)),
        Section(
            "raised",
            "What states and federal agencies raise",
            _raised(site, link),
        ),
        Section("changed", "Changed in the last days", _changed(site, link)),
        Section("ended", "Not tended: proposed or ended", _others(site, link)),
    ]


def counts(site: Site) -> list[Markup]:
    """Return how many live issues there are, and of each health."""
    status = site.status
    found = [words(f"{status.issues} live issue{'s' * (status.issues != 1)}")]
    for name in ("red", "amber", "green"):
        if status.health.get(name):
            found.append(put("{} {}", status.health[name], health(name)))
    count = len(site.radar.findings)
    said = put('<a href="radar.html">{}</a>', f"{count or 'no'} radar finding{'s' * (count != 1)}")
    return [*found, said]


def _pressing(site: Site, link: Links) -> list[Block]:
    if not site.status.pressing:
        return [Note("Nothing waits for a decision, and nothing is late.")]
    rows = [_press(each, site, link) for each in site.status.pressing]
    return [Table(("Needed", "What", "Whose", "Who"), rows, "pressing")]


def _press(each: Pressing, site: Site, link: Links) -> tuple[Markup, ...]:
    due = short(each.due, site.today)
    far = distance(each.days)
    needed = overdue(-(each.days or 0)) if each.urgency == "late" else soft(far)
    return (
        joined([due, needed], " "),
        link.said(each.record, each.what),
        words(each.side),
        link.ids(each.who),
    )


def _issues(site: Site, link: Links) -> list[Block]:
    if not site.status.lines:
        return [Note("No live issue here.")]
    blocks: list[Block] = []
    for theme, found in groupby(site.status.lines, key=lambda line: line.theme):
        title = site.status.themes.get(theme, theme)
        rows = [_line(line, site, link) for line in found]
        blocks.append(Under(title))
        blocks.append(
            Table(
                ("", "Health", "Issue", "Next step", "Who", "Due"),
                rows,
                "issues",
                f"Issues: {title}",
            )
        )
    return blocks


def _line(line: Line, site: Site, link: Links) -> tuple[Markup, ...]:
    due = short(line.due, site.today)
    status = soft(line.status) if line.status != "active" else ""
    return (
        strong(line.priority) if line.priority == "P1" else words(line.priority),
        health(line.health),
        joined([link.title(line.issue), status], " "),
        words(line.next_step) if line.next_step else soft("no next step"),
        link.id(line.who) if line.who else Markup(),
        joined([due, late("late")], " ") if line.overdue else words(due),
    )


def _coming(site: Site, link: Links) -> list[Block]:
    if not site.status.coming:
        return [Note("Nothing is dated in these days.")]
    rows = [
        (
            words(short(each.when, site.today)),
            link.said(each.record, each.what),
            words(_KINDS.get(each.kind, each.kind)),
            link.ids(each.who),
        )
        for each in site.status.coming
    ]
    return [Table(("When", "What", "", "Who"), rows, "pressing")]


def _raised(site: Site, link: Links) -> list[Block]:
    rows = [
        (link.title(each.issue), _voices(each.states, link), _voices(each.federal, link))
        for each in site.status.raised
        if each.states
    ]
    if not rows:
        return []
    return [Table(("Issue", "States, cities, tribes", "Federal agencies"), rows, "thirds")]


def _voices(voices: Sequence[Voice], link: Links) -> Markup:
    items = (put("<li>{}: {}</li>", link.id(voice.agency), words(voice.stance)) for voice in voices)
    return put('<ul class="plain">{}</ul>', Markup().join(items)) if voices else Markup()


def _changed(site: Site, link: Links) -> list[Block]:
    found = history.lately(site, link)
    if found:
        return [Bullets(found, "history")]
    days = site.snapshot.office.thresholds.recent_days
    told = history.nothing(site) if not site.past else f"Nothing changed in the last {days} days."
    return [Note(told)]


def _others(site: Site, link: Links) -> list[Block]:
    found = [
        put("{} {}", link.title(issue.id), soft(issue.status))
        for issue in site.snapshot.issues
        if issue.id in site.pages and not issue.live
    ]
    return [Bullets(found, "dense")] if found else []
