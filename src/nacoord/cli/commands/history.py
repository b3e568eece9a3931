"""`nacoord history`: one record, field by field: who, when, why."""

from __future__ import annotations

from typing import Annotated

import typer

from nacoord.cli.completion import complete_id


def history(
    ctx: typer.Context,
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="The record, also one that is gone.", autocompletion=complete_id
        ),
    ],
    field: Annotated[
        str | None, typer.Option("--field", metavar="FIELD", help="Only changes of this field.")
    ] = None,
) -> int:
    """Tell the history of one record, field by field: who, when, why; the newest first.

    It goes back beyond a rename, and shows what merges decided.

    Example: nacoord history usmca-labor

    Example: nacoord history usmca-labor --field health
    """
    from nacoord.cli.chronicles import NoHistoryError
    from nacoord.cli.chronicles import entry_of
    from nacoord.cli.chronicles import find_id
    from nacoord.cli.chronicles import life_of
    from nacoord.cli.chronicles import tell_cut
    from nacoord.cli.session import Session
    from nacoord.desk.chronicle import narrowed

    session = Session(ctx)
    found, paths = find_id(session, id)
    entries = [entry_of(revision) for revision in life_of(session, paths)]
    if not entries:
        raise NoHistoryError(found)
    wanted = list(narrowed(entries, None, field))
    tell_cut(session)
    return session.answer("history", wanted)
