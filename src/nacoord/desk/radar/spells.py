"""Warnings about actions over many days: on which mornings in a row a rule would have spoken."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date
from datetime import timedelta

from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.scene import Scene
from nacoord.desk.radar.table import RULES
from nacoord.model.facts import NO_FACTS
from nacoord.model.kinds.action import Action
from nacoord.model.snapshot import Snapshot
from nacoord.model.snapshot import snapshot as put_together
from nacoord.model.when import day as moment

# The rules that warn of an action before it happens.
WARNING = ("untold", "collision", "held-signal", "uncleared", "suspect-clearance")
_DAY = timedelta(days=1)
# A day that nobody knows yet: so far that nothing dated in the record is near it.
_UNKNOWN = moment(date(9999, 12, 31))


@dataclass(frozen=True, slots=True)
class Spell:
    """Mornings in a row on which a rule speaks of an action.

    Attributes:
        action: the action's id.
        rule: the rule.
        first: the first morning.
        last: the last morning.
        named: everybody who should know, as it said on any of them.
    """

    action: str
    rule: str
    first: date
    last: date
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """The record as it stood from one day to the day before another.

    Attributes:
        first: the first day on which it stood so.
        last: the last day.
        snapshot: the record.
    """

    first: date
    last: date
    snapshot: Snapshot


@dataclass
class Replay:
    """Warnings over the days of a history."""

    began: date | None = None
    spells: dict[str, list[Spell]] = field(default_factory=dict)

    def of(self, action: str) -> list[Spell]:
        """Return the spells about an action, by their first day."""
        return sorted(self.spells.get(action, ()), key=lambda each: (each.first, each.rule))


def replayed(frames: Iterable[Frame], today: date) -> Replay:
    """Ask the rules on every morning of a history, up to today."""
    replay = Replay()
    for frame in frames:
        if replay.began is None:
            replay.began = frame.first
        morning = frame.first
        while morning <= min(frame.last, today):
            for finding in _warnings(frame.snapshot, morning):
                _lengthen(replay.spells.setdefault(finding.about, []), finding, morning)
            morning += _DAY
    return replay


def supposed(snapshot: Snapshot, action: Action) -> list[Spell]:
    """Ask the rules on every morning from the first open sign of an action to its eve.

    The record is supposed to hold each sign from its day on, and not to know the action's own day, who
    was to be told, or what was cleared.
    """
    event = action.when.start
    signs = [sign for sign in action.signals if sign.access != "closed" and sign.on < event]
    spells: list[Spell] = []
    morning = min((sign.on for sign in signs), default=event)
    around = [
        (file, record)
        for id, file in snapshot.files.items()
        if not isinstance(record := snapshot.records[id], Action)
    ]
    while morning < event:
        known = action.model_copy(
            update={
                "status": "expected",
                "when": _UNKNOWN,
                "signals": tuple(sign for sign in signs if sign.on <= morning),
                "tell": (),
                "told": (),
                "clearances": (),
                "surprised": (),
            }
        )
        then = put_together(snapshot.office, [*around, (action.id, known)])
        for finding in _warnings(then, morning):
            _lengthen(spells, finding, morning)
        morning += _DAY
    return spells


def _warnings(snapshot: Snapshot, morning: date) -> Iterator[Finding]:
    scene = Scene(snapshot, morning, NO_FACTS)
    for name in WARNING:
        for finding in RULES[name].find(scene):
            yield replace(finding, rule=name)


def _lengthen(spells: list[Spell], finding: Finding, morning: date) -> None:
    """Take up a finding of a morning: it lengthens the spell of the day before, or begins one."""
    for at, spell in enumerate(spells):
        if spell.rule == finding.rule and spell.last >= morning - _DAY:
            named = tuple(dict.fromkeys((*spell.named, *finding.who)))
            spells[at] = Spell(spell.action, spell.rule, spell.first, morning, named)
            return
    spells.append(Spell(finding.about, finding.rule, morning, morning, finding.who))
