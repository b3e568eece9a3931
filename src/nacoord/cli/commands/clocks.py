"""`nacoord clocks`: when the deadlines set by law or treaty fall due."""

from __future__ import annotations

from typing import Annotated

import typer

from nacoord.cli.completion import complete_clocks


def clocks(
    ctx: typer.Context,
    scope: Annotated[
        str | None,
        typer.Argument(
            metavar="SCOPE",
            help="A relationship, theme, issue, agency, person or clock; without one, everything.",
            autocompletion=complete_clocks,
        ),
    ] = None,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Show what is over and what has not started too."),
    ] = False,
) -> int:
    """Show when each clock set by law or treaty falls due, and by which provision.

    What is overdue comes first, then what went by with nothing said, what may be done now that a
    time to wait is over, what runs, and what waits for an earlier step. Working days leave out the
    holidays of the countries a step names, and the office's own `calendars.closed`. A letter or
    tasker shows the stations it has passed, and is late without an answer, full or interim, within
    21 working days of receipt (GAO-14-424).

    Example: nacoord clocks mexico

    Example: nacoord clocks rrlm
    """
    from nacoord.cli.session import Session
    from nacoord.desk.clocks.answer import clocks as answer
    from nacoord.desk.lookup import find_scope

    session = Session(ctx)
    part = find_scope(session.snapshot, scope, clocks=True)
    found = answer(session.snapshot, session.today.date, part)
    return session.answer("clocks", found, **({"everything": True} if everything else {}))
