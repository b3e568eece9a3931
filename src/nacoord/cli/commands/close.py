"""`nacoord close`: end an issue, a promise or an action."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Annotated

import typer

from nacoord.cli.completion import complete_id

if TYPE_CHECKING:
    from datetime import date

    from nacoord.model.proposal import Proposal
    from nacoord.record.changing import Change


def close(
    ctx: typer.Context,
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="An issue, a commitment or an action.", autocompletion=complete_id
        ),
    ],
    how: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="STATUS",
            help="issue: resolved or dropped; commitment: missed, withdrawn or superseded; action: happened or withdrawn.",
        ),
    ] = None,
) -> int:
    """End an issue, a promise or an action; it stays in the record.

    An issue is resolved and an action has happened unless --as says otherwise. A promise that was
    kept is closed with: nacoord meet.

    Example: nacoord close paris-in-effect -m "The court stayed the rule"
    """
    from nacoord.cli.writing import make_change
    from nacoord.desk.edits.ending import close as propose_close

    def propose(change: Change, today: date) -> Proposal:
        return propose_close(change.after, id, how)

    return make_change(ctx, propose)
