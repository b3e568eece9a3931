"""A brief that is kept: drafted, saved as a commit, and made again from what it was made from."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from nacoord.cli.briefs import Making
from nacoord.cli.briefs import Wanted
from nacoord.cli.documents import Destination
from nacoord.cli.documents import deliver
from nacoord.cli.leaving import leave
from nacoord.cli.leaving import refuse_words
from nacoord.cli.leaving import tell_left_out
from nacoord.cli.session import Session
from nacoord.cli.session import shown_path
from nacoord.cli.session import working_folder
from nacoord.desk.brief import madefrom
from nacoord.desk.brief.answer import Brief
from nacoord.desk.brief.answer import in_own_words
from nacoord.model.errors import NacoordError
from nacoord.model.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from nacoord.desk.release import Release
    from nacoord.model.proposal import Proposal
    from nacoord.model.snapshot import Snapshot
    from nacoord.record.changing import Change


class NotReproducibleError(NacoordError):
    """A brief that could not be made again, and so is not kept."""


def make(
    ctx: typer.Context,
    scope: str | None,
    meeting: str | None,
    wanted: Wanted,
    to: Destination,
    *,
    draft: bool,
    save: bool,
) -> int:
    """Make a brief, draft and save it as asked, and write it; return the exit code."""
    session = Session(ctx)
    # What is kept must be what the commit gives again.
    session.strict = save
    left = leave(session, wanted.ceiling)
    _check_words(left, wanted.own_words)
    making = Making(session, left, scope, meeting)
    made = making.begin(wanted)
    if save:
        _refuse_unsaved(session, made.commit)
    answer = making.make(made)
    if draft:
        words = _drafted(answer)
        _check_words(left, words)
        answer = in_own_words(answer, words)
    code = 0
    if save:
        code = _save(ctx, session, answer)
    if not save or to.file or to.asked:
        code = deliver(session, "brief", answer, to)
    tell_left_out(left)
    return code or session.unread_code


def make_again(ctx: typer.Context, file: str, to: Destination) -> int:
    """Make a saved brief again, and say when the file holds something else; return the exit code.

    Raises:
        UsageError: when the file is no saved brief.
    """
    from nacoord import __version__

    session = Session(ctx)
    data = _read(session, file)
    made = madefrom.read(data)
    if made is None or not made.commit:
        raise UsageError(
            f"{file} is no saved brief: its head doesn't say what it was made from",
            hint="saved briefs are in the folder briefs/ of the record",
        )
    session.at(made.commit, made.today)
    left = leave(session, made.ceiling or None)
    # The file may have been changed by hand.
    _check_words(left, made.own_words)
    making = Making(session, left, made.scope or None, made.meeting or None)
    answer = making.make(replace(made, version=__version__))
    code = deliver(session, "brief", answer, to)
    tell_left_out(left)
    if as_file(answer, session.snapshot) != data:
        by = f"it was made by nacoord {made.version}" if made.version != __version__ else ""
        session.note(f"{file} says something else: {by or 'it was changed by hand'}")
    return code


def as_file(answer: Brief, snapshot: Snapshot) -> bytes:
    """Return a brief as it is kept."""
    from nacoord.present.document.table import FORMATS
    from nacoord.present.document.table import document_of
    from nacoord.present.document.table import render
    from nacoord.present.terminal.console import Style

    document = document_of("brief", answer, snapshot)
    return render(document, FORMATS["markdown"], Style(80, color=False, terminal=False))


def _check_words(left: Release, words: str) -> None:
    """Refuse a bottom line of somebody's own that must not leave."""
    from nacoord.model.marking import classification

    if found := classification(words):
        raise NacoordError(
            f"the bottom line carries a classification banner: {found}",
            hint="nacoord is for unclassified systems only",
        )
    if words and left.ceiling is not None:
        refuse_words(left, words)


def _drafted(answer: Brief) -> str:
    """Return the bottom line as the user's editor leaves it."""
    from nacoord.cli.editing import edit_words

    between = "\n\n" if answer.own_words else "\n"
    words = edit_words("bottom-line.md", between.join(answer.bottom_line))
    if not words.strip():
        raise NacoordError("nothing was made: the bottom line is empty")
    return words.strip()


def _refuse_unsaved(session: Session, commit: str) -> None:
    """Refuse to keep what was made from a part of a record, or from one that no commit holds."""
    from nacoord.record.repository import open_repository

    if session.unread():
        raise NotReproducibleError("nothing was saved", exit_code=3)
    if not commit:
        open_repository(session.root)
        raise NotReproducibleError(
            "nothing was saved: the record has edits that no commit holds, "
            "so this brief could not be made again",
            hint="keep them first: nacoord commit",
        )


def _save(ctx: typer.Context, session: Session, answer: Brief) -> int:
    from nacoord.cli.writing import make_change
    from nacoord.model.proposal import Keep
    from nacoord.model.proposal import Proposal
    from nacoord.record.files import Refused

    made = answer.made_from
    assert made is not None
    if os.path.islink(session.root / madefrom.FOLDER):
        raise NotReproducibleError(f"{madefrom.FOLDER}/ is a symbolic link, and so not written to")
    text = as_file(answer, session.snapshot)

    def propose(change: Change, today: date) -> Proposal:
        there = change.draft.read(made.path) if change.draft.has(made.path) else b""
        other = None if isinstance(there, Refused) else madefrom.read(there)
        if there and not (other and other.same(made)):
            raise NacoordError(f"{made.path} is something else already", hint="rename it: git mv")
        return Proposal("brief", (Keep(made.path, text),), made.title)

    return make_change(ctx, propose)


def _read(session: Session, file: str) -> bytes:
    """Return the bytes of a saved brief, named by its path or by its name in the record."""
    from nacoord.cli.filing import read_file

    places = (working_folder() / file, session.root / madefrom.FOLDER / file)
    for place in places:
        try:
            return read_file(place)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise UsageError(f"can't read {file}: {error.strerror}") from None
    known = ", ".join(session.source.names(madefrom.FOLDER)[-3:])
    folder = shown_path(session.root / madefrom.FOLDER)
    raise UsageError(
        f"there is no file {file}", hint=f"in {folder}: {known}" if known else "none is saved yet"
    )
