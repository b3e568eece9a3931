"""Issues use the relationships and themes that nacoord.yaml names."""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.checks.report import fault
from nacoord.desk.checks.shift import Among
from nacoord.model.closest import did_you_mean
from nacoord.model.fault import Fault
from nacoord.model.kinds.issue import Issue
from nacoord.model.snapshot import Snapshot


def check(snapshot: Snapshot, among: Among) -> Iterator[Fault]:
    """Yield `unknown-relationship` and `unknown-theme`."""
    relationships, themes = snapshot.office.relationships, snapshot.office.themes
    for issue in among.of(snapshot, Issue):
        for index, name in enumerate(issue.relationships):
            if name not in relationships:
                hint = (
                    did_you_mean(name, relationships)
                    or f"nacoord.yaml has {', '.join(relationships)}"
                )
                message = f'no relationship "{name}"'
                yield fault(
                    snapshot,
                    issue.id,
                    "unknown-relationship",
                    message,
                    ("relationships", index),
                    hint,
                )
        if issue.theme not in themes:
            hint = did_you_mean(issue.theme, themes) or f"nacoord.yaml has {', '.join(themes)}"
            yield fault(
                snapshot, issue.id, "unknown-theme", f'no theme "{issue.theme}"', ("theme",), hint
            )
