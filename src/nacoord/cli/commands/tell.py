"""`nacoord tell`: who has been told of an action."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Annotated

import typer

from nacoord.cli.arguments import ActionId
from nacoord.cli.arguments import On
from nacoord.cli.arguments import day_said
from nacoord.cli.completion import complete_id

if TYPE_CHECKING:
    from datetime import date

    from nacoord.model.proposal import Proposal
    from nacoord.record.changing import Change


def tell(
    ctx: typer.Context,
    id: ActionId,
    who: Annotated[
        list[str],
        typer.Argument(metavar="WHO...", help="Who was told.", autocompletion=complete_id),
    ],
    by: Annotated[str | None, typer.Option("--by", metavar="WHO", help="Who told them.")] = None,
    how: Annotated[
        str | None, typer.Option("--how", metavar="TEXT", help="A call, a note, a meeting.")
    ] = None,
    on: On = None,
) -> int:
    """Record who has been told of an action.

    Example: nacoord tell border-limits-february sre texas --by state --how "phone call"
    """
    from nacoord.cli.writing import make_change
    from nacoord.desk.edits.informing import tell as propose_tell

    def propose(change: Change, today: date) -> Proposal:
        day = day_said(on, today)
        return propose_tell(change.after, id, who, day, by, how)

    return make_change(ctx, propose)
