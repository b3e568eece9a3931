"""A site put together from the record and its history, and written where it is asked for."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

from nacoord.model.errors import MissingLibraryError
from nacoord.model.errors import NacoordError

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from nacoord.cli.session import Session
    from nacoord.desk.chronicle import Entry
    from nacoord.desk.promises.lives import Commit
    from nacoord.desk.release import Release
    from nacoord.desk.site.answer import Past
    from nacoord.desk.site.answer import Site
    from nacoord.record.sitefolder import SiteFolder


@dataclass(frozen=True, slots=True)
class Written:
    """The answer of `nacoord site`.

    Attributes:
        folder: where the site is, as it was typed.
        pages: how many pages it has.
        marking: the highest marking of what they may hold.
        ceiling: the highest marking that may leave; None when everything may.
        left_out: in words, what was left out under the ceiling; empty when nothing was.
    """

    folder: str
    pages: int
    marking: str
    ceiling: str | None
    left_out: str


def writer() -> Callable[[Site], Iterator[tuple[str, str]]]:
    """Return what writes the pages.

    Raises:
        MissingLibraryError: when the library that it needs is not installed.
    """
    try:
        from nacoord.present.site.pages import pages
    except ModuleNotFoundError as error:
        if (error.name or "").split(".", 1)[0] not in ("jinja2", "markupsafe"):
            raise
        raise MissingLibraryError("a site", "site") from None
    return pages


def gather(session: Session, word: str | None, ceiling: str | None) -> Site:
    """Return what the pages tell; nothing but what may leave is asked.

    Raises:
        NamesOmittedError: when a text that may leave names what may not.
    """
    from nacoord.cli.leaving import refuse_named
    from nacoord.cli.leaving import unread_files
    from nacoord.desk.lookup import find_scope
    from nacoord.desk.release import release
    from nacoord.desk.site.answer import site

    left = release(session.snapshot, ceiling)
    refuse_named(session, left, left.snapshot.records.keys())
    scope = find_scope(left.snapshot, word)
    found = site(left, session.today.date, scope, _past(session, left), unread_files(session))
    if ceiling is not None:
        # A line says how much stands above it in the file; that is not for those outside.
        return found
    radar = found.radar
    placed = replace(
        radar, findings=session.placed(radar.findings), muted=session.placed(radar.muted)
    )
    return replace(found, radar=placed)


def write(session: Session, site: Site, folder: SiteFolder) -> Written:
    """Write the pages beside the place and put them there; on any failure what was there stays.

    Raises:
        NacoordError: when the disk says no.
    """
    from nacoord.present.site.pages import count

    whole = count(site)
    about = {"scope": site.scope.id, "today": site.today.isoformat(), "marking": site.marking}
    try:
        folder.begin(about)
        for at, (name, text) in enumerate(writer()(site), start=1):
            _progress(f"writing page {at} of {whole}", at, whole)
            folder.write(name, text)
        folder.finish()
    except OSError as error:
        raise NacoordError(
            f"can't make the site {folder.shown}: {error.strerror or 'the disk says no'}",
            hint="what was there is as it was",
            exit_code=4,
        ) from None
    finally:
        folder.discard()
        _progress("", whole, whole, done=True)
    return Written(folder.shown, whole - 1, site.marking, site.ceiling, site.left_out)


def _past(session: Session, left: Release) -> Past:
    """Return what history says, read from git in one process; nothing, with a word, without it."""
    from nacoord.cli.chronicles import tell_cut
    from nacoord.cli.facts import uncommitted
    from nacoord.cli.promises import history_from
    from nacoord.desk.promises.account import History
    from nacoord.desk.release import released_entries
    from nacoord.desk.site.answer import Past
    from nacoord.record.git import GitDiedError
    from nacoord.record.git import GitError

    today = session.today.date
    try:
        entries, commits = _read(session)
        edited = [] if session.moment or not entries else uncommitted(session)
    except GitDiedError:
        # It would take the place of a site that tells all.
        raise
    except GitError as error:
        session.note(f"{error.message}; what only history can tell is left out")
        return Past()
    if not entries:
        session.note("the record is not in git yet, so what only history can tell is left out")
    tell_cut(session)
    touching = [entry for entry in entries if entry.records]
    later = sum(entry.on > today for entry in touching)
    # Under a ceiling the whole history counts: what was marked later was not to leave before either.
    told = tuple(entry for entry in released_entries(touching, left) if entry.on <= today)
    lives = history_from(session, commits) if left.ceiling is None else History()
    ids = left.snapshot.records
    return Past(told, later, lives, tuple(id for id in edited if id in ids))


def _read(session: Session) -> tuple[list[Entry], list[Commit]]:
    from nacoord.cli.chronicles import entry_of
    from nacoord.cli.chronicles import revisions_of
    from nacoord.cli.promises import commit_of

    entries, commits = [], []
    for revision in revisions_of(session, whole=True):
        entries.append(entry_of(revision))
        commits.append(commit_of(revision))
        _progress(f"reading history, {len(entries)} commits", len(entries), 0)
    _progress("", 1, 1, done=True)
    return entries, commits


def _progress(said: str, at: int, whole: int, *, done: bool = False) -> None:
    """Show how far the work is, to a person who waits for it."""
    if (whole == 0 or whole > 50) and (at % 25 == 0 or done) and sys.stderr.isatty():
        print(f"\r{said:<40}" + ("\r" if done else ""), end="", file=sys.stderr, flush=True)
