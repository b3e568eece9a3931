"""Nothing depends on itself: no circle of depends-on links, none of parent agencies."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping

from nacoord.desk.checks.knots import circles
from nacoord.desk.checks.report import fault
from nacoord.desk.checks.shift import EVERYTHING
from nacoord.desk.checks.shift import NOTHING
from nacoord.desk.checks.shift import Among
from nacoord.desk.checks.shift import R
from nacoord.desk.checks.shift import Shift
from nacoord.model.fault import Fault
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.issue import Issue
from nacoord.model.snapshot import Snapshot


def check(snapshot: Snapshot, among: Among) -> Iterator[Fault]:
    """Yield `dependency-cycle` and `parent-cycle`, once for each circle, at its first id."""
    for circle in circles(_edges(among, snapshot, Issue, _needs)):
        issue = snapshot.get(Issue, circle[0])
        assert issue
        index = next(
            index
            for index, link in enumerate(issue.links)
            if link.kind == "depends-on" and link.to == circle[1]
        )
        message = f"{' → '.join(circle)} depend on each other in a circle"
        hint = "remove one of these depends-on links, or make it related"
        yield fault(snapshot, issue.id, "dependency-cycle", message, ("links", index, "to"), hint)
    for circle in circles(_edges(among, snapshot, Agency, _parents)):
        message = f"{' → '.join(circle)} are each other's parents in a circle"
        hint = "remove one of these parents"
        yield fault(snapshot, circle[0], "parent-cycle", message, ("parent",), hint)


def reach(shift: Shift) -> Among:
    """Return everything when what differs was or will be in a circle, else nothing."""
    is_reached = _turns(shift, Issue, _needs) or _turns(shift, Agency, _parents)
    return EVERYTHING if is_reached else NOTHING


def _needs(issue: Issue) -> list[str]:
    # A link to itself is a fault of its own.
    return [link.to for link in issue.links if link.kind == "depends-on" and link.to != issue.id]


def _parents(agency: Agency) -> list[str]:
    return [agency.parent] if agency.parent else []


def _edges(
    among: Among, snapshot: Snapshot, model: type[R], leads: Callable[[R], list[str]]
) -> Mapping[str, list[str]]:
    return {record.id: ids for record in among.of(snapshot, model) if (ids := leads(record))}


def _turns(shift: Shift, model: type[R], leads: Callable[[R], list[str]]) -> bool:
    for id, old, new in shift.pairs(model):
        if (leads(old) if old else []) != (leads(new) if new else []) and any(
            _leads_back(snapshot, id, model, leads) for snapshot in (shift.before, shift.after)
        ):
            return True
    return False


def _leads_back(
    snapshot: Snapshot, id: str, model: type[R], leads: Callable[[R], list[str]]
) -> bool:
    """Tell whether a record leads to itself; looks only at what it leads to."""
    met: set[str] = set()
    waiting = [id]
    while waiting:
        record = snapshot.get(model, waiting.pop())
        for step in leads(record) if record else ():
            if step == id:
                return True
            if step not in met:
                met.add(step)
                waiting.append(step)
    return False
