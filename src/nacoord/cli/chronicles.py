"""From history's versions to entries in words: what the commands on history share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING
from typing import Any

from nacoord.desk.chronicle import Entry
from nacoord.desk.chronicle import told
from nacoord.model.errors import NacoordError
from nacoord.model.kinds.table import KINDS
from nacoord.record.files import is_brief

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from nacoord.cli.session import Session
    from nacoord.desk.chronicle import BlamedLine
    from nacoord.record.message import Trailers
    from nacoord.record.versions import Revision
    from nacoord.record.versions import Version


class NoHistoryError(NacoordError):
    """Nothing was ever committed of what was asked for."""

    def __init__(self, id: str) -> None:
        super().__init__(
            f'nothing of "{id}" was ever committed', hint="keep it with: nacoord commit"
        )


def entry_of(revision: Revision) -> Entry:
    """Return a commit in words."""
    from nacoord.record.renames import renames_of

    pairs = {
        version.path: values_of(version, revision.trailers)
        for version in revision.versions
        if is_record(version.path) or is_brief(version.path)
    }
    trailers = revision.trailers
    if trailers.formats:
        # What it did is no change of any value, but for the format itself.
        pairs = {path: (olds, new) for path, (olds, new) in pairs.items() if olds != (new,)}
    return Entry(
        revision.commit,
        revision.on,
        revision.who,
        revision.subject,
        revision.why,
        trailers.action,
        len(revision.parents) > 1,
        told(pairs, renames_of(revision)),
    )


def is_record(path: str) -> bool:
    """Tell whether a path of the record is a record's file, or nacoord.yaml."""
    folder, slash, name = path.partition("/")
    if not slash:
        return path == "nacoord.yaml"
    return name.endswith(".yaml") and any(kind.folder == folder for kind in KINDS.values())


def values_of(version: Version, trailers: Trailers) -> tuple[tuple[Any, ...], Any]:
    """Return what a file said before, in each parent, and after.

    What was before a migration is told in the format that it led to.
    """
    # What came or went whole can be the first import of a record, each file of which is read once.
    once = version.new is None or not any(old is not None for old in version.old)
    path = version.path
    before = tuple(value_at(path, old, once=once) for old in version.old)
    after = value_at(path, version.new, once=once)
    if trailers.formats and is_record(path):
        from nacoord.record.migrations.upgrade import upgraded_but_name

        before = tuple(upgraded_but_name(path, old, *trailers.formats) for old in before)
    return before, after


def value_at(path: str, data: bytes | None, *, once: bool = False) -> Any:
    """Return what a version of a file says; of a saved brief only what it is, not all its words."""
    if data is None or not is_brief(path):
        return value(data, once=once)
    from hashlib import sha256

    from nacoord.desk.brief.madefrom import read

    made = read(data)
    facts = {"fingerprint": sha256(data).hexdigest()[:10]}
    if made is None:
        # Without its head it could hold anything.
        return {"title": path, "marking": "", **facts}
    return {"title": made.title, "marking": made.marking, "commit": made.commit[:10], **facts}


@lru_cache(maxsize=512)
def value(data: bytes | None, *, once: bool = False) -> Any:
    """Return what a version of a file says; a text that can't be read counts as itself.

    What comes before one change is what came after another, so each version is read once.

    Args:
        data: the version.
        once: True when no other version of the file is likely to be read.
    """
    if data is None:
        return None
    from nacoord.record.piecewise import value_of_version
    from nacoord.record.piecewise import value_whole

    return value_whole(data) if once else value_of_version(data)


def find_id(session: Session, word: str) -> tuple[str, list[str]]:
    """Return the id that a typed word means, and the files its history is in.

    A record that is gone is found by the id it had.

    Raises:
        UnknownError: when there is and was no such record.
    """
    from nacoord.desk.lookup import UnknownError
    from nacoord.desk.lookup import UnreadableError
    from nacoord.desk.lookup import find_record
    from nacoord.model.kinds.base import ID

    session.read_only_one(word)
    try:
        record = find_record(session.snapshot, word)
        names = (record.id, *record.formerly)
    except UnreadableError:
        names = (word.strip().lower(),)
    except UnknownError:
        if not ID.fullmatch(word):
            raise
        names = (word,)
    return names[0], [f"{kind.folder}/{name}.yaml" for kind in KINDS.values() for name in names]


