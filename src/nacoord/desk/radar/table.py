"""The table of the radar's rules: adding one is one file in `rules/` and one row here."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import dataclass

from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.rules import collision
from nacoord.desk.radar.rules import conflicting_sources
from nacoord.desk.radar.rules import held_signal
from nacoord.desk.radar.rules import nearly_due
from nacoord.desk.radar.rules import no_next_step
from nacoord.desk.radar.rules import orphan
from nacoord.desk.radar.rules import overdue
from nacoord.desk.radar.rules import position_changed
from nacoord.desk.radar.rules import running_clock
from nacoord.desk.radar.rules import silence
from nacoord.desk.radar.rules import slipping
from nacoord.desk.radar.rules import stale
from nacoord.desk.radar.rules import stovepipe
from nacoord.desk.radar.rules import suspect_clearance
from nacoord.desk.radar.rules import unadopted_edit
from nacoord.desk.radar.rules import uncleared
from nacoord.desk.radar.rules import undefined_success
from nacoord.desk.radar.rules import undermining
from nacoord.desk.radar.rules import unproven_close
from nacoord.desk.radar.rules import unrecorded
from nacoord.desk.radar.rules import untold
from nacoord.desk.radar.scene import Scene


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the radar.

    Attributes:
        name: the fault it finds.
        find: yields its findings in a scene.
        weight: how much one of its findings hangs, beside other rules (see `rank`).
        page: its manual page.
    """

    name: str
    find: Callable[[Scene], Iterator[Finding]]
    weight: float
    page: str

    @property
    def summary(self) -> str:
        """What it finds, in one line."""
        return self.page.split("\n\n")[0].replace("\n", " ")


def _rule(module: object, weight: float) -> Rule:
    name = str(getattr(module, "__name__", "")).rsplit(".", 1)[-1].replace("_", "-")
    return Rule(name, getattr(module, "find"), weight, str(module.__doc__).strip())  # noqa: B009


# Of the same priority and day: first what surprises others, then what is owed, then what is ill kept.
RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        _rule(untold, 3),
        _rule(collision, 3),
        _rule(suspect_clearance, 3),
        _rule(uncleared, 2.5),
        _rule(held_signal, 2.5),
        _rule(overdue, 2),
        _rule(running_clock, 2),
        _rule(slipping, 2),
        _rule(undermining, 2),
        _rule(position_changed, 1.5),
        _rule(nearly_due, 1.5),
        _rule(no_next_step, 1.5),
        _rule(orphan, 1.5),
        _rule(conflicting_sources, 1),
        _rule(silence, 1),
        _rule(stale, 1),
        _rule(stovepipe, 1),
        _rule(unadopted_edit, 1),
        _rule(unrecorded, 1),
        _rule(unproven_close, 1),
        _rule(undefined_success, 0.5),
    )
}
