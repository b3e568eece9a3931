"""`nacoord commit`: keep what was edited by hand."""

from __future__ import annotations

from typing import Annotated

import typer

from nacoord.cli.completion import complete_id


def commit(
    ctx: typer.Context,
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ID...", help="Which records; all by default.", autocompletion=complete_id
        ),
    ] = None,
    each: Annotated[
        bool, typer.Option("--each", help="One commit a record instead of one in all.")
    ] = False,
) -> int:
    """Keep what was edited by hand: checked as a whole, committed with what changed in words.

    What you have staged or changed outside the record is left as it is.

    Example: nacoord commit -m "Result of the morning call"
    """
    from nacoord.cli.adopting import adopt

    return adopt(ctx, list(ids or ()), each=each)
