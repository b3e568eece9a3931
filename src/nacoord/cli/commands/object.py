"""`nacoord object`: who objects to an action's text."""

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


def object_(
    ctx: typer.Context,
    id: ActionId,
    who: WhoSays,
    comment: Comment = None,
    on: On = None,
) -> int:
    """Record who objects to an action's text as it stands now.

    The objection stands until the same stakeholder clears the text.

    Example: nacoord object border-limits-february cdc --comment "Say what the health ground is"
    """
    from nacoord.cli.writing import make_change
    from nacoord.desk.edits.informing import object_to

    def propose(change: Change, today: date) -> Proposal:
        day = day_said(on, today)
        return object_to(change.after, id, who, day, comment)

    return make_change(ctx, propose)
