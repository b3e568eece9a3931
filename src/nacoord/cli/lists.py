"""From the words after `list` to its answer: what the command and the terminal app share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nacoord.cli.session import Session
    from nacoord.desk.listing import Listing
    from nacoord.model.kinds.table import Kind


def listed(
    session: Session,
    words: Sequence[str],
    *,
    kind: str | None = None,
    sort: str | None = None,
    columns: str | None = None,
) -> Listing:
    """List the records that words mean: a kind, if the first one names one, and filters.

    How dates were understood, and that a kind may be misspelled, is said on stderr.

    Args:
        kind: the kind that is meant where the words name none; None for all.
    """
    from nacoord.desk.listing import listing

    named = kind_named(words[0]) if words else None
    answer = listing(
        session.snapshot,
        session.today.date,
        kind=named or (kind_named(kind) if kind else None),
        filters=words[1:] if named else words,
        sort=sort,
        columns=columns,
    )
    for reading in answer.readings:
        session.note(reading)
    if not answer.ids and words and named is None:
        _doubt(session, words[0])
    return answer


def kind_named(word: str) -> Kind | None:
    """Return the kind that a word names, in the singular or as its folder."""
    from nacoord.model.kinds.table import BY_FOLDER
    from nacoord.model.kinds.table import KINDS

    return KINDS.get(word.lower()) or BY_FOLDER.get(word.lower())


def _doubt(session: Session, word: str) -> None:
    """Say that a first word was taken as a word to look for, when it may be a kind misspelled."""
    from nacoord.model.closest import did_you_mean
    from nacoord.model.kinds.table import KINDS

    guess = did_you_mean(word, KINDS)
    if guess:
        session.note(f'no kind "{word}", so it was looked for as a word; {guess}')
