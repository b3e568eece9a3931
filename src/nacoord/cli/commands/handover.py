"""`nacoord handover`: the book for a successor."""

from __future__ import annotations

from typing import Annotated

import typer

from nacoord.cli.completion import complete_holder
from nacoord.cli.documents import AskedFormat
from nacoord.cli.documents import AskedOutput
from nacoord.cli.documents import AskedTemplate


def handover(
    ctx: typer.Context,
    holder: Annotated[
        str,
        typer.Argument(
            metavar="PERSON|AGENCY",
            help="Whose work is handed over.",
            autocompletion=complete_holder,
        ),
    ],
    format: AskedFormat = None,
    output: AskedOutput = None,
    template: AskedTemplate = None,
) -> int:
    """Make the book for whoever takes over from a person or agency.

    The portfolio issue by issue, open promises, who is still to be told of what, the next 60 days,
    whom to call at each stakeholder and when they last met, who stands where, the last 90 days in
    words, and what the record does not say. Its highest marking stands on top and on every page.

    Example: nacoord handover director-borders

    Example: nacoord handover dhs -o dhs.docx

    Example: nacoord handover dhs -o dhs.pdf
    """
    from nacoord.cli.chronicles import entries_from
    from nacoord.cli.chronicles import tell_cut
    from nacoord.cli.documents import deliver
    from nacoord.cli.documents import destination
    from nacoord.cli.session import Session
    from nacoord.desk.handover.answer import first_day
    from nacoord.desk.handover.answer import handover as answer
    from nacoord.desk.handover.holder import find_holder

    session = Session(ctx)
    to = destination(session, format, output, template)
    scope = find_holder(session.snapshot, holder)
    today = session.today.date
    entries, later = entries_from(session, first_day(today))
    code = deliver(session, "handover", answer(session.snapshot, today, scope, entries, later), to)
    tell_cut(session)
    return code
