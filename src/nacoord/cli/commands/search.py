"""`nacoord search`: find records by the words in them."""

from __future__ import annotations

from typing import Annotated

import typer


def search(
    ctx: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS...", help="Every word must stand in the record.")
    ],
) -> int:
    """Find records by the words in them, best first.

    Accents and case don't matter: quebec finds Québec. A record whose name has the words comes
    before one that has them in its text.

    Example: nacoord search quebec

    Example: nacoord search sewage minute
    """
    from nacoord.cli.session import Session
    from nacoord.desk.search import search as answer

    session = Session(ctx)
    found = answer(session.snapshot, words)
    if not found.hits:
        session.note(f"nothing has {' and '.join(found.words)}")
    return session.answer("search", found)
