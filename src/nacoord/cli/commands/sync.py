"""`nacoord sync`: fetch, merge and send."""

from __future__ import annotations

from typing import Annotated

import typer


def sync(
    ctx: typer.Context,
    push: Annotated[
        bool, typer.Option("--push/--no-push", help="Send what is here, or only take in.")
    ] = True,
) -> int:
    """Fetch what others changed, merge it with what is here, and send all.

    Records are merged field by field. Where people disagree nothing is merged or sent: both values are
    told with who set them, and `nacoord resolve` settles it. Nothing is ever sent by force, and a remote
    whose history was rewritten is refused. Without a connection it says what waits, and ends with 4.

    The remote is the branch's upstream, or `origin`. --dry-run fetches and says what would come and go.

    Example: nacoord sync

    Example: nacoord sync --dry-run
    """
    from nacoord.cli.session import Session
    from nacoord.cli.syncing import sync_now
    from nacoord.model.errors import UsageError

    session = Session(ctx)
    if session.option("as_of"):
        raise UsageError("what was can't be changed", hint="leave out --as-of")
    return sync_now(session, push=push)
