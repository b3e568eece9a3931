"""`nacoord brief`: the brief of the week, or for a meeting."""

from __future__ import annotations

from typing import Annotated

import typer

from nacoord.cli.arguments import Scope
from nacoord.cli.completion import complete_meeting
from nacoord.cli.documents import AskedFormat
from nacoord.cli.documents import AskedOutput
from nacoord.cli.documents import AskedTemplate
from nacoord.cli.leaving import AskedMarking


def brief(
    ctx: typer.Context,
    scope: Scope = None,
    week: Annotated[
        bool, typer.Option("--week", help="The seven days up to today, and the next seven.")
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="DATE|last",
            help="The first day looked back on, or the last saved brief; by default that, else a week.",
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(
            "--until",
            metavar="DATE",
            help="The last day ahead; by default the soon_days of nacoord.yaml.",
        ),
    ] = None,
    meeting: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="WHAT",
            help="Only what concerns an engagement, or meeting an agency.",
            autocompletion=complete_meeting,
        ),
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Everything, not what fits two pages.")
    ] = False,
    ceiling: AskedMarking = None,
    bottom_line: Annotated[
        str | None,
        typer.Option("--bottom-line", metavar="TEXT", help="The bottom line in your own words."),
    ] = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="Open the bottom line in your editor first.")
    ] = False,
    save: Annotated[
        bool, typer.Option("--save", help="Keep it in briefs/, with what it was made from.")
    ] = False,
    again: Annotated[
        str | None,
        typer.Option(
            "--again", metavar="FILE", help="Make a saved brief again, from what it was made from."
        ),
    ] = None,
    format: AskedFormat = None,
    output: AskedOutput = None,
    template: AskedTemplate = None,
) -> int:
    """Make the brief: decisions, what is late, what changed and what comes.

    The bottom line first: your own words, else two or three sentences put together from the record.
    Then decisions, what is overdue, what changed, the days ahead, what may surprise, the issues with
    what states raise beside agencies, promises, and health over the last weeks. It is cut to about
    two pages, unless --full. With --save it is kept as a commit; the next one begins there.

    Example: nacoord brief

    Example: nacoord brief canada --week --marking internal -o canada.docx

    Example: nacoord brief mexico --save --dry-run -m "For the Friday meeting"
    """
    from nacoord.cli.briefs import Wanted
    from nacoord.cli.briefsaving import make
    from nacoord.cli.briefsaving import make_again
    from nacoord.cli.documents import destination
    from nacoord.cli.session import Session
    from nacoord.model.errors import PastError
    from nacoord.model.errors import UsageError

    session = Session(ctx)
    if again is not None:
        asked = (scope, week, since, until, meeting, full, ceiling, bottom_line, draft, save)
        if any(asked) or session.option("as_of") or session.option("today"):
            raise UsageError(
                "--again takes all else from the file", hint="leave out all but --format and -o"
            )
    if meeting is not None and scope:
        raise UsageError("--for takes no SCOPE: it is about one meeting")
    if not save and (session.option("message") or session.option("dry_run")):
        raise UsageError("-m and --dry-run go with --save")
    if save and session.option("as_of"):
        raise PastError
    to = destination(session, format, output, template)
    if again is not None:
        return make_again(ctx, again, to)
    wanted = Wanted(week, since, until, full, ceiling, bottom_line or "")
    return make(ctx, scope, meeting, wanted, to, draft=draft, save=save)
