"""`nacoord unlink`: take back what `link` said."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Annotated

import typer

from nacoord.cli.completion import complete_id

if TYPE_CHECKING:
    from datetime import date

    from nacoord.model.proposal import Proposal
    from nacoord.record.changing import Change


def unlink(
    ctx: typer.Context,
    one: Annotated[
        str, typer.Argument(metavar="ISSUE", help="The issue.", autocompletion=complete_id)
    ],
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND", help="undermines, supports, depends-on, blocks, related or precedent."
        ),
    ],
    other: Annotated[
        str, typer.Argument(metavar="OTHER", help="The other issue.", autocompletion=complete_id)
    ],
) -> int:
    """Take back what link said.

    Example: nacoord unlink tijuana-sewage related otay-mesa-east
    """
    from nacoord.cli.writing import make_change
    from nacoord.desk.edits.links import unlink as propose_unlink

    def propose(change: Change, today: date) -> Proposal:
        return propose_unlink(change.after, one, kind, other)

    return make_change(ctx, propose)
