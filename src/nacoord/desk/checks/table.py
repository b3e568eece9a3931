"""The table of checks: adding one is one file beside this one and one row here."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator

from nacoord.desk.checks import cycles
from nacoord.desk.checks import muted
from nacoord.desk.checks import names
from nacoord.desk.checks import office_words
from nacoord.desk.checks import promises
from nacoord.desk.checks import references
from nacoord.desk.checks import single
from nacoord.desk.checks import spheres
from nacoord.desk.checks import steps_met
from nacoord.model.fault import Fault
from nacoord.model.snapshot import Snapshot

Check = Callable[[Snapshot], Iterator[Fault]]

CHECKS: tuple[Check, ...] = (
    single.check,
    references.check,
    office_words.check,
    spheres.check,
    cycles.check,
    names.check,
    promises.check,
    muted.check,
    steps_met.check,
)


def check(snapshot: Snapshot) -> list[Fault]:
    """Return everything wrong with a record: what could not be read, then what doesn't hold."""
    return [*snapshot.faults, *(fault for rule in CHECKS for fault in rule(snapshot))]
