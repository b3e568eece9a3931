"""Landing a merge that waited for choices: checked as a whole, committed, told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nacoord.cli.boundary import say
from nacoord.cli.merging import WrongTogetherError
from nacoord.cli.merging import merge_message
from nacoord.cli.merging import refuse_wrong
from nacoord.cli.output import style
from nacoord.cli.output import write
from nacoord.cli.resolving import Waiting
from nacoord.cli.resolving import merge_waiting
from nacoord.cli.resolving import tell_disputes
from nacoord.cli.resolving import waiting_disputes
from nacoord.record import journal
from nacoord.record.lock import locked
from nacoord.record.merging import pending

if TYPE_CHECKING:
    from nacoord.cli.session import Session
    from nacoord.record.merging.commits import Merged
    from nacoord.record.repository import Repository


def land_waiting(session: Session, repository: Repository, waiting: Waiting) -> int:
    """Make a merge that waited, if all is decided; else tell what is open; return the exit code."""
    named = waiting.pending.named
    with locked(repository.own):
        # A change can have been killed since the record was read; its journal would be lost.
        for line in journal.recover(repository):
            say(f"nacoord: {line}")
        # What was merged before the lock was held may be another merge by now.
        merged = merge_waiting(repository, waiting)
        if merged.disagreements:
            found = waiting_disputes(session, repository, waiting, merged)
            return tell_disputes(session, found, named)
        try:
            refuse_wrong(session, repository, merged, named)
        except WrongTogetherError as error:
            _choose_again(repository, waiting, merged, error)
            raise
        if session.option("dry_run"):
            write("Would make the merge: everything is decided.\n", page=False)
            return 0
        commit = _land(session, repository, waiting, merged)
        pending.forget(repository.own)
    _tell(session, merged, named, commit)
    return 0


def _choose_again(
    repository: Repository, waiting: Waiting, merged: Merged, error: WrongTogetherError
) -> None:
    """Open again what was chosen in the records that would be wrong."""
    wrong = {fault.record for fault in error.faults}
    again = {each.disagreement.key for each in merged.settled if each.disagreement.record in wrong}
    if again and waiting.pending.choices:
        kept = {key: each for key, each in waiting.pending.choices.items() if key not in again}
        pending.write(repository.own, replace(waiting.pending, choices=kept))
        error.hint = "choose again with: nacoord resolve"


def _land(session: Session, repository: Repository, waiting: Waiting, merged: Merged) -> str:
    from nacoord.record.merging.underway import finish
    from nacoord.record.syncing.config import config
    from nacoord.record.syncing.joining import join

    text = merge_message(session, merged, f"merge {waiting.pending.named}", "resolve")
    if waiting.git is not None:
        pending.write(repository.own, replace(waiting.pending, made=merged.tree or ""))
        return finish(repository, merged, text)
    commit, notes = join(repository, merged, text, config(repository.top))
    for line in notes:
        say(f"nacoord: {line}")
    return commit


def _tell(session: Session, merged: Merged, named: str, commit: str) -> None:
    if session.option("json"):
        answer = {"commit": commit, "with": named, "decided": len(merged.settled)}
        write(session.envelope("merge", answer, []), page=False)
    elif not session.option("quiet"):
        from nacoord.present.terminal.disputes import made

        look = style(session.option("color"))
        write(made(commit, named, len(merged.settled), look), page=False)
