"""`nacoord blame`: who last set each line of a record, and why."""

from __future__ import annotations

from typing import Annotated

import typer

from nacoord.cli.completion import complete_id


def blame(
    ctx: typer.Context,
    id: Annotated[
        str, typer.Argument(metavar="ID", help="The record.", autocompletion=complete_id)
    ],
) -> int:
    """Tell who last set each line of a record, and why.

    Example: nacoord blame usmca-labor
    """
    from nacoord.cli.chronicles import blame_of
    from nacoord.cli.session import Session

    session = Session(ctx)
    return session.answer("blame", blame_of(session, id))
