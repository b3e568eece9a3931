"""`nacoord untold`: who has not been told of an action, or has not cleared it."""

from __future__ import annotations

from typing import Annotated

import typer

from nacoord.cli.completion import complete_action_or_scope


def untold(
    ctx: typer.Context,
    id: Annotated[
        str | None,
        typer.Argument(
            metavar="ID",
            help="An action, or a relationship, theme, issue, agency or person; "
            "without one, everything.",
            autocompletion=complete_action_or_scope,
        ),
    ] = None,
) -> int:
    """Say who has not been told of an action or has not cleared it; exits with 1 if somebody has not.

    Of an action also who is in the issues it hits and is not on its list, and the commands to type
    once they know. Of a part of the work each action to come that somebody has not heard of, the
    nearest first; of an agency what it has not heard itself. A clearance holds the fingerprint of
    the text: when the text changes, it is suspect.

    Example: nacoord untold border-limits-february

    Example: nacoord untold mexico
    """
    from nacoord.cli.session import Session
    from nacoord.desk.lookup import find_action_or_scope
    from nacoord.desk.untold import untold as answer

    session = Session(ctx)
    asked = find_action_or_scope(session.snapshot, id)
    found = answer(session.snapshot, session.today.date, asked)
    return session.answer("untold", found) or int(found.found)
