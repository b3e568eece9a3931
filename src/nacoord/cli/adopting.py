"""Edits made by hand become commits like any other: checked as a whole, told in words."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from nacoord.cli.session import Session
from nacoord.cli.writing import begin
from nacoord.cli.writing import finish
from nacoord.model.errors import NacoordError
from nacoord.model.errors import PastError
from nacoord.model.errors import UsageError


def adopt(ctx: typer.Context, words: Sequence[str], *, each: bool) -> int:
    """Commit what differs from the last commit in the record; return the exit code."""
    from nacoord.model.proposal import Proposal
    from nacoord.record.adoption import adopting

    session = Session(ctx)
    if session.option("as_of"):
        raise PastError
    why = session.option("message") or ""
    with adopting(session.root, session.shown) as adoption:
        known = adoption.ids()
        unknown = [word for word in words if word not in known]
        if unknown:
            raise UsageError(
                f'"{unknown[0]}" has no edits to keep',
                hint=f"edited by hand: {', '.join(known) or 'nothing'}",
            )
        if not known:
            raise NacoordError("nothing to keep: every record is as it was last committed")
        wanted = list(words) or known
        for group in [[id] for id in wanted] if each else [wanted]:
            change = adoption.change(group)
            begin(session, change)
            finish(session, change, [Proposal("commit", ())], why, by_hand=True)
    return 0
