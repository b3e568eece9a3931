"""`nacoord status`: the screen a staffer opens each morning."""

from __future__ import annotations

from typing import Annotated

import typer

from nacoord.cli.arguments import Scope


def status(
    ctx: typer.Context,
    scope: Scope = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Show every section whole, quiet issues too.")
    ] = False,
) -> int:
    """Show what needs a decision or is late, where each issue stands and what comes.

    First what waits for a decision or is late, ours and theirs; then the live issues by theme with
    their next steps; what states, cities and tribes raise beside federal agencies; what is dated in
    the next two weeks; and what changed this week, from git.

    Example: nacoord status mexico
    """
    from nacoord.cli.session import Session
    from nacoord.desk.status.answer import status as answer

    session = Session(ctx)
    part = session.scope(scope)
    found = answer(session.snapshot, session.today.date, part, session.changes())
    return session.answer("status", found, **({"everything": True} if everything else {}))
