"""`nacoord clear`: who has cleared an action's text."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Annotated

import typer

from nacoord.cli.arguments import On
from nacoord.cli.completion import complete_id

if TYPE_CHECKING:
    from datetime import date

    from nacoord.model.proposal import Proposal
    from nacoord.record.changing import Change


def clear(
    ctx: typer.Context,
    id: Annotated[
        str,
        typer.Argument(metavar="ACTION", help="The action.", autocompletion=complete_id),
    ],
    who: Annotated[
        str, typer.Argument(metavar="WHO", help="Who says so.", autocompletion=complete_id)
    ],
    objected: Annotated[
        bool, typer.Option("--objected", help="It objects instead of clearing.")
    ] = False,
    comment: Annotated[
        str | None, typer.Option("--comment", metavar="TEXT", help="What it said of the text.")
    ] = None,
    on: On = None,
) -> int:
    """Record who has cleared an action's text as it stands now.

    The clearance keeps the text's fingerprint: when the text changes, it is suspect.

    Example: nacoord clear border-limits-february dhs
    """
    from nacoord.cli.writing import make_change
    from nacoord.desk.edits.informing import clear as propose_clear
    from nacoord.model.dates import read_date

    status = "objected" if objected else "cleared"

    def propose(change: Change, today: date) -> Proposal:
        day = read_date(on, today) if on else today
        return propose_clear(change.after, id, who, day, status, comment)

    return make_change(ctx, propose)
