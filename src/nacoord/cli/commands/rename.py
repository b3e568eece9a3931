"""`nacoord rename`: give a record another id."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Annotated

import typer

from nacoord.cli.completion import complete_id

if TYPE_CHECKING:
    from datetime import date

    from nacoord.model.proposal import Proposal
    from nacoord.record.changing import Change


def rename(
    ctx: typer.Context,
    id: Annotated[
        str,
        typer.Argument(metavar="OLD", help="The record.", autocompletion=complete_id),
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Its new id.")],
) -> int:
    """Give a record another id, in every reference too, in one commit.

    The record keeps its former id, so that history and people still find it by that.

    Example: nacoord rename tijuana-sewage tijuana-river-sewage
    """
    from nacoord.cli.writing import make_change
    from nacoord.desk.edits.records import rename as propose_rename

    def propose(change: Change, today: date) -> Proposal:
        return propose_rename(change.after, id, new)

    return make_change(ctx, propose)
