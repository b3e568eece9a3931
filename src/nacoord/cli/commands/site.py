"""`nacoord site`: pages for a browser, from a folder or any server of files."""

from __future__ import annotations

from typing import Annotated

import typer

from nacoord.cli.arguments import Scope
from nacoord.cli.leaving import AskedMarking


def site(
    ctx: typer.Context,
    out: Annotated[
        str,
        typer.Argument(
            metavar="OUT", help="The folder to write; one that holds such pages is replaced."
        ),
    ],
    scope: Scope = None,
    marking: AskedMarking = None,
) -> int:
    """Write pages for a browser that need no server and no network.

    Status, radar, calendar, promises, and a page for each record with its history; each issue with the
    graph of what it is tied to; a search in all of it. Open OUT/index.html, or put the folder on any
    server. The highest marking stands on every page, on paper too. --marking leaves out what is above a
    ceiling, in history as well, and says how much that is; where a text that would leave names it,
    nothing is written. The pages take the place of old ones once all of them are there, and of nothing
    else.

    Exit codes: 0 fine, 1 a text names what may not leave, 2 usage, 3 part of the record could not be
    read and is missing, 4 git or disk failed.

    Example: nacoord site pages

    Example: nacoord site pages mexico --marking internal
    """
    from nacoord.cli.boundary import say
    from nacoord.cli.leaving import unread
    from nacoord.cli.session import Session
    from nacoord.cli.session import working_folder
    from nacoord.cli.sites import gather
    from nacoord.cli.sites import write
    from nacoord.cli.sites import writer
    from nacoord.record.sitefolder import SiteFolder

    session = Session(ctx)
    writer()
    folder = SiteFolder(out, working_folder() / out, session.root)
    found = gather(session, scope, marking)
    made = write(session, found, folder)
    session.tell_when("site")
    if session.option("json"):
        from nacoord.cli.output import write as print_out

        # Under a ceiling a fault is not told: it could be of anything.
        faults = session.located(session.snapshot.faults) if marking is None else []
        print_out(session.envelope("site", made, faults), page=False)
    else:
        index = f"{out.rstrip('/')}/index.html"
        session.note(f"wrote {made.pages} pages, marked {made.marking.upper()}: open {index}")
    if made.left_out:
        # Quiet or not: it matters to whoever hands it on.
        say(f"nacoord: {made.left_out}")
    return unread(session, marking)
