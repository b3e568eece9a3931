"""`nacoord history`: one record, field by field: who, when, why."""

from __future__ import annotations

from typing import Annotated

import typer

from nacoord.cli.completion import complete_id


def history(
    ctx: typer.Context,
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="The record, also one that is gone.", autocompletion=complete_id
        ),
    ],
    field: Annotated[
        str | None, typer.Option("--field", metavar="FIELD", help="Only changes of this field.")
    ] = None,
) -> int:
    """Tell the history of one record, field by field: who, when, why; the newest first.

    It goes back beyond a rename, and shows what merges decided.

    Example: nacoord history usmca-labor

    Example: nacoord history usmca-labor --field health
    """
    from nacoord.cli.chronicles import history_of
    from nacoord.cli.session import Session

    session = Session(ctx)
    return session.answer("history", history_of(session, id, field))
