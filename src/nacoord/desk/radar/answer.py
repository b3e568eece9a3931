"""The radar's answer: every rule asked, what is muted set aside, the rest ranked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace
from datetime import date

from nacoord.desk.lookup import Scope
from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.rank import ranked
from nacoord.desk.radar.scene import Scene
from nacoord.desk.radar.table import RULES
from nacoord.model.facts import NO_FACTS
from nacoord.model.facts import Facts
from nacoord.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Radar:
    """The answer of `nacoord radar`.

    Attributes:
        scope: the part of the work it covers.
        today: the day for which it is true.
        findings: what is about to surprise somebody, by rank.
        muted: what the office does not want to hear of for now, by rank.
    """

    scope: Scope
    today: date
    findings: tuple[Finding, ...]
    muted: tuple[Finding, ...]


def radar(snapshot: Snapshot, today: date, scope: Scope, facts: Facts = NO_FACTS) -> Radar:
    """Answer what is about to surprise somebody, the weightiest and nearest first.

    Args:
        facts: what history says up to today.
    """
    found = _told_once(ranked(snapshot, today, _found(Scene(snapshot, today, facts))), snapshot)
    inside = [finding for finding in found if _concerns(scope, finding)]
    quiet = {id(finding) for finding in inside if _is_muted(snapshot, finding, today)}
    return Radar(
        scope,
        today,
        tuple(finding for finding in inside if id(finding) not in quiet),
        tuple(finding for finding in inside if id(finding) in quiet),
    )


def _found(scene: Scene) -> Iterator[tuple[Finding, float]]:
    for rule in RULES.values():
        for finding in rule.find(scene):
            yield replace(finding, rule=rule.name), rule.weight


# One event is often kept as a promise, a milestone, a step and a clock; these rules would all name it.
_SAME_EVENT = frozenset({"overdue", "nearly-due", "running-clock"})


def _told_once(found: list[Finding], snapshot: Snapshot) -> list[Finding]:
    """Of findings on one event keep the first; it rests on the places of all."""
    kept: list[Finding] = []
    at: dict[tuple[str, date], int] = {}
    for finding in found:
        keys = [(id, finding.day) for id in finding.issues if finding.day]
        first = next((at[key] for key in keys if key in at), None)
        if finding.rule not in _SAME_EVENT or first is None or _same_record(kept[first], finding):
            if finding.rule in _SAME_EVENT:
                for key in keys:
                    at.setdefault(key, len(kept))
            kept.append(finding)
        else:
            places = (*kept[first].places, *finding.places)
            kept[first] = replace(kept[first], places=tuple(dict.fromkeys(places)))
    return kept


def _same_record(one: Finding, other: Finding) -> bool:
    """Tell whether two things due are two entries of one record, which are two things."""
    return one.places[0].record == other.places[0].record and one.rule == other.rule


def _concerns(scope: Scope, finding: Finding) -> bool:
    if scope.touches(finding.issues):
        return True
    return scope.id in (finding.about, *finding.who)


def _is_muted(snapshot: Snapshot, finding: Finding, today: date) -> bool:
    record = snapshot.records.get(finding.about)
    return record is not None and any(
        mute.rule == finding.rule and mute.until >= today for mute in record.muted
    )
