"""`nacoord unlink`: take back what `link` said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from nacoord.cli.arguments import LinkIssue
from nacoord.cli.arguments import LinkKind
from nacoord.cli.arguments import LinkOther

if TYPE_CHECKING:
    from datetime import date

    from nacoord.model.proposal import Proposal
    from nacoord.record.changing import Change


def unlink(
    ctx: typer.Context,
    one: LinkIssue,
    kind: LinkKind,
    other: LinkOther,
) -> int:
    """Take back what link said.

    Example: nacoord unlink tijuana-sewage related otay-mesa-east
    """
    from nacoord.cli.writing import make_change
    from nacoord.desk.edits.links import unlink as propose_unlink

    def propose(change: Change, today: date) -> Proposal:
        return propose_unlink(change.after, one, kind, other)

    return make_change(ctx, propose)
