"""`nacoord remove`: a record goes; history keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Annotated

import typer

from nacoord.cli.completion import complete_id

if TYPE_CHECKING:
    from datetime import date

    from nacoord.model.proposal import Proposal
    from nacoord.record.changing import Change


def remove(
    ctx: typer.Context,
    id: Annotated[
        str,
        typer.Argument(metavar="ID", help="The record.", autocompletion=complete_id),
    ],
) -> int:
    """Remove a record; history keeps it, and undo brings it back.

    Nothing may refer to it, and a reason is required. What is merely over is better closed.

    Example: nacoord remove surprise-2009-truck-pilot -m "Entered twice"
    """
    from nacoord.cli.writing import make_change
    from nacoord.desk.edits.records import remove as propose_remove

    def propose(change: Change, today: date) -> Proposal:
        return propose_remove(change.after, id)

    return make_change(ctx, propose, need_reason="removing a record needs a reason")
