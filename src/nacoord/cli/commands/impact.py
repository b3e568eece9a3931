"""`nacoord impact`: what else moves if something moves, and how one issue leads to another."""

from __future__ import annotations

from typing import Annotated

import typer

from nacoord.cli.completion import complete_id


def impact(
    ctx: typer.Context,
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="An issue, or any record: then the issues it is about or in.",
            autocompletion=complete_id,
        ),
    ],
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="ISSUE",
            help="Show the shortest way to this issue.",
            autocompletion=complete_id,
        ),
    ] = None,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Show every section whole, and issues that have ended too."),
    ] = False,
) -> int:
    """Show what else moves if this moves, or how one issue leads to another.

    First the issues that links tie to it, each with the reason; then those on the same clock, those two
    links away, and those that share counterparts or stakeholders who act in both; last its open
    promises, expected actions, contacts ahead and clocks. Whoever is in few issues ties two of them
    closely; the office, the agency it works in lockstep with and whoever is in half of all issues tie
    none. Issues that have ended are left out, but for precedents. With --to it exits 1 when nothing leads
    there.

    Example: nacoord impact mpp

    Example: nacoord impact usmca-labor --to line-5
    """
    from nacoord.cli.session import Session
    from nacoord.desk.lookup import find_record

    session = Session(ctx)
    record = find_record(session.snapshot, id)
    if to is None:
        from nacoord.desk.impact.answer import impact as answer

        found = answer(session.snapshot, session.today.date, record, everything)
        return session.answer("impact", found, everything=everything)
    from nacoord.desk.impact.path import path

    way = path(session.snapshot, record, to, everything)
    return session.answer("path", way) or int(not way.found)
