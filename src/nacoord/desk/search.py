"""Search: the records in which every word stands, without accents and case, best first."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from nacoord.desk.lookup import names
from nacoord.desk.texts import texts
from nacoord.model.fault import dotted
from nacoord.model.folding import fold
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.table import kind_of
from nacoord.model.snapshot import Snapshot


class Hit(NamedTuple):
    """A record that has every word.

    Attributes:
        id: the record.
        kind: its kind.
        title: its title.
        field: where the first word stands, when no name has it; else empty.
        text: that text; else empty.
    """

    id: str
    kind: str
    title: str
    field: str
    text: str


class Hits(NamedTuple):
    """The answer of `nacoord search`."""

    words: tuple[str, ...]
    hits: tuple[Hit, ...]


def search(snapshot: Snapshot, words: Sequence[str]) -> Hits:
    """Find the records in which every word stands somewhere.

    Order: a name is the words, a name starts with them, a name has them, another text has them.
    """
    needles = [fold(word) for phrase in words for word in phrase.split()]
    ranked = []
    for record in snapshot.records.having(needles):
        found = _find(record, needles)
        if found:
            ranked.append((found[0], record.id, found[1]))
    ranked.sort(key=itemgetter(0, 1))
    return Hits(tuple(words), tuple([hit for _, _, hit in ranked]))


def _find(record: Record, needles: Sequence[str]) -> tuple[int, Hit] | None:
    """Return how well, and where, a record has every word; None when it lacks one."""
    titles = [fold(name) for name in names(record)]
    kind = kind_of(record).name
    # No word that is looked for has white space in it, so none reaches from one name into another.
    joined = "\n".join(titles)
    if all(needle in joined for needle in needles):
        whole = " ".join(needles)
        rank = 0 if whole in titles else 1 if any(t.startswith(whole) for t in titles) else 2
        return rank, Hit(record.id, kind, record.title, "", "")
    missing = set(needles)
    first: tuple[str, str] | None = None
    for path, text in texts(record):
        folded = fold(text)
        met = {needle for needle in missing if needle in folded}
        if met and first is None and path[0] not in ("title", "aliases"):
            first = (dotted(path), text)
        missing -= met
        if not missing:
            break
    if any(needle not in record.id for needle in missing):
        return None
    field, text = first or ("", "")
    return 3, Hit(record.id, kind, record.title, field, text)
