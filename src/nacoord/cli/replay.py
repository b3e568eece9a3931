"""The radar's back-test: the record as history has it, day by day, handed to the question."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING

from nacoord.desk.radar.backtest import Backtest
from nacoord.desk.radar.backtest import backtest
from nacoord.desk.radar.spells import Frame

if TYPE_CHECKING:
    from nacoord.cli.session import Session
    from nacoord.desk.lookup import Scope


def replay(session: Session, scope: Scope) -> Backtest:
    """Replay the radar over the record's history and the surprises in it."""
    from nacoord.cli.chronicles import tell_cut

    tell_cut(session)
    today = session.today.date
    return backtest(session.snapshot, today, scope, frames(session, today))


def frames(session: Session, today: date) -> Iterator[Frame]:
    """Yield the record as it stood on the days of its history, up to today, oldest first."""
    from nacoord.record.frames import days
    from nacoord.record.frames import snapshots
    from nacoord.record.git import GitDiedError
    from nacoord.record.git import GitError

    from_commit = session.moment.commit.id if session.moment else "HEAD"
    try:
        known = days(session.root, session.snapshot.office.time_zone, from_commit)
    except GitDiedError:
        raise
    except GitError as error:
        session.note(f"{error.message}; the history is not replayed")
        return
    commits = [commit for commit in known if commit.on <= today]
    for at, snapshot in enumerate(snapshots(commits, session.shown)):
        _progress(at, len(commits))
        end = commits[at + 1].on - timedelta(days=1) if at + 1 < len(commits) else today
        if snapshot is not None:
            yield Frame(commits[at].on, end, snapshot)
    _progress(len(commits), len(commits))


def _progress(at: int, whole: int) -> None:
    """Show how far the replay is, to a person who waits for it."""
    if whole > 20 and sys.stderr.isatty():
        shown = f"\rreplaying day {at + 1} of {whole}" if at < whole else "\r" + " " * 40 + "\r"
        print(shown, end="", file=sys.stderr, flush=True)
