"""How promises are kept: a table by country and counterpart, and above it what can't be told."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group as Blocks
from rich.console import RenderableType
from rich.text import Text

from nacoord.desk.promises.cell import ENOUGH
from nacoord.desk.promises.kept import Kept
from nacoord.model.snapshot import Snapshot
from nacoord.present.dates import today_words
from nacoord.present.promises import any_closed
from nacoord.present.promises import counted
from nacoord.present.promises import reach
from nacoord.present.terminal import look
from nacoord.present.terminal.blocks import join
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import to_text
from nacoord.present.terminal.kept_table import shown_columns
from nacoord.present.terminal.kept_table import tables
from nacoord.present.terminal.look import heading
from nacoord.present.terminal.look import text
from nacoord.present.terminal.promises import one_by_one
from nacoord.present.terminal.promises import past_due

_CUT = ", for the file of a body in it is missing or can't be read"

# How many promises past due the screen shows; --all shows all.
PAST_DUE = 6


def render(answer: Kept, snapshot: Snapshot, style: Style, *, everything: bool = False) -> str:
    """Return the screen as text."""
    blocks: list[RenderableType] = [_title(answer, snapshot, style.width), *_untold(answer)]
    for table in tables(answer, style.width, everything):
        blocks += [Text(""), table]
    if everything and answer.promises:
        blocks += [Text(""), one_by_one(answer)]
    elif (late := past_due(answer, style.width, PAST_DUE)) is not None:
        blocks += [Text(""), late]
    if answer.groups:
        blocks += [Text(""), text(_legend(answer), look.DIM)]
    return to_text(Blocks(*blocks), style)


def _title(answer: Kept, snapshot: Snapshot, width: int) -> RenderableType:
    when = today_words(answer.today, snapshot.office.reference_date)
    left = join([heading(f"{answer.scope.title}: promises"), text(when)], " · ")
    if not answer.promises:
        return Blocks(left, text("No promise here is ours or made to us."))
    open_ones = [each for each in answer.promises if each.standing in ("open", "overdue")]
    late = sum(each.standing == "overdue" for each in open_ones)
    right = text(f"{counted(len(answer.promises))}, {len(open_ones)} open, {late} past due")
    if left.cell_len + right.cell_len + 3 <= width:
        return Text.assemble(left, " " * (width - left.cell_len - right.cell_len), right)
    return Blocks(left, right)


def _untold(answer: Kept) -> Iterator[Text]:
    """Yield, a line each, what can't be told and what is not counted."""
    if answer.promises:
        yield from (text(line) for line in reach(answer))
    unsaved = [each.id for each in answer.promises if each.unsaved]
    for ids, one, many in (
        (unsaved, "is not committed as it stands", "are not committed as they stand"),
        (answer.removed, "was removed and is not counted", "were removed and are not counted"),
        (answer.unread, f"is not counted{_CUT}", f"are not counted{_CUT}"),
        (answer.unplaced, "is neither ours nor made to us", "are neither ours nor made to us"),
    ):
        if ids:
            shown = ", ".join(ids[:4]) + (f" and {len(ids) - 4} more" if len(ids) > 4 else "")
            yield text(f"{counted(len(ids))} {one if len(ids) == 1 else many}: {shown}.")


def _legend(answer: Kept) -> str:
    first = "the first due day it was given, wherever that was moved"
    words = [f"Past due: open after {first if answer.began else 'its due day'}."]
    shown = shown_columns(answer)
    if any(column.name == "aside" for column in shown):
        words.append("Set aside: withdrawn or superseded.")
    if any(column.name == "before" for column in shown) and answer.began:
        words.append("Before: on a day that history does not hold.")
    if any(column.above == "no" for column in shown):
        words.append("No date: kept, and no due day had been given.")
    if any_closed(answer):
        words.append("Time to close: from the day said or first recorded to the commit of its end.")
        words.append(f"Fewer than {ENOUGH} closed: neither rate nor time is told.")
    return " ".join(words)
