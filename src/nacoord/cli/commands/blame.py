"""`nacoord blame`: who last set each line of a record, and why."""

from __future__ import annotations

from typing import Annotated

import typer

from nacoord.cli.completion import complete_id


def blame(
    ctx: typer.Context,
    id: Annotated[
        str, typer.Argument(metavar="ID", help="The record.", autocompletion=complete_id)
    ],
) -> int:
    """Tell who last set each line of a record, and why.

    Example: nacoord blame usmca-labor
    """
    from nacoord.cli.chronicles import NoHistoryError
    from nacoord.cli.chronicles import entry_of
    from nacoord.cli.chronicles import find_id
    from nacoord.cli.chronicles import life_of
    from nacoord.cli.chronicles import tell_cut
    from nacoord.cli.session import Session
    from nacoord.desk.chronicle import BlamedLine
    from nacoord.record.blame import blame as find_origins

    session = Session(ctx)
    found, paths = find_id(session, id)
    known = life_of(session, paths, origins=True)
    if not known:
        raise NoHistoryError(found)
    entries = {revision.commit: entry_of(revision) for revision in known}
    lines = [
        BlamedLine(number, text, entries.get(commit) if commit else None)
        for number, (text, commit) in enumerate(find_origins(known, session.bytes_of(paths)), 1)
    ]
    tell_cut(session)
    return session.answer("blame", lines)
