"""`nacoord log`: changes in words, by day."""

from __future__ import annotations

from typing import Annotated

import typer

from nacoord.cli.arguments import Scope


def log(
    ctx: typer.Context,
    scope: Scope = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="From this day on.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Up to this day.")
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="By whom: a part of name or address.")
    ] = None,
    field: Annotated[
        str | None, typer.Option("--field", metavar="FIELD", help="Only changes of this field.")
    ] = None,
    most: Annotated[
        int, typer.Option("-n", "--max", metavar="N", min=1, help="How many changes at most.")
    ] = 100,
) -> int:
    """Tell the changes in words, by day, the newest first.

    A scope takes in the issues in it and the records that touch them. What was changed without
    nacoord is told too.

    Example: nacoord log

    Example: nacoord log mexico --since 2021-01-01 --field health
    """
    from itertools import islice

    from nacoord.cli.chronicles import entry_of
    from nacoord.cli.chronicles import revisions_of
    from nacoord.cli.chronicles import tell_cut
    from nacoord.cli.session import Session
    from nacoord.desk.chronicle import narrowed
    from nacoord.desk.lookup import touching
    from nacoord.model.dates import read_date

    session = Session(ctx)
    today = session.today.date
    ids = touching(session.snapshot, session.scope(scope)) if scope else None
    found = revisions_of(
        session,
        since=read_date(since, today) if since else None,
        until=read_date(until, today) if until else None,
        by=by,
    )
    entries = list(islice(narrowed(map(entry_of, found), ids, field), most + 1))
    code = session.answer("log", entries[:most])
    if len(entries) > most:
        session.note(f"older changes are left out; see more with: -n {most * 10}")
    tell_cut(session)
    return code
