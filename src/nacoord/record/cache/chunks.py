"""Chunks: records of a kind that stand next to each other by id, kept and read together.

One row for each record would cost more to read than the records; one for a whole kind would be
written again for every change. A chunk is named by what is in it, as git names a tree, so that
commits, branches and work trees share it.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from functools import cache
from typing import Any
from typing import NamedTuple
from zlib import crc32

from nacoord.model.declare import REST
from nacoord.model.declare import parts_in
from nacoord.model.folding import fold
from nacoord.model.kinds.table import Kind

# What is kept of a chunk, each as a part of its own: the fields that most questions ask for, the
# others, the words in them for a search, and what could be an id of another record.
FIELDS = "fields"
OTHERS = "others"
WORDS = "words"
NAMES = "names"
# Stands between the words, or the names, of two records.
BETWEEN = "\0"

# A chunk has so many records on the average.
_SIZE = 64

# A record's fields by the names under which an instance stores them, without its id.
Said = dict[str, Any]


def starts(id: str) -> bool:
    """Tell whether a chunk starts at a record: its own id decides, so a new record shifts no other."""
    return crc32(id.encode()) % _SIZE == 0


def grouped(pairs: Sequence[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    """Yield the chunks of a kind's records: (id, content of its file), in order of id."""
    group: list[tuple[str, bytes]] = []
    for pair in pairs:
        if group and starts(pair[0]):
            yield group
            group = []
        group.append(pair)
    if group:
        yield group


def key_of(kind: Kind, group: Sequence[tuple[str, bytes]]) -> bytes:
    """Return the name of a chunk: SHA-1 (FIPS 180-4), as git's own names are."""
    from hashlib import sha1

    whole = [kind.name.encode(), *(id.encode() + b"\0" + blob for id, blob in group)]
    return sha1(b"\n".join(whole), usedforsecurity=False).digest()


class Row(NamedTuple):
    """What a chunk holds of one record.

    Attributes:
        fields: the fields that most questions ask for, and whether there are others.
        others: the others.
        words: the words in them, folded.
        names: what could be an id of another record.
    """

    fields: Said
    others: bytes
    words: bytes
    names: bytes

    def renamed(self, kind: Kind, id: str) -> Row:
        """Return what a chunk holds of a record that says the same under another id."""
        said = {name: value for name, value in self.fields.items() if name != REST}
        return row_of(kind, id, said | marshal.loads(self.others))


def row_of(kind: Kind, id: str, said: Said) -> Row:
    """Return what a chunk holds of a record, from what its file says."""
    seldom = seldom_names(kind.model)
    rest = {name: value for name, value in said.items() if name in seldom}
    often = {name: value for name, value in said.items() if name not in seldom}
    if rest:
        often[REST] = True
    texts = list(leaves(said))
    words = fold("\n".join((id, *texts, *default_words(kind)))).replace(BETWEEN, " ")
    ids = sorted({text for text in texts if " " not in text and BETWEEN not in text})
    return Row(
        often,
        marshal.dumps(rest),
        words.encode("utf-8", "surrogatepass"),
        "\n".join(("", *ids, "")).encode("utf-8", "surrogatepass"),
    )


def packed(rows: Sequence[tuple[str, Row]]) -> dict[str, bytes]:
    """Return the parts of a chunk of records, by their ids."""
    between = BETWEEN.encode()
    ids = tuple(id for id, _ in rows)
    return {
        FIELDS: marshal.dumps((ids, [row.fields for _, row in rows])),
        # By themselves: who asks for them often asks for those of one record.
        OTHERS: marshal.dumps([row.others for _, row in rows]),
        WORDS: between.join(row.words for _, row in rows),
        NAMES: between.join(row.names for _, row in rows),
    }


def unpacked(part: Callable[[str], bytes]) -> list[tuple[str, Row]]:
    """Return what a chunk holds of each record, with its id.

    Args:
        part: returns a part of the chunk.
    """
    between = BETWEEN.encode()
    ids, fields = marshal.loads(part(FIELDS))
    columns = (
        fields,
        marshal.loads(part(OTHERS)),
        *(part(w).split(between) for w in (WORDS, NAMES)),
    )
    return list(zip(ids, map(Row._make, zip(*columns, strict=True)), strict=True))


@cache
def seldom_names(model: Any) -> frozenset[str]:
    """Return the stored names of a kind's fields that few questions ask for."""
    return frozenset(info.stored for info in model.model_fields.values() if info.seldom)


@cache
def default_words(kind: Kind) -> tuple[str, ...]:
    """Return the words that records of a kind have where their files say nothing."""
    found: set[str] = set()
    waiting: list[Any] = [kind.model]
    while waiting:
        for info in waiting.pop().model_fields.values():
            found.update(leaves(info.default))
            waiting += parts_in(info.annotation)
    return tuple(sorted(found))


def leaves(value: Any) -> Iterator[str]:
    """Yield every text in a value, but for the keys of mappings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from leaves(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from leaves(item)
