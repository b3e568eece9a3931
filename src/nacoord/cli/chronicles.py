"""From history's versions to entries in words: what the commands on history share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING
from typing import Any

from nacoord.desk.chronicle import Entry
from nacoord.desk.chronicle import told
from nacoord.model.errors import NacoordError
from nacoord.model.facts import NO_FACTS
from nacoord.model.facts import Facts
from nacoord.model.kinds.table import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nacoord.cli.session import Session
    from nacoord.record.versions import Revision


class NoHistoryError(NacoordError):
    """Nothing was ever committed of what was asked for."""

    def __init__(self, id: str) -> None:
        super().__init__(
            f'nothing of "{id}" was ever committed', hint="keep it with: nacoord commit"
        )


def entry_of(revision: Revision) -> Entry:
    """Return a commit in words."""
    pairs = {
        version.path: (tuple(value(old) for old in version.old), value(version.new))
        for version in revision.versions
        if is_record(version.path)
    }
    trailers = revision.trailers
    return Entry(
        revision.commit,
        revision.on,
        revision.who,
        revision.subject,
        revision.why,
        trailers.action,
        len(revision.parents) > 1,
        told(pairs, dict(trailers.renamed)),
    )


def is_record(path: str) -> bool:
    """Tell whether a path of the record is a record's file, or nacoord.yaml."""
    folder, slash, name = path.partition("/")
    if not slash:
        return path == "nacoord.yaml"
    return name.endswith(".yaml") and any(kind.folder == folder for kind in KINDS.values())


@lru_cache(maxsize=512)
def value(data: bytes | None) -> Any:
    """Return what a version of a file says; a text that can't be read counts as itself.

    What comes before one change is what came after another, so each version is read once.
    """
    if data is None:
        return None
    from nacoord.record.yamltext import read

    document = read(data)
    return {"text": document.text} if document.problems else document.value


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


def revisions_of(
    session: Session, paths: Sequence[str] = (".",), **wanted: Any
) -> Iterator[Revision]:
    """Yield the commits that touched files, from the moment asked for backward."""
    from nacoord.record.versions import revisions

    commit = session.moment.commit.id if session.moment else "HEAD"
    return revisions(
        session.root, paths, zone=session.snapshot.office.time_zone, commits=commit, **wanted
    )


def facts(session: Session) -> Facts:
    """Return what history says up to today; nothing, with a word on stderr, without history."""
    from nacoord.desk.facts import WATCHED
    from nacoord.desk.facts import facts_of
    from nacoord.record.git import GitError
    from nacoord.record.history import touched

    commit = session.moment.commit.id if session.moment else "HEAD"
    names = sorted({field.rsplit(".", 1)[-1] for field in WATCHED})
    try:
        days = touched(session.root, session.snapshot.office.time_zone, commit)
        found = [entry_of(each) for each in revisions_of(session, changing=f"({'|'.join(names)}):")]
        uncommitted = [] if session.moment or not days else _uncommitted(session)
    except GitError as error:
        session.note(f"{error.message}; what only history can tell is left out")
        return NO_FACTS
    if not days:
        session.note("the record is not in git yet, so what only history can tell is left out")
    tell_cut(session)
    return facts_of(session.snapshot, session.today.date, days, found, uncommitted)


def _uncommitted(session: Session) -> list[str]:
    """Return the ids of records whose files differ from the newest commit."""
    from nacoord.desk.edits.outcome import id_of
    from nacoord.record.repository import open_repository

    differing = open_repository(session.root).state().differing
    return [id_of(path) for path in differing if is_record(path)]


def is_cut(session: Session) -> bool:
    """Tell whether the history is not whole, as in a shallow clone."""
    from nacoord.record.recovery import is_shallow

    return is_shallow(session.root)


def tell_cut(session: Session) -> None:
    """Say when the history is not whole, as in a shallow clone."""
    if is_cut(session):
        session.note(
            "the history begins later than the record's (shallow clone): git fetch --unshallow"
        )
