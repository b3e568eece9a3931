"""A name leads to one agency: no two share a title or alias, none is called as another's id."""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.checks.report import fault
from nacoord.desk.checks.shift import EVERYTHING
from nacoord.desk.checks.shift import NOTHING
from nacoord.desk.checks.shift import Among
from nacoord.desk.checks.shift import Shift
from nacoord.model.fault import Fault
from nacoord.model.fault import Path
from nacoord.model.folding import fold
from nacoord.model.kinds.agency import Agency
from nacoord.model.snapshot import Snapshot


def check(snapshot: Snapshot, among: Among) -> Iterator[Fault]:
    """Yield `ambiguous-alias` at the second agency that uses a name."""
    agencies = list(among.of(snapshot, Agency))
    taken = {agency.id: agency.id for agency in agencies}
    named: list[tuple[str, Path, str]] = [
        (agency.id, ("title",), agency.title) for agency in agencies
    ]
    named += [
        (agency.id, ("aliases", index), alias)
        for agency in agencies
        for index, alias in enumerate(agency.aliases)
    ]
    for id, path, name in named:
        first = taken.setdefault(fold(name), id)
        if first != id:
            message = f'"{name}" also leads to "{first}"'
            hint = "keep the name at one of the two"
            yield fault(snapshot, id, "ambiguous-alias", message, path, hint)


def reach(shift: Shift) -> Among:
    """Return everything when an agency comes, goes or is called otherwise, else nothing."""
    is_reached = any(_names(old) != _names(new) for _, old, new in shift.pairs(Agency))
    return EVERYTHING if is_reached else NOTHING


def _names(agency: Agency | None) -> tuple[str, ...] | None:
    return None if agency is None else (agency.title, *agency.aliases)
