"""`nacoord open`: the morning screen, live, in the terminal."""

from __future__ import annotations

import typer

from nacoord.cli.arguments import Scope


def open_(ctx: typer.Context, scope: Scope = None) -> int:
    """Open the morning screen, live, with the issues, the radar and the agenda beside it.

    Every page says what its command prints. The arrow keys go from record to record, enter opens one
    with its history, e and n change it, by the same audited change as `set` and `note`; ? shows all
    keys. Another's change, an edit by hand or a sync shows by itself. With --as-of it is read only. It
    needs a terminal, and pip install 'nacoord[tui]'.

    Example: nacoord open mexico
    """
    from nacoord.cli.terminalapp import run

    return run(ctx, scope)
