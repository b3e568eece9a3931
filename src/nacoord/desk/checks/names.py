"""A name leads to one agency: no two share a title or alias, none is called as another's id."""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.checks.report import fault
from nacoord.model.fault import Fault
from nacoord.model.fault import Path
from nacoord.model.folding import fold
from nacoord.model.snapshot import Snapshot


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield `ambiguous-alias` at the second agency that uses a name."""
    taken = {agency.id: agency.id for agency in snapshot.agencies}
    named: list[tuple[str, Path, str]] = [
        (agency.id, ("title",), agency.title) for agency in snapshot.agencies
    ]
    named += [
        (agency.id, ("aliases", index), alias)
        for agency in snapshot.agencies
        for index, alias in enumerate(agency.aliases)
    ]
    for id, path, name in named:
        first = taken.setdefault(fold(name), id)
        if first != id:
            message = f'"{name}" also leads to "{first}"'
            hint = "keep the name at one of the two"
            yield fault(snapshot, id, "ambiguous-alias", message, path, hint)
