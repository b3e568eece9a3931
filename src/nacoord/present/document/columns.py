"""How wide the columns of a table are, in characters of the middle width, on a screen or a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rich.cells import cell_len

from nacoord.present.document.model import Column
from nacoord.present.document.model import Table
from nacoord.present.document.model import plain

# A longer word is broken rather than given a column of its length.
_LONGEST_WORD = 20


# What a column has beside its text, on a page.
_PADDING = 3


def across(table: Table, room: int) -> list[int]:
    """Return the widths of a table's columns on a page, which together fill it, as shares.

    Args:
        table: the table.
        room: how many characters of its text fit across the page.
    """
    cells = [
        [column.title, *(plain(row[at]) for row in table.rows)]
        for at, column in enumerate(table.columns)
    ]
    found = widths(table.columns, cells, room - _PADDING * len(cells))
    return [wide + _PADDING for wide in found or [column.share for column in table.columns]]


def widths(
    columns: Sequence[Column], cells: Sequence[Sequence[str]], room: int
) -> list[int] | None:
    """Return the width of each column; None when they have no room beside each other.

    A column gets what it needs. Where all together need too much, the firm ones keep theirs and
    the others share what is left, none narrower than its longest word.

    Args:
        columns: the columns.
        cells: for each column what stands in it, its title included.
        room: the characters that all columns together can have.
    """
    natural = [max(map(cell_len, texts)) for texts in cells]
    if sum(natural) <= room:
        return natural
    least = [
        wide if column.firm else min(wide, _longest_word(texts))
        for wide, column, texts in zip(natural, columns, cells, strict=True)
    ]
    if sum(least) > room:
        return None
    found = [wide if column.firm else 0 for wide, column in zip(natural, columns, strict=True)]
    open_ = [at for at, column in enumerate(columns) if not column.firm]
    while open_:
        left = room - sum(found)
        shares = _shared([columns[at].share for at in open_], left)
        # Whoever can't live on its share is served first, then whoever doesn't need all of it.
        poor = {at: least[at] for at, share in zip(open_, shares, strict=True) if share < least[at]}
        rich = {
            at: natural[at] for at, share in zip(open_, shares, strict=True) if natural[at] <= share
        }
        settled = poor or rich or dict(zip(open_, shares, strict=True))
        for at, wide in settled.items():
            found[at] = wide
        open_ = [at for at in open_ if at not in settled]
    return found


def _longest_word(texts: Sequence[str]) -> int:
    # An id can be broken after its hyphens.
    words = (word for text in texts for word in re.split(r"\s+|(?<=-)(?=\w)", text))
    longest = max(map(cell_len, words), default=0)
    return min(longest, _LONGEST_WORD)


def _shared(shares: Sequence[int], room: int) -> list[int]:
    """Share characters out so that they come to the room there is."""
    marks = [room * sum(shares[:at]) // sum(shares) for at in range(len(shares) + 1)]
    return [end - start for start, end in pairwise(marks)]
