"""The page of the radar: every finding whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.finding import Place
from nacoord.desk.site.answer import Site
from nacoord.model.kinds.table import kind_of
from nacoord.model.office import FILE
from nacoord.present.dates import distance
from nacoord.present.site.blocks import joined
from nacoord.present.site.blocks import put
from nacoord.present.site.blocks import words
from nacoord.present.site.links import Links


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as the page shows it."""

    rule: str
    far: str
    what: str
    why: str
    about: Markup
    who: Markup
    remedy: str
    places: Markup


def shown(site: Site, findings: tuple[Finding, ...], link: Links) -> list[Shown]:
    """Return findings as the page shows them."""
    return [
        Shown(
            rule=each.rule,
            far=distance((each.day - site.today).days) if each.day else "",
            what=each.what,
            why=each.why,
            about=link.title(each.about),
            who=link.ids(each.who),
            remedy=each.remedy,
            places=joined(_places(site, each.places, link), "; "),
        )
        for each in findings
    ]


def _places(site: Site, places: tuple[Place, ...], link: Links) -> Iterator[Markup]:
    """Yield where in the record a finding rests: the file, from the record's folder, and the line."""
    told = set()
    for place in places:
        record = site.snapshot.records.get(place.record)
        file = f"{kind_of(record).folder}/{place.record}.yaml" if record else FILE
        if file not in told:
            told.add(file)
            line = f":{place.line}" if place.line else ""
            where = link.href(place.record) if record else ""
            said = words(f"{file}{line}")
            yield put('<a href="{}">{}</a>', where, said) if where else said
