"""An issue bridges foreign and domestic policy: it has a lead on each side, of that side."""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.checks.report import fault
from nacoord.desk.checks.shift import Among
from nacoord.desk.checks.shift import Shift
from nacoord.model.fault import Fault
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.issue import Issue
from nacoord.model.snapshot import Snapshot

_SIDES = ("foreign", "domestic")


def check(snapshot: Snapshot, among: Among) -> Iterator[Fault]:
    """Yield `unbridged-issue` for a live issue without both leads, `lead-outside-sphere` for a wrong one."""
    for issue in among.of(snapshot, Issue):
        leads = {side: getattr(issue.leads, side) for side in _SIDES}
        missing = [side for side, lead in leads.items() if lead is None]
        if issue.live and missing:
            message = f"the issue is {issue.status} and has no {' and no '.join(missing)} lead"
            hint = f"add leads.{missing[0]}, or set status to proposed until it is named"
            yield fault(
                snapshot, issue.id, "unbridged-issue", message, ("leads",), hint, on_key=True
            )
        for side, lead in leads.items():
            agency = snapshot.get(Agency, lead)
            if agency and agency.sphere not in (side, "both"):
                message = (
                    f'"{agency.id}" leads on the {side} side, and its sphere is {agency.sphere}'
                )
                hint = f"name an agency of the {side} sphere, or set its sphere to both"
                yield fault(
                    snapshot, issue.id, "lead-outside-sphere", message, ("leads", side), hint
                )


def reach(shift: Shift) -> Among:
    """Return what differs, and what refers to agencies whose sphere differs."""
    return shift.seen_from(
        id
        for id, old, new in shift.pairs(Agency)
        if new and (old is None or old.sphere != new.sphere)
    )
