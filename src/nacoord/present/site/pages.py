"""Every page of a site, each with its path; names of files are ids alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nacoord.desk.site.answer import Site
from nacoord.desk.site.dossiers import Dossiers
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.issue import Issue
from nacoord.present.dates import long_day
from nacoord.present.plain import one_line
from nacoord.present.site import calendar
from nacoord.present.site import issue
from nacoord.present.site import overview
from nacoord.present.site import promises
from nacoord.present.site import radar
from nacoord.present.site import records
from nacoord.present.site import search
from nacoord.present.site.blocks import filled
from nacoord.present.site.blocks import lines
from nacoord.present.site.environment import script
from nacoord.present.site.environment import style
from nacoord.present.site.environment import template
from nacoord.present.site.links import Links
from nacoord.present.site.links import path_of

_NAVIGATION = (
    ("index.html", "Status"),
    ("radar.html", "Radar"),
    ("calendar.html", "Calendar"),
    ("promises.html", "Promises"),
    ("search.html", "Records"),
)


def count(site: Site) -> int:
    """Return how many files a site has, beside its marker."""
    return len(site.pages) + len(_NAVIGATION) + 1  # the style


def pages(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of every file of a site."""
    yield "site.css", style(banner(site))
    yield from _overviews(site)
    files = Dossiers(site.snapshot, site.today)
    link = Links(site.snapshot, site.pages, "../")
    shared = _shared(site, "../", "keys.js")
    for id in sorted(site.pages):
        record = site.snapshot.records[id]
        page = {**shared, **_record(site, files, record, link)}
        yield path_of(site.snapshot, id), template("record.html").render(page)


def banner(site: Site) -> str:
    """Return the marking that stands at the top and at the bottom of every page."""
    return one_line(site.marking.upper())


def _overviews(site: Site) -> Iterator[tuple[str, str]]:
    link = Links(site.snapshot, site.pages, "")
    status = {"counts": overview.counts(site), "sections": filled(overview.sections(site, link))}
    yield _page(site, "index.html", site.scope.title, status)
    found = {
        "findings": radar.shown(site, site.radar.findings, link),
        "muted": radar.shown(site, site.radar.muted, link),
    }
    yield _page(site, "radar.html", "Radar", found)
    until = long_day(site.agenda.until)
    ahead = {
        "months": calendar.months(site),
        "weekdays": calendar.WEEKDAYS,
        "days": calendar.days(site, link),
        "until": until,
        "late": site.agenda.late,
    }
    yield _page(site, "calendar.html", "Calendar", ahead)
    kept = {"summary": promises.summary(site), "sections": promises.sections(site, link)}
    yield _page(site, "promises.html", "Promises", kept)
    every = {"kinds": search.listed(site, link), "index": search.index(site)}
    yield _page(site, "search.html", "Records", every, "search.js")


def _page(
    site: Site, name: str, title: str, values: dict[str, Any], script: str = "keys.js"
) -> tuple[str, str]:
    page = {**_shared(site, "", script), **values, "title": title, "here": name}
    return name, template(name).render(page)


def _shared(site: Site, root: str, name: str) -> dict[str, Any]:
    """Return what every page says."""
    text, policy = script(name)
    unread = f"{site.unread} file{'s' * (site.unread != 1)}" if site.unread else ""
    return {
        "root": root,
        "here": "",
        "policy": policy,
        "script": text,
        "banner": banner(site),
        "office": site.snapshot.office.name,
        "scope": site.scope.title if site.scope.kind != "everything" else "",
        "day": long_day(site.today),
        "reference": site.snapshot.office.reference_date == site.today,
        "left_out": site.left_out,
        "unread": unread,
        "ceiling": site.ceiling or "",
        "navigation": _NAVIGATION,
    }


def _record(site: Site, files: Dossiers, record: Record, link: Links) -> dict[str, Any]:
    if isinstance(record, Issue):
        head = issue.head(site, record, link)
        found = issue.sections(site, files, record, link)
    else:
        head = records.head(record)
        found = records.sections(site, files, record, link)
    return {
        **head,
        "title": record.title,
        "id": record.id,
        "marking": record.marking,
        "summary": lines(record.summary or ""),
        "sections": filled(found),
    }
