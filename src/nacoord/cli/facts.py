"""What history says of a record up to today, asked of git and handed on as values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nacoord.cli.chronicles import entry_of
from nacoord.cli.chronicles import is_record
from nacoord.cli.chronicles import revisions_of
from nacoord.cli.chronicles import tell_cut
from nacoord.model.facts import NO_FACTS
from nacoord.model.facts import Facts

if TYPE_CHECKING:
    from nacoord.cli.session import Session
    from nacoord.desk.release import Release


def facts_up_to_today(session: Session, left: Release | None = None) -> Facts:
    """Return what history says up to today; nothing, with a word on stderr, without history.

    Args:
        left: what of the record may be told; None for all.
    """
    from nacoord.desk.facts import WATCHED
    from nacoord.desk.facts import facts_of
    from nacoord.record.git import GitDiedError
    from nacoord.record.git import GitError
    from nacoord.record.history import touched

    commit = session.moment.commit.id if session.moment else "HEAD"
    names = {field.rsplit(".", 1)[-1] for field in WATCHED}
    if left is not None:
        # What was marked above the ceiling for a while is not told from before that.
        names |= {"marking", "field_markings"} | {field.split(".")[0] for field in WATCHED}
    try:
        days = touched(session.root, session.snapshot.office.time_zone, commit)
        found = [
            entry_of(each)
            for each in revisions_of(session, changing=f"({'|'.join(sorted(names))}):", whole=True)
        ]
        edited = [] if session.moment or not days else uncommitted(session)
    except GitError as error:
        if session.strict or isinstance(error, GitDiedError):
            # What a git that was killed would have said is not known, and may be there.
            raise
        session.note(f"{error.message}; what only history can tell is left out")
        return NO_FACTS
    if not days:
        session.note("the record is not in git yet, so what only history can tell is left out")
    tell_cut(session)
    if left is not None:
        from nacoord.desk.release import released_entries

        found = list(released_entries(found, left))
        edited = [id for id in edited if id in left.snapshot.records]
    snapshot = left.snapshot if left else session.snapshot
    return facts_of(snapshot, session.today.date, days, found, edited)


def uncommitted(session: Session) -> list[str]:
    """Return the ids of records whose files differ from the newest commit."""
    from nacoord.desk.edits.outcome import id_of
    from nacoord.record.repository import open_repository

    differing = open_repository(session.root).state(asking=True).differing
    return [id_of(path) for path in differing if is_record(path)]
