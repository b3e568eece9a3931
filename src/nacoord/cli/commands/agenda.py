"""`nacoord agenda`: the days ahead, or what to have read before a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Annotated

import typer

from nacoord.cli.arguments import Scope
from nacoord.cli.completion import complete_meeting

if TYPE_CHECKING:
    from datetime import date

    from nacoord.cli.session import Session


def agenda(
    ctx: typer.Context,
    scope: Scope = None,
    until: Annotated[
        str | None,
        typer.Option(
            "--until",
            metavar="DATE",
            help="The last day; by default the soon_days of nacoord.yaml.",
        ),
    ] = None,
    meeting: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="WHAT",
            help="The read-ahead for an engagement, or for meeting an agency.",
            autocompletion=complete_meeting,
        ),
    ] = None,
) -> int:
    """Show the days ahead, day by day, or with --for what to have read before a meeting.

    Engagements, decisions, next steps, actions with how many have not been told of them, promises
    due on either side, deadlines set by law or treaty, and milestones. A month or a window stands
    under its first day, or under today once it has begun.

    The read-ahead: the last contact with them and what came of it, open promises both ways, the
    issues at hand and where they stand on them, sensitive points, what to ask and what they wait
    for, and what changed since the last contact. Of an agency it is the one for the next engagement
    with it.

    Example: nacoord agenda mexico

    Example: nacoord agenda --until +5w

    Example: nacoord agenda --for call-sre-working-level
    """
    from nacoord.cli.session import Session
    from nacoord.desk.agenda import agenda as answer
    from nacoord.model.errors import UsageError

    session = Session(ctx)
    if meeting is not None:
        if scope or until:
            what = "no SCOPE" if scope else "no --until"
            raise UsageError(
                f"--for takes {what}: it is about one meeting",
                hint=f"nacoord agenda --for {meeting}",
            )
        return _read_ahead(session, meeting)
    part = session.scope(scope)
    last = _last_day(session, until)
    return session.answer("agenda", answer(session.snapshot, session.today.date, part, last))


def _last_day(session: Session, until: str | None) -> date:
    from datetime import timedelta

    from nacoord.model.dates import read_date
    from nacoord.model.errors import UsageError

    today = session.today.date
    if until is None:
        return today + timedelta(days=session.snapshot.office.thresholds.soon_days)
    last = read_date(until, today)
    if last < today:
        raise UsageError(
            f"--until {last} is before today, {today}",
            hint=f"what was is told by: nacoord log --since {last}",
        )
    return last


def _read_ahead(session: Session, word: str) -> int:
    from nacoord.cli.chronicles import changes_since
    from nacoord.desk.facing import about
    from nacoord.desk.facing import facing
    from nacoord.desk.facing import find_asked
    from nacoord.desk.readahead import readahead as answer

    snapshot, today = session.snapshot, session.today.date
    met = facing(snapshot, today, find_asked(snapshot, word))
    since = met.since
    changes = [] if since is None else changes_since(session, about(snapshot, met), since)
    return session.answer("readahead", answer(snapshot, today, met, changes))
