"""Cases of the radar's rules, as YAML in tests/desk/cases/radar, one file a rule.

A file may hold `texts` for all its cases, on top of the small record of tests/support, and holds `cases`:

title       what the case proves.
today       the day it is asked on; 2021-01-20 unless said.
texts       files on top of those; null takes one out.
facts       what history says: `began`, `touched` {id: day}, `moves`, `uncommitted` [ids].
unreadable  files that can't be read, as {id: kind}.
finds       the findings, in their order; of each only the keys given are compared: `about`, `says` (a
            part of what or why), `who` and `issues` (all of them), `day`, `remedy` (a part), `at` (every
            place, as "record field"). None means silence.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from nacoord.desk.radar.scene import Scene
from nacoord.model.facts import Facts
from nacoord.model.facts import Move
from nacoord.model.fault import dotted
from nacoord.model.snapshot import Snapshot
from nacoord.record.yamltext import read
from tests.support.records import snapshot_of

FOLDER = Path(__file__).parents[1] / "desk" / "cases" / "radar"
TODAY = date(2021, 1, 20)

Case = dict[str, Any]


def cases_of(rule: str) -> list[Case]:
    """Return the cases of a rule, each with the texts of its file in it; none without a file."""
    file = FOLDER / f"{rule}.yaml"
    if not file.exists():
        return []
    document = read(file.read_bytes())
    assert not document.problems, (file.name, document.problems)
    whole: Any = document.value
    shared = whole.get("texts", {})
    return [{**case, "texts": {**shared, **case.get("texts", {})}} for case in whole["cases"]]


def scene_of(case: Case, *, backwards: bool = False) -> Scene:
    """Return the scene that a case sets."""
    texts = case["texts"]
    snapshot = snapshot_of(dict(reversed(texts.items())) if backwards else texts)
    broken = case.get("unreadable", {})
    today = _day(case["today"]) if "today" in case else TODAY
    return Scene(replace(snapshot, broken=broken), today, facts_of(case))


def with_threshold(case: Case, name: str, days: int) -> Scene:
    """Return the scene of a case in an office that has set a threshold otherwise."""
    scene = scene_of(case)
    office = scene.snapshot.office
    limits = office.thresholds
    if name == "stale_days":
        cadence = limits.stale_days.model_copy(update={f"P{n}": days for n in (1, 2, 3, 4)})
        changed = limits.model_copy(update={"stale_days": cadence})
    else:
        changed = limits.model_copy(update={"radar": limits.radar.model_copy(update={name: days})})
    snapshot: Snapshot = replace(
        scene.snapshot, office=office.model_copy(update={"thresholds": changed})
    )
    return Scene(snapshot, scene.today, scene.facts)


def facts_of(case: Case) -> Facts:
    """Return what history says in a case."""
    said = case.get("facts", {})
    moves = tuple(
        Move(
            move["record"],
            move["field"],
            move.get("entry", ""),
            move.get("old"),
            move.get("new"),
            _day(move["on"]),
            "0" * 40,
        )
        for move in said.get("moves", ())
    )
    return Facts(
        _day(said["began"]) if "began" in said else None,
        {id: _day(day) for id, day in said.get("touched", {}).items()},
        moves,
        tuple(said.get("uncommitted", ())),
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)


def shown(finding: Any) -> Case:
    """Return what a finding says, by the keys a case can ask for."""
    return {
        "about": finding.about,
        "says": f"{finding.what}\n{finding.why}",
        "who": list(finding.who),
        "issues": list(finding.issues),
        "day": finding.day.isoformat() if finding.day else None,
        "remedy": finding.remedy,
        "at": [f"{place.record} {dotted(place.field)}".strip() for place in finding.places],
    }
