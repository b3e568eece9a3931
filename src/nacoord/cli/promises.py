"""What history says of promises, read from git in one process."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from nacoord.cli.chronicles import entry_of
from nacoord.cli.chronicles import is_cut
from nacoord.cli.chronicles import is_record
from nacoord.cli.chronicles import revisions_of
from nacoord.cli.chronicles import values_of
from nacoord.desk.edits.outcome import id_of
from nacoord.desk.promises.account import History
from nacoord.desk.promises.lives import Commit
from nacoord.desk.promises.lives import Version
from nacoord.desk.promises.lives import lives_of
from nacoord.desk.promises.lives import stage_of
from nacoord.model.kinds.commitment import Commitment
from nacoord.model.kinds.table import KINDS
from nacoord.record.renames import renames_of

if TYPE_CHECKING:
    from nacoord.cli.session import Session
    from nacoord.desk.release import Release
    from nacoord.record.versions import Revision

# What of a promise its life tells.
_TOLD = ("status", "due", "evidence")
_FOLDER = next(kind.folder for kind in KINDS.values() if kind.model is Commitment)


def promise_history(session: Session, left: Release | None = None) -> History:
    """Return the lives of the promises, up to today, from the moment asked for backward.

    Args:
        left: what of the record may be told; None for all. Nothing is told of the life of a promise
            that was above the ceiling for a while, or whose days were.
    """
    revisions = revisions_of(session, [_FOLDER], whole=True)
    if left is None or left.ceiling is None:
        return history_from(session, map(commit_of, revisions))
    from nacoord.desk.release import never_above

    known = list(revisions)
    told = never_above(map(entry_of, known), left, _TOLD)
    history = history_from(session, map(commit_of, known))
    return replace(history, lives={id: history.lives[id] for id in history.lives if id in told})


def history_from(session: Session, commits: Iterable[Commit]) -> History:
    """Return the lives of the promises from commits, newest first."""
    today = session.today.date
    cut = is_cut(session)
    known: list[Commit] = []
    left_out = 0
    for commit in commits:
        if not commit.versions:
            continue
        if commit.on <= today:
            known.append(commit)
        else:
            left_out += 1
    if not known:
        return History(reach="later" if left_out else "none", left_out=left_out)
    known.reverse()
    if not cut:
        # A record that lies in an older repository begins after that repository's own first commit.
        known[0] = replace(known[0], first=True)
    began = min(commit.on for commit in known)
    return History(lives_of(known), "cut" if cut else "whole", began, left_out)


def commit_of(revision: Revision) -> Commit:
    """Return what a commit did to promises."""
    versions = []
    for each in revision.versions:
        if (
            is_record(each.path)
            and each.path.startswith(f"{_FOLDER}/")
            and each.path.count("/") == 1
        ):
            before, after = values_of(each, revision.trailers)
            stages = tuple(map(stage_of, before))
            versions.append(Version(id_of(each.path), stages, stage_of(after)))
    renamed = renames_of(revision)
    return Commit(revision.commit, revision.on, not revision.parents, tuple(versions), renamed)
