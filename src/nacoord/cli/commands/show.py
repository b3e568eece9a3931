"""`nacoord show`: one record whole."""

from __future__ import annotations

from typing import Annotated

import typer

from nacoord.cli.completion import complete_id


def show(
    ctx: typer.Context,
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="An id, its unique start, a title or an alias.",
            autocompletion=complete_id,
        ),
    ],
) -> int:
    """Show one record whole, and what refers to it.

    Accents and case don't matter, and an agency is found by any of its names.

    Example: nacoord show tijuana-sewage

    Example: nacoord show "secretaria de relaciones exteriores"
    """
    from nacoord.cli.session import Session
    from nacoord.desk.lookup import find_record
    from nacoord.desk.view import view

    session = Session(ctx)
    record = find_record(session.snapshot, id)
    return session.answer("show", view(session.snapshot, session.today.date, record))
