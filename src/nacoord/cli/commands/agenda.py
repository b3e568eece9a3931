"""`nacoord agenda`: the days ahead."""

from __future__ import annotations

from typing import Annotated

import typer

from nacoord.cli.arguments import Scope


def agenda(
    ctx: typer.Context,
    scope: Scope = None,
    until: Annotated[
        str | None,
        typer.Option(
            "--until",
            metavar="DATE",
            help="The last day; by default the soon_days of nacoord.yaml.",
        ),
    ] = None,
) -> int:
    """Show the days ahead, day by day.

    Engagements, decisions, next steps, actions with how many have not been told of them, promises
    due on either side, deadlines set by law or treaty, and milestones. A month or a window stands
    under its first day, or under today once it has begun.

    Example: nacoord agenda mexico

    Example: nacoord agenda --until +5w
    """
    from datetime import timedelta

    from nacoord.cli.session import Session
    from nacoord.desk.agenda import agenda as answer
    from nacoord.model.dates import read_date
    from nacoord.model.errors import UsageError

    session = Session(ctx)
    part = session.scope(scope)
    today = session.today.date
    last = today + timedelta(days=session.snapshot.office.thresholds.soon_days)
    if until:
        last = read_date(until, today)
        if last < today:
            raise UsageError(
                f"--until {last} is before today, {today}",
                hint=f"what was is told by: nacoord log --since {last}",
            )
    return session.answer("agenda", answer(session.snapshot, today, part, last))
