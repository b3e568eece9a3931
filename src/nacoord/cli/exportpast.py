"""What history gives to an export: its commits, when each record last changed, and which says the same."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nacoord.cli.session import Session
    from nacoord.desk.chronicle import Entry
    from nacoord.desk.export import Export
    from nacoord.desk.export import Stamp
    from nacoord.desk.release import Release
    from nacoord.record.versions import Revision


def made_from(session: Session) -> str | None:
    """Return the commit that says what the record says; None when it has edits, or no history."""
    from nacoord.cli.chronicles import is_record
    from nacoord.model.errors import NacoordError
    from nacoord.record.repository import open_repository

    if session.moment:
        return session.moment.commit.id
    try:
        state = open_repository(session.root).state(asking=True)
    except NacoordError:
        return None
    return None if any(map(is_record, state.differing)) else state.head


def stamps(session: Session) -> dict[str, Stamp]:
    """Return when history last touched each record; an edit that is in no commit counts as the next."""
    from datetime import UTC
    from datetime import datetime
    from datetime import timedelta

    from nacoord.cli.facts import uncommitted
    from nacoord.desk.export import Stamp
    from nacoord.record.git import GitDiedError
    from nacoord.record.git import GitError
    from nacoord.record.history import stamps as touched

    try:
        known = touched(session.root, session.moment.commit.id if session.moment else "HEAD")
        edited = uncommitted(session) if known and not session.moment else []
    except GitDiedError:
        raise
    except GitError as error:
        session.note(f"{error.message}; the events can't say when they changed")
        return {}
    found = {id: Stamp(datetime.fromtimestamp(at, UTC), count) for id, (at, count) in known.items()}
    for id in edited:
        if id in found:
            found[id] = Stamp(found[id].at + timedelta(seconds=1), found[id].count + 1)
    return found


def entries(session: Session, left: Release, found: Export) -> Iterator[Entry]:
    """Yield the history of what is exported, as far as it may leave, newest first."""
    from nacoord.cli.chronicles import entry_of
    from nacoord.cli.chronicles import revisions_of
    from nacoord.cli.chronicles import tell_cut
    from nacoord.desk.export import past
    from nacoord.record.recovery import git_folder

    if git_folder(session.root) is None:
        session.note("the record is not in git yet, so what changed can't be told")
        return
    tell_cut(session)
    revisions = _counted(revisions_of(session, whole=True))
    yield from past(map(entry_of, revisions), left, found.snapshot, found.scope)


def _counted(revisions: Iterable[Revision]) -> Iterator[Revision]:
    """Yield commits, and show a person who waits how many have been read."""
    shown = sys.stderr.isatty()
    for number, revision in enumerate(revisions):
        if shown and number and number % 500 == 0:
            print(f"\rreading the history: {number:,} commits", end="", file=sys.stderr, flush=True)
        yield revision
    if shown:
        print("\r" + " " * 50 + "\r", end="", file=sys.stderr, flush=True)
