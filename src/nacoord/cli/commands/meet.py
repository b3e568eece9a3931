"""`nacoord meet`: a promise was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Annotated

import typer

from nacoord.cli.arguments import On
from nacoord.cli.arguments import day_said
from nacoord.cli.completion import complete_id

if TYPE_CHECKING:
    from datetime import date

    from nacoord.model.proposal import Proposal
    from nacoord.record.changing import Change


def meet(
    ctx: typer.Context,
    id: Annotated[
        str,
        typer.Argument(metavar="COMMITMENT", help="The promise.", autocompletion=complete_id),
    ],
    evidence: Annotated[
        str, typer.Option("--evidence", metavar="TEXT", help="What shows that it was kept.")
    ],
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="Where that can be read.")
    ] = None,
    on: On = None,
) -> int:
    """Record that a promise was kept, with the proof.

    Example: nacoord meet canada-dairy-consultations --evidence "Diplomatic note 21-0117" --on 2021-01-19
    """
    from nacoord.cli.writing import make_change
    from nacoord.desk.edits.ending import meet as propose_meet

    def propose(change: Change, today: date) -> Proposal:
        day = day_said(on, today)
        return propose_meet(change.after, id, evidence, url, day)

    return make_change(ctx, propose)
