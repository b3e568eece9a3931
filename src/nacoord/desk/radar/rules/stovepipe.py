"""An issue lacks somebody who must be in it: a lead abroad or at home, State, a state, a counterpart.

It speaks of a live issue without a foreign or a domestic lead, without the agency the office works in
lockstep with (or a part of it) among its leads and parties, without anybody of a country its
relationship names (a firm is no counterpart), or without a state, city or tribe that has a position on
it.

Why it matters: the office exists because foreign and domestic policy are made apart; a state's issue
stands on even footing with a federal one.

What to do: name the missing one with `nacoord set ISSUE`.
"""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.lookup import descendants
from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.finding import Place
from nacoord.desk.radar.scene import Scene
from nacoord.desk.radar.words import listed
from nacoord.model.kinds.agency import SUBNATIONAL
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.issue import Issue

_NO_COUNTERPART = frozenset({"multilateral", "private"})


def find(scene: Scene) -> Iterator[Finding]:
    """Yield each live issue that lacks somebody, with all that it lacks."""
    lockstep = scene.snapshot.office.lockstep_agency
    family = descendants(scene.snapshot, lockstep) if lockstep else frozenset()
    voices: dict[str, list[str]] = {}
    for agency in scene.snapshot.agencies:
        if agency.level in SUBNATIONAL:
            for position in agency.positions:
                voices.setdefault(position.issue, []).append(agency.id)
    for issue in scene.issues:
        gaps = list(_gaps(scene, issue, family, voices.get(issue.id, [])))
        if gaps:
            yield Finding(
                issue.id,
                "; ".join(said for said, _, _ in gaps),
                "what is decided without them comes back as their surprise",
                scene.leads((issue.id,)),
                f"nacoord set {issue.id} {' '.join(change for _, change, _ in gaps)}",
                (issue.id,),
                None,
                tuple(place for _, _, place in gaps),
            )


def _gaps(
    scene: Scene, issue: Issue, lockstep: frozenset[str], voices: list[str]
) -> Iterator[tuple[str, str, Place]]:
    """Yield what is missing, in words, with what `set` is told to mend it and where it would stand."""
    leads, parties = scene.place(issue.id, "leads"), scene.place(issue.id, "parties")
    for side in ("foreign", "domestic"):
        if getattr(issue.leads, side) is None:
            yield f"no {side} lead", f"leads.{side}=WHO", leads
    there = issue.agencies()
    office = scene.snapshot.office
    # Of whoever can't be read nothing is known, and so not that anybody is missing.
    readable = there.isdisjoint(scene.snapshot.broken)
    if lockstep and readable and there.isdisjoint(lockstep):
        yield f"{office.lockstep_agency} is no party", _add(str(office.lockstep_agency)), parties
    missing = [id for id in voices if id not in there]
    if missing:
        said = f"{listed(missing)} {'have' if len(missing) > 1 else 'has'} a position and no part"
        yield said, " ".join(map(_add, missing)), parties
    agencies = [agency for id in there if (agency := scene.snapshot.get(Agency, id))]
    countries = {agency.country for agency in agencies if agency.level not in _NO_COUNTERPART}
    for country in _countries(scene, issue):
        if readable and country not in countries:
            yield f"no counterpart in {country}", _add("WHO"), parties


def _countries(scene: Scene, issue: Issue) -> list[str]:
    known = scene.snapshot.office.relationships
    return sorted(
        {
            country
            for name in issue.relationships
            if name in known
            for country in known[name].countries
        }
    )


def _add(who: str) -> str:
    return f"parties+=agency={who},role=inform"
