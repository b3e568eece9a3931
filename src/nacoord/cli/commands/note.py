"""`nacoord note`: a dated, signed remark."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Annotated

import typer

from nacoord.cli.completion import complete_id

if TYPE_CHECKING:
    from datetime import date

    from nacoord.model.proposal import Proposal
    from nacoord.record.changing import Change


def note(
    ctx: typer.Context,
    id: Annotated[
        str,
        typer.Argument(metavar="ID", help="The record it is about.", autocompletion=complete_id),
    ],
    text: Annotated[
        list[str], typer.Argument(metavar="TEXT...", help="What it says; - reads standard input.")
    ],
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Who says it; you by default.")
    ] = None,
) -> int:
    """Add a dated, signed note to a record.

    It is dated today and signed with the name git knows you by.

    Example: nacoord note tijuana-sewage "EPA will name projects by March"
    """
    import sys

    from nacoord.cli.writing import make_change
    from nacoord.desk.edits.note import note as propose_note

    said = sys.stdin.read() if text == ["-"] else " ".join(text)

    def propose(change: Change, today: date) -> Proposal:
        return propose_note(change.after, id, said, by or change.repository.author(), today)

    return make_change(ctx, propose)
