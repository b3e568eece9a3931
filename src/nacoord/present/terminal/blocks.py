"""Rows of values laid out for the width there is: a table where it fits, else stacked lines."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence

from rich.console import Group
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from nacoord.present.terminal import look
from nacoord.present.terminal.grid import Grid
from nacoord.present.terminal.grid import widths

# From here on every column of a table has room; below NARROW none has.
WIDE = 96
NARROW = 72
# Room for the longest label: engagement.
_LABEL = 10


def grid(
    rows: Sequence[Sequence[Text]],
    *,
    flexible: int,
    gap: int = 2,
    like: Sequence[int] = (),
    fold: bool = False,
) -> RenderableType:
    """Lay rows out in columns; all keep their width but one, which takes what is left.

    Args:
        flexible: the number of the column that gives way.
        gap: blanks between two columns.
        like: the `widths` of all the grids with which the columns of this one line up.
        fold: whether what has no room goes on in the next line, rather than being cut.
    """
    if not fold:
        return Grid(rows, flexible=flexible, gap=gap, like=like)
    table = Table.grid(padding=(0, gap, 0, 0), pad_edge=False)
    own = widths(rows)
    for number, widest in enumerate(own):
        if number == flexible:
            table.add_column(overflow="fold", ratio=1)
        else:
            least = max((widest, *like[number : number + 1]))
            table.add_column(no_wrap=True, overflow="ellipsis", min_width=least)
    for row in rows:
        table.add_row(*row)
    table.expand = True
    return table


def stacked(rows: Sequence[tuple[Text, Sequence[Text]]], *, indent: int = 2) -> RenderableType:
    """Lay rows out one under the other: a head, and its details indented below it."""
    lines: list[RenderableType] = []
    for head, details in rows:
        head.overflow = "fold"
        lines.append(head)
        for detail in details:
            if detail.plain:
                detail.overflow = "fold"
                lines.append(Padding(detail, (0, 0, 0, indent)))
    return Group(*lines)


def labelled(rows: Sequence[tuple[Text, Sequence[Text], Text]], width: int) -> RenderableType:
    """Lay out entries of several lines: a label on the left, an id on the right, nothing cut."""
    widest = max((id.cell_len for _, _, id in rows), default=0)
    if width < NARROW or widest > width // 2:
        return stacked([(join([label, *lines[:1]]), [*lines[1:], id]) for label, lines, id in rows])
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(no_wrap=True, min_width=_LABEL)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(no_wrap=True, justify="right")
    for label, lines, id in rows:
        table.add_row(label, Group(*lines), id)
    return table


def apart(blocks: Iterable[RenderableType]) -> RenderableType:
    """Put an empty line between blocks."""
    lines: list[RenderableType] = []
    for block in blocks:
        lines += [Text(""), block] if lines else [block]
    return Group(*lines)


def folded(line: Text) -> Text:
    """Let a line go on in the next where it has no room."""
    line.overflow = "fold"
    return line


def join(parts: Sequence[Text], between: str = " ") -> Text:
    """Join texts, leaving out empty ones."""
    return Text(between).join([part for part in parts if part.plain])


def cut(count: int, most: int, everything: bool) -> int:
    """Return how many of a section to show; a lone last one isn't worth a line saying so."""
    return count if everything or count <= most + 1 else most


def more(hidden: int, what: str) -> list[RenderableType]:
    """Return the line that says how many of a section are not shown; nothing for none."""
    return [look.text(f"and {hidden} more {what} (--all)", look.DIM)] if hidden > 0 else []


def few(ids: Sequence[str], word: str = "") -> str:
    """Return one or two ids, or the first and how many more; with a word, only how many."""
    if word and len(ids) > 1:
        return f"{len(ids)} {word}s"
    return ", ".join(ids) if len(ids) < 2 else f"{ids[0]} +{len(ids) - 1}"


def command(words: str, width: int) -> RenderableType:
    """Show a command that can be copied: where it is too long for one line, a backslash goes on."""
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + len(word) + 3 <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(f"  {word}" if lines else word)
    return Text(" \\\n".join(lines), overflow="fold")
