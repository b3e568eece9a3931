"""`nacoord undo`: take back one change by another."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Annotated

import typer

if TYPE_CHECKING:
    from datetime import date

    from nacoord.model.proposal import Proposal
    from nacoord.record.changing import Change


def undo(
    ctx: typer.Context,
    commit: Annotated[
        str, typer.Argument(metavar="COMMIT", help="Which change; the last one by default.")
    ] = "HEAD",
) -> int:
    """Take back one change by another; nothing in history is touched.

    It goes field by field, so later changes of other fields stay. When a later change touched the
    same value, nothing is done and it says where. A brief that was saved is taken back whole.

    Example: nacoord undo HEAD -m "Wrong issue"
    """
    from nacoord.cli.writing import make_change
    from nacoord.desk.edits.undo import undo as propose_undo
    from nacoord.record.past import past_of

    def propose(change: Change, today: date) -> Proposal:
        found = past_of(change.repository, commit)
        return propose_undo(
            found.records, change.values, found.commit[:10], found.subject, found.kept
        )

    return make_change(ctx, propose)
