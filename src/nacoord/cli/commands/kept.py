"""`nacoord kept`: promises kept, late and open, per counterpart and both ways."""

from __future__ import annotations

from typing import Annotated

import typer

from nacoord.cli.arguments import Scope


def kept(
    ctx: typer.Context,
    scope: Scope = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Show every counterpart, and each promise with its days.")
    ] = False,
) -> int:
    """Show how promises are kept, theirs to us and ours to them, from history.

    Per country and counterpart: kept in time, kept late, missed, open, past due; then the time from
    made to closed. The days are those of the commits that recorded it. A promise is late against the
    first due day it was given: moving the day does not make it punctual. A promise that both sides
    make together is one that each makes to the other. Below five closed promises there is no rate.

    Example: nacoord kept

    Example: nacoord kept mexico --all
    """
    from nacoord.cli.promises import promise_history
    from nacoord.cli.session import Session
    from nacoord.desk.promises.kept import kept as answer

    session = Session(ctx)
    part = session.scope(scope)
    found = answer(session.snapshot, session.today.date, part, promise_history(session))
    return session.answer("kept", found, **({"everything": True} if everything else {}))
