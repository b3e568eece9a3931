"""`radar --mute` and `--unmute`: what the office does not want to hear of for a while."""

from __future__ import annotations

from datetime import date
from typing import Any

from nacoord.desk.edits.assign import NoChangeError
from nacoord.desk.lookup import find_record
from nacoord.desk.radar.table import RULES
from nacoord.model.closest import did_you_mean
from nacoord.model.edit import Drop
from nacoord.model.edit import Put
from nacoord.model.errors import UsageError
from nacoord.model.proposal import Proposal
from nacoord.model.proposal import Revise
from nacoord.model.snapshot import Snapshot


def mute(
    snapshot: Snapshot, rule: str, word: str, until: date, because: str, today: date
) -> Proposal:
    """Propose that a rule stays quiet about a record up to a day, that day included.

    Raises:
        UsageError: when there is no such rule or record, or the day has gone by.
        NoChangeError: when it is muted up to that day already.
    """
    name = rule_named(rule)
    record = find_record(snapshot, word)
    if until < today:
        raise UsageError(
            f"{until} has gone by; nothing would be muted", hint="name a day to come with --until"
        )
    places = [at for at, each in enumerate(record.muted) if each.rule == name]
    if places and record.muted[places[0]].until == until:
        raise NoChangeError(f"{name} is muted for {record.id} until {until} already")
    entry: dict[str, Any] = {"rule": name, "until": until, "because": because}
    at = places[0] if places else len(record.muted)
    edit = Put(("muted", at), entry)
    return Proposal(
        "mute", (Revise(record.id, (edit,)),), f"{record.id}: {name} muted until {until}"
    )


def unmute(snapshot: Snapshot, rule: str, word: str) -> Proposal:
    """Propose that a rule speaks about a record again.

    Raises:
        UsageError: when there is no such rule or record.
        NoChangeError: when it is not muted.
    """
    name = rule_named(rule)
    record = find_record(snapshot, word)
    places = [at for at, each in enumerate(record.muted) if each.rule == name]
    if not places:
        raise NoChangeError(f"{name} is not muted for {record.id}")
    step = Revise(record.id, (Drop(("muted", places[0])),))
    return Proposal("unmute", (step,), f"{record.id}: {name} speaks again")


def rule_named(word: str) -> str:
    """Return the name of a rule of the radar.

    Raises:
        UsageError: when there is none of that name.
    """
    name = word.strip().lower().replace("_", "-").replace(" ", "-")
    if name not in RULES:
        hint = did_you_mean(name, RULES) or "list them with: nacoord explain"
        raise UsageError(f'no rule "{word}"', hint=hint)
    return name
