"""The radar's answer: every rule asked, what is muted set aside, the rest ranked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace
from datetime import date

from nacoord.desk.lookup import Scope
from nacoord.desk.radar.events import told_once
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
    found = told_once(ranked(snapshot, today, _found(Scene(snapshot, today, facts))))
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
            # Texts of the record may have several lines; what a finding says has one.
            what, why = (" ".join(said.split()) for said in (finding.what, finding.why))
            yield replace(finding, rule=rule.name, what=what, why=why), rule.weight


def _concerns(scope: Scope, finding: Finding) -> bool:
    if scope.touches(finding.issues):
        return True
    return scope.id in (finding.about, *finding.who)


def _is_muted(snapshot: Snapshot, finding: Finding, today: date) -> bool:
    record = snapshot.records.get(finding.about)
    return record is not None and any(
        mute.rule == finding.rule and mute.until >= today for mute in record.muted
    )
