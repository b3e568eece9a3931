"""A step said to be met is one of its clock's."""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.checks.report import fault
from nacoord.desk.checks.shift import Among
from nacoord.desk.checks.shift import Shift
from nacoord.model.closest import did_you_mean
from nacoord.model.fault import Fault
from nacoord.model.kinds.clock import Clock
from nacoord.model.kinds.issue import Issue
from nacoord.model.snapshot import Snapshot


def check(snapshot: Snapshot, among: Among) -> Iterator[Fault]:
    """Yield `unknown-met-step` for a step met that the clock doesn't have."""
    for issue in among.of(snapshot, Issue):
        for place, run in enumerate(issue.clocks):
            clock = snapshot.get(Clock, run.clock)
            names = clock.deadline_names() if clock else ()
            for index, entry in enumerate(run.met):
                if clock and entry.step not in names:
                    message = f'the clock "{clock.id}" has no step "{entry.step}"'
                    hint = did_you_mean(entry.step, names) or f"its steps: {'; '.join(names)}"
                    where = ("clocks", place, "met", index, "step")
                    yield fault(snapshot, issue.id, "unknown-met-step", message, where, hint)


def reach(shift: Shift) -> Among:
    """Return what differs, and what refers to clocks whose steps differ."""
    return shift.seen_from(
        id
        for id, old, new in shift.pairs(Clock)
        if new and (old is None or old.deadline_names() != new.deadline_names())
    )
