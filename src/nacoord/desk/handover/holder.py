"""Whose hand-over a typed word asks for."""

from __future__ import annotations

from nacoord.desk.lookup import Scope
from nacoord.desk.lookup import UnknownError
from nacoord.desk.lookup import find_among
from nacoord.desk.lookup import find_record
from nacoord.desk.lookup import names
from nacoord.desk.lookup import scope_of
from nacoord.model.errors import UsageError
from nacoord.model.folding import fold
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.issue import Issue
from nacoord.model.kinds.table import kind_of
from nacoord.model.snapshot import Snapshot

_RULE = "a person or an agency has a hand-over"


class NoHandoverError(UsageError):
    """What was named is neither a person nor an agency, so nobody can take over from it."""


def find_holder(snapshot: Snapshot, word: str) -> Scope:
    """Return the person or agency that a typed word means, with the issues that go with it.

    Raises:
        NoHandoverError: when it means something else.
        UnknownError, AmbiguousError, UnreadableError: as `find_record` does.
    """
    candidates = [*snapshot.people, *snapshot.agencies]
    folded = fold(word.strip())
    if not any(fold(name) == folded for record in candidates for name in names(record)):
        # What is typed whole is meant, also where somebody's id begins with it.
        _refuse_words(snapshot, folded)
        if folded in snapshot.records:
            _refuse(snapshot.records[folded])
    try:
        return scope_of(snapshot, find_among(snapshot, word, candidates, "person or agency"))
    except UnknownError:
        try:
            other = find_record(snapshot, word)
        except UsageError:
            other = None
        if other is not None:
            _refuse(other)
        raise


def _refuse_words(snapshot: Snapshot, name: str) -> None:
    office = snapshot.office
    for what, known in (("relationship", office.relationships), ("theme", office.themes)):
        if name in known:
            raise NoHandoverError(
                f"{_RULE}; {name} is a {what}", hint=f"where it stands: nacoord status {name}"
            )


def _refuse(record: Record) -> None:
    kind = kind_of(record).name
    article = "an" if kind[0] in "aei" else "a"
    raise NoHandoverError(f"{_RULE}; {record.id} is {article} {kind}", hint=_hint(record))


def _hint(record: Record) -> str:
    if isinstance(record, Issue) and record.owner:
        return f"its owner's: nacoord handover {record.owner}"
    return f"see it whole: nacoord show {record.id}"