def history_of(session: Session, word: str, field: str | None = None) -> list[Entry]:
    """Return the commits that changed a record, or a field of it, the newest first.

    Raises:
        NoHistoryError: when there is none.
    """
    from nacoord.desk.chronicle import narrowed

    found, paths = find_id(session, word)
    entries = [entry_of(revision) for revision in life_of(session, paths)]
    if not entries:
        raise NoHistoryError(found)
    wanted = list(narrowed(entries, None, field))
    tell_cut(session)
    return wanted


def blame_of(session: Session, word: str) -> list[BlamedLine]:
    """Return each line of a record with the commit that set it.

    Raises:
        NoHistoryError: when there is none.
    """
    from nacoord.desk.chronicle import BlamedLine
    from nacoord.record.blame import blame

    found, paths = find_id(session, word)
    known = life_of(session, paths, origins=True)
    if not known:
        raise NoHistoryError(found)
    entries = {revision.commit: entry_of(revision) for revision in known}
    lines = [
        BlamedLine(number, text, entries.get(commit) if commit else None)
        for number, (text, commit) in enumerate(blame(known, session.bytes_of(paths)), 1)
    ]
    tell_cut(session)
    return lines


def revisions_of(
    session: Session, paths: Sequence[str] = (".",), *, after: str = "", **wanted: Any
) -> Iterator[Revision]:
    """Yield the commits that touched files, from the moment asked for backward.

    Those that `after` was made on, and itself, are left out.
    """
    from nacoord.record.versions import revisions

    commit = session.moment.commit.id if session.moment else "HEAD"
    if after:
        commit = f"{after}..{commit}"
    return revisions(
        session.root, paths, zone=session.snapshot.office.time_zone, commits=commit, **wanted
    )


def life_of(session: Session, paths: Sequence[str], **wanted: Any) -> list[Revision]:
    """Return the commits that touched a record's files, also before it was renamed by hand."""
    from nacoord.record.renames import followed

    return followed(
        session.root,
        paths,
        zone=session.snapshot.office.time_zone,
        commits=session.moment.commit.id if session.moment else "HEAD",
        **wanted,
    )


def is_cut(session: Session) -> bool:
    """Tell whether the history is not whole, as in a shallow clone."""
    from nacoord.record.recovery import is_shallow

    return is_shallow(session.root)


def entries_from(session: Session, since: date, after: str = "") -> tuple[list[Entry], int]:
    """Return the commits from a day until today in words, newest first, and how many come later.

    There are later ones where today is a reference date or was said; they are not known yet.
    Without a history there are none, and stderr says why.

    Args:
        since: the first day.
        after: a commit; those that it was not made on count, whatever their day.
    """
    from nacoord.cli.boundary import say
    from nacoord.record.git import GitDiedError
    from nacoord.record.git import GitError
    from nacoord.record.history import committed_after
    from nacoord.record.recovery import git_folder

    today, zone = session.today.date, session.snapshot.office.time_zone
    commit = session.moment.commit.id if session.moment else "HEAD"
    days: dict[str, Any] = {"after": after} if after else {"since": since}
    try:
        # What comes later is counted, not read: it can be the whole record.
        later = committed_after(session.root, today, zone, commit)
        found = [entry_of(each) for each in revisions_of(session, **days, until=today)]
    except GitError as error:
        if session.strict or isinstance(error, GitDiedError):
            raise
        say(f"nacoord: {error.message}; what changed is not told")
        for line in error.hint.splitlines():
            say(f"  {line}")
        return [], 0
    if git_folder(session.root) is None:
        session.note("the record is not in git yet, so what changed can't be told")
    return found, later


def changes_since(session: Session, ids: frozenset[str], since: date) -> list[Entry] | None:
    """Return what changed in some records from a day until today; None where there is no history."""
    from nacoord.desk.chronicle import narrowed
    from nacoord.record.git import GitDiedError
    from nacoord.record.git import GitError
    from nacoord.record.git import git

    found, _ = entries_from(session, since)
    try:
        # Of a record that was never committed git says nothing at all.
        if not found and not git(session.root, "log", "--max-count=1", "--format=%H", "--", "."):
            return None
    except GitDiedError:
        raise
    except GitError:
        return None
    tell_cut(session)
    return list(narrowed(found, ids, None))


def tell_cut(session: Session) -> None:
    """Say when the history is not whole, as in a shallow clone."""
    if is_cut(session):
        session.note(
            "the history begins later than the record's (shallow clone): git fetch --unshallow"
        )
