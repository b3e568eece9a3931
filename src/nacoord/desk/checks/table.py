"""The table of checks: adding one is one file beside this one and one row here."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nacoord.desk.checks import cycles
from nacoord.desk.checks import muted
from nacoord.desk.checks import names
from nacoord.desk.checks import office_words
from nacoord.desk.checks import promises
from nacoord.desk.checks import references
from nacoord.desk.checks import single
from nacoord.desk.checks import spheres
from nacoord.desk.checks import steps_met
from nacoord.desk.checks.shift import EVERYTHING
from nacoord.desk.checks.shift import Among
from nacoord.desk.checks.shift import Shift
from nacoord.model.fault import Fault
from nacoord.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Check:
    """A rule between records.

    Attributes:
        find: yields the faults it finds at some records.
        reach: the records whose faults a change can have altered. At all others the rule must
            find the same before and after, so a change pays for what it touches only.
    """

    find: Callable[[Snapshot, Among], Iterator[Fault]]
    reach: Callable[[Shift], Among] = Shift.own


CHECKS: tuple[Check, ...] = (
    Check(single.check),
    Check(references.check, references.reach),
    Check(office_words.check),
    Check(spheres.check, spheres.reach),
    Check(cycles.check, cycles.reach),
    Check(names.check, names.reach),
    Check(promises.check, promises.reach),
    Check(muted.check),
    Check(steps_met.check, steps_met.reach),
)


def unsound(snapshot: Snapshot) -> list[Fault]:
    """Return what doesn't hold in a record, of what could be read."""
    return _found(snapshot, [(rule, EVERYTHING) for rule in CHECKS])


def check(snapshot: Snapshot) -> list[Fault]:
    """Return everything wrong with a record: what could not be read, then what doesn't hold."""
    return [*snapshot.faults, *unsound(snapshot)]


def new_faults(before: Snapshot, after: Snapshot, ids: Iterable[str]) -> list[Fault]:
    """Return what a change makes wrong, in the order of `check`.

    It is what `check(after)` finds and `check(before)` does not.

    Args:
        before: the record as it stands.
        after: as it will be.
        ids: the records that come, go or differ; all others are the same in both.
    """
    shift = Shift(before, after, frozenset(ids))
    # The office's own words are behind every issue.
    same = before.office == after.office
    looks = [(rule, rule.reach(shift) if same else EVERYTHING) for rule in CHECKS]
    found = [*after.faults, *_found(after, looks)]
    if not found:
        return []
    known = {fault_key(fault) for fault in (*before.faults, *_found(before, looks))}
    return [fault for fault in found if fault_key(fault) not in known]


def _found(snapshot: Snapshot, looks: Iterable[tuple[Check, Among]]) -> list[Fault]:
    return [fault for rule, among in looks for fault in rule.find(snapshot, among)]


def fault_key(fault: Fault) -> tuple[Any, ...]:
    """Return what makes a fault the same one, though its line or its place in a list may have moved."""
    return (fault.code, fault.record, fault.origin.file, fault.message)
