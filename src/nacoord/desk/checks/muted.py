"""What is muted is a rule of the radar."""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.checks.report import fault
from nacoord.desk.checks.shift import Among
from nacoord.model.closest import did_you_mean
from nacoord.model.fault import Fault
from nacoord.model.kinds.base import Record
from nacoord.model.snapshot import Snapshot


def check(snapshot: Snapshot, among: Among) -> Iterator[Fault]:
    """Yield `unknown-rule` where a record mutes what is no rule."""
    muted = [record for record in among.of(snapshot, Record) if record.muted]
    if not muted:
        return
    # Every change runs the checks; hardly any record mutes anything.
    from nacoord.desk.radar.table import RULES

    for record in muted:
        for index, mute in enumerate(record.muted):
            if mute.rule not in RULES:
                hint = did_you_mean(mute.rule, RULES) or "list them with: nacoord explain"
                message = f'the radar has no rule "{mute.rule}"'
                where = ("muted", index, "rule")
                yield fault(snapshot, record.id, "unknown-rule", message, where, hint)
