"""`nacoord matrix`: who is in which issue, and where nobody is."""

from __future__ import annotations

from typing import Annotated
from typing import Literal

import typer

from nacoord.cli.arguments import Scope

Level = Literal[
    "federal", "state", "local", "tribal", "congress", "foreign", "multilateral", "private"
]


def matrix(
    ctx: typer.Context,
    scope: Scope = None,
    level: Annotated[
        Level | None,
        typer.Option(
            "--level", metavar="LEVEL", help="List the stakeholders of one level and their issues."
        ),
    ] = None,
) -> int:
    """Show who is in which issue, and where nobody is.

    Live issues against groups of stakeholders. GAP marks where somebody should be: the agency the
    office works in lockstep with, a counterpart in each country of the relationship, a state, city or
    tribe that has a position. Levels: federal, state, local, tribal, congress, foreign, multilateral,
    private.

    Example: nacoord matrix mexico

    Example: nacoord matrix canada --level state
    """
    from nacoord.cli.session import Session
    from nacoord.desk.matrix import matrix as answer

    session = Session(ctx)
    return session.answer("matrix", answer(session.snapshot, session.scope(scope), level))
