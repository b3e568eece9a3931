"""`nacoord link`: how one issue bears on another."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Annotated

import typer

from nacoord.cli.arguments import LinkIssue
from nacoord.cli.arguments import LinkKind
from nacoord.cli.arguments import LinkOther

if TYPE_CHECKING:
    from datetime import date

    from nacoord.model.proposal import Proposal
    from nacoord.record.changing import Change


def link(
    ctx: typer.Context,
    one: LinkIssue,
    kind: LinkKind,
    other: LinkOther,
    because: Annotated[
        str | None, typer.Option("--because", metavar="TEXT", help="Why it does.")
    ] = None,
) -> int:
    """Say how one issue bears on another.

    Example: nacoord link tijuana-sewage undermines border-limits --because "Closed beaches keep crossings in the news"
    """
    from nacoord.cli.writing import make_change
    from nacoord.desk.edits.links import link as propose_link

    def propose(change: Change, today: date) -> Proposal:
        return propose_link(change.after, one, kind, other, because)

    return make_change(ctx, propose)
