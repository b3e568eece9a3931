"""Promises one by one: what became of each, with its days, in words."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group
from rich.console import RenderableType
from rich.text import Text

from nacoord.desk.promises.account import Account
from nacoord.desk.promises.kept import Kept
from nacoord.present.promises import HEADINGS
from nacoord.present.promises import days
from nacoord.present.promises import due
from nacoord.present.terminal import look
from nacoord.present.terminal.blocks import NARROW
from nacoord.present.terminal.blocks import WIDE
from nacoord.present.terminal.blocks import grid
from nacoord.present.terminal.blocks import join
from nacoord.present.terminal.blocks import stacked
from nacoord.present.terminal.look import heading
from nacoord.present.terminal.look import text


def past_due(answer: Kept, width: int, most: int) -> RenderableType | None:
    """Return the promises that are open and past due, the longest first."""
    found = [each for each in answer.promises if each.standing == "overdue"]
    found.sort(key=lambda each: (-each.past_due, each.id))
    if not found:
        return None
    shown = found if len(found) <= most + 1 else found[:most]
    cells = [_past_due_cells(each, answer) for each in shown]
    body: RenderableType
    if width >= WIDE:
        body = grid(cells, flexible=1)
    elif width >= NARROW:
        body = grid([[cell[0], cell[1], cell[3]] for cell in cells], flexible=1)
    else:
        body = stacked(
            [(join([cell[0], cell[4]], ", "), [cell[1], cell[2], cell[3]]) for cell in cells]
        )
    return Group(heading(HEADINGS["overdue"]), body, *_more(len(found) - len(shown)))


def _more(hidden: int) -> list[RenderableType]:
    return [text(f"and {hidden} more past due (--all)", look.DIM)] if hidden else []


def _past_due_cells(each: Account, answer: Kept) -> list[Text]:
    return [
        text(f"{each.past_due} d late", look.LATE),
        text(each.title),
        text(_between(each, few=True)),
        text(each.id, look.ID),
        text(due(each, answer)),
    ]


def one_by_one(answer: Kept) -> RenderableType:
    """Return every promise with its days, by how it stands."""
    blocks: list[RenderableType] = []
    before, unknown = "BEFORE THE RECORD BEGAN", "ON A DAY NOT IN HISTORY"
    for standing, name in HEADINGS.items():
        found = [each for each in answer.promises if each.standing == standing]
        if found:
            blocks += [Text("")] if blocks else []
            blocks.append(heading(name if answer.began else name.replace(before, unknown)))
            blocks.append(stacked([_told(each, answer) for each in found]))
    return Group(*blocks)


def _told(each: Account, answer: Kept) -> tuple[Text, Sequence[Text]]:
    head = join([text(each.id, look.ID), text(each.title)], "  ")
    told = "; ".join(days(each, answer))
    return head, [text(_between(each)), text(told, look.DIM)]


def _between(each: Account, *, few: bool = False) -> str:
    by, to = (_few(ids) if few else ", ".join(ids) for ids in (each.by, each.to))
    return f"{by} → {to}"


def _few(ids: Sequence[str]) -> str:
    return ids[0] + (f" +{len(ids) - 1}" if len(ids) > 1 else "")
