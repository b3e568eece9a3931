"""The radar replayed over the surprises of the past: how long before each it would have spoken.

Where the record's history covers the days before a surprise, the record as it stood on each of those days
is asked. Where it does not, the replay supposes that the office had recorded each sign on its day, as an
action whose own day was not known, with the issues, leads and parties that the record has now. A sign
that only those with access to a sealed or classified matter had is never recorded: this is an
unclassified tool.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from typing import Literal

from nacoord.desk.lookup import Scope
from nacoord.desk.radar.spells import Frame
from nacoord.desk.radar.spells import Spell
from nacoord.desk.radar.spells import replayed
from nacoord.desk.radar.spells import supposed
from nacoord.model.kinds.action import Action
from nacoord.model.kinds.action import Signal
from nacoord.model.snapshot import Snapshot
from nacoord.model.when import When

Outcome = Literal["warned", "faded", "sealed", "no sign"]
AlarmKind = Literal["faded", "withdrawn", "never happened", "nobody surprised"]


@dataclass(frozen=True, slots=True)
class Case:
    """A surprise of the past, and what the radar would have said before it.

    Attributes:
        action: the action's id.
        title: what it is called.
        when: when it happened.
        outcome: `warned`, when a warning stood on the eve; `faded`, when there was one and it had fallen
            silent; `sealed`, when the only signs were closed; `no sign`, when there was none before.
        days: how many days before it the warning that stood on the eve had begun; None without one.
        rule: the rule that spoke.
        first: how many days before it the radar would first have spoken; None when never.
        mornings: on how many mornings it would have spoken.
        replay: whether `history` was asked, or the `signs` were supposed to be recorded.
        needed: the signs it needed to know of.
        surprised: whom it did surprise.
        named: who of them the warning would have named.
        closed: the signs it could not have known of.
    """

    action: str
    title: str
    when: When
    outcome: Outcome
    days: int | None
    rule: str
    first: int | None
    mornings: int
    replay: Literal["history", "signs"]
    needed: tuple[Signal, ...]
    surprised: tuple[str, ...]
    named: tuple[str, ...]
    closed: tuple[Signal, ...]


@dataclass(frozen=True, slots=True)
class FalseAlarm:
    """A warning after which nothing came.

    Attributes:
        action: the action it was about.
        rule: the rule that spoke.
        first: its first morning.
        last: its last morning.
        kind: why it was one: it fell silent before the event, the action was withdrawn or never
            happened, or it happened and surprised nobody.
    """

    action: str
    rule: str
    first: date
    last: date
    kind: AlarmKind


@dataclass(frozen=True, slots=True)
class Backtest:
    """The answer of `nacoord radar --backtest`.

    Attributes:
        scope: the part of the work it covers.
        today: the day up to which the past is replayed.
        cases: the surprises, oldest first.
        false_alarms: warnings after which nothing came, oldest first.
        quiet: how many actions of the record happened and are not said to have surprised anybody; only
            from them can it be learned how often the radar would have spoken in vain.
        began: the first day of the history that was replayed; None when all is from signs.
    """

    scope: Scope
    today: date
    cases: tuple[Case, ...]
    false_alarms: tuple[FalseAlarm, ...]
    quiet: int
    began: date | None


def backtest(
    snapshot: Snapshot, today: date, scope: Scope, frames: Iterable[Frame] = ()
) -> Backtest:
    """Replay the radar over the surprises in a record.

    Args:
        frames: the record as it stood, from the first day of its history on, oldest first.
    """
    history = replayed(frames, today)
    inside = [action for action in snapshot.actions if scope.touches(action.issues)]
    happened = [each for each in inside if each.status == "happened" and each.when.end <= today]
    surprises = sorted(
        (action for action in happened if action.surprised),
        key=lambda action: (action.when.start, action.id),
    )
    cases: list[Case] = []
    alarms: list[FalseAlarm] = []
    for action in surprises:
        covered = history.began is not None and history.began < action.when.start
        spells = history.of(action.id) if covered else supposed(snapshot, action)
        cases.append(_case(action, spells, covered))
        alarms += _faded(action, spells)
    for action in inside:
        alarms += _in_vain(action, history.of(action.id), today)
    return Backtest(
        scope,
        today,
        tuple(cases),
        tuple(sorted(alarms, key=lambda alarm: (alarm.first, alarm.action, alarm.rule))),
        len(happened) - len(surprises),
        history.began,
    )


def _case(action: Action, spells: Sequence[Spell], covered: bool) -> Case:
    event = action.when.start
    before = [spell for spell in spells if spell.first < event]
    eve = event - timedelta(days=1)
    standing = min(
        (spell for spell in before if spell.last >= eve), key=lambda each: each.first, default=None
    )
    open_signs = [sign for sign in action.signals if sign.access != "closed" and sign.on < event]
    closed = tuple(s for s in action.signals if s.access == "closed" and s.on < event)
    outcome: Outcome = (
        "warned" if standing else "faded" if before else "sealed" if closed else "no sign"
    )
    heard = {id for spell in before for id in spell.named}
    first = min((spell.first for spell in before), default=None)
    return Case(
        action.id,
        action.title,
        action.when,
        outcome,
        (event - standing.first).days if standing else None,
        standing.rule if standing else before[0].rule if before else "",
        (event - first).days if first else None,
        len(_mornings(before, event)),
        "history" if covered else "signs",
        tuple(open_signs) if before else (),
        action.surprised,
        tuple(id for id in action.surprised if id in heard),
        closed,
    )


def _mornings(spells: Iterable[Spell], event: date) -> set[date]:
    return {
        spell.first + timedelta(days=number)
        for spell in spells
        for number in range((min(spell.last, event - timedelta(days=1)) - spell.first).days + 1)
    }


def _faded(action: Action, spells: Iterable[Spell]) -> Iterator[FalseAlarm]:
    """Yield warnings of a surprise that had fallen silent before it came."""
    eve = action.when.start - timedelta(days=1)
    for spell in spells:
        if spell.last < eve:
            yield FalseAlarm(action.id, spell.rule, spell.first, spell.last, "faded")


def _in_vain(action: Action, spells: Iterable[Spell], today: date) -> Iterator[FalseAlarm]:
    """Yield warnings, in history, of what did not come or surprised nobody."""
    kind: AlarmKind
    if action.status == "withdrawn":
        kind = "withdrawn"
    elif action.status == "expected" and action.when.end < today:
        kind = "never happened"
    elif action.status == "happened" and not action.surprised:
        kind = "nobody surprised"
    else:
        return
    told_in_time = {entry.who for entry in action.told if entry.on <= action.when.end}
    for spell in spells:
        # Where all who were named were told, the warning did what it is for.
        if kind != "nobody surprised" or not set(spell.named) <= told_in_time:
            yield FalseAlarm(action.id, spell.rule, spell.first, spell.last, kind)
