"""The terminal app, started where it can run."""

from __future__ import annotations

import gc
import os
import signal
import sys

import typer

from nacoord.model.errors import MissingLibraryError
from nacoord.model.errors import UsageError


def run(ctx: typer.Context, scope: str | None) -> int:
    """Run the app until the user quits; return the exit code.

    Raises:
        UsageError: where there is no terminal for it.
        MissingLibraryError: without the library of its extra.
    """
    from nacoord.cli.session import Session

    words = " ".join(["nacoord status", *([scope] if scope else [])])
    if Session(ctx).option("json"):
        raise UsageError("open has no JSON: it is a screen", hint=f"{words} --json")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("open needs a terminal", hint=f"the same as text: {words}")
    if os.environ.get("TERM", "dumb") == "dumb":
        raise UsageError(
            "open needs a terminal that can move its cursor, and TERM says this one can't",
            hint=f"the same as text: {words}",
        )
    try:
        from nacoord.present.tui.app import OpenApp
    except ModuleNotFoundError as error:
        if (error.name or "").split(".", 1)[0] != "textual":
            raise
        raise MissingLibraryError("open", "tui", instead=words) from None
    from nacoord.cli.opening import Opening
    from nacoord.cli.output import style

    look = style(Session(ctx).option("color"))
    if not look.color:
        # The library obeys it (no-color.org), and --color never means the same.
        os.environ["NO_COLOR"] = "1"
    # Pages know by its colour what is an id.
    opening = Opening(ctx, look._replace(color=True))
    part = opening.session.scope(scope)
    opening.moved()
    # A command lets go of little and ends soon (see main.py); this one stays open all day.
    gc.set_threshold(700, 10, 10)
    app = OpenApp(opening, part.id or None)
    # Ended from outside, it gives the terminal back as it was.
    signal.signal(signal.SIGTERM, lambda *_: app.exit(return_code=128 + signal.SIGTERM))
    app.run()
    if app.failure is not None:
        raise app.failure
    # What could not be read is said once more, where it stays.
    return app.return_code or opening.session.unread()
