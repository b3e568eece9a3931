"""`nacoord clear`: who has cleared an action's text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from nacoord.cli.arguments import ActionId
from nacoord.cli.arguments import Comment
from nacoord.cli.arguments import On
from nacoord.cli.arguments import WhoSays
from nacoord.cli.arguments import day_said

if TYPE_CHECKING:
    from datetime import date

    from nacoord.model.proposal import Proposal
    from nacoord.record.changing import Change


def clear(
    ctx: typer.Context,
    id: ActionId,
    who: WhoSays,
    comment: Comment = None,
    on: On = None,
) -> int:
    """Record who has cleared an action's text as it stands now.

    The clearance keeps the text's fingerprint: when the text changes, it is suspect.

    Example: nacoord clear border-limits-february dhs
    """
    from nacoord.cli.writing import make_change
    from nacoord.desk.edits.informing import clear as propose_clear

    def propose(change: Change, today: date) -> Proposal:
        day = day_said(on, today)
        return propose_clear(change.after, id, who, day, comment)

    return make_change(ctx, propose)
