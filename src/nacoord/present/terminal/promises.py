"""Promises one by one: what became of each, with its days, in words."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

from rich.console import Group
from rich.console import RenderableType
from rich.text import Text

from nacoord.desk.promises.account import Account
from nacoord.desk.promises.account import Standing
from nacoord.desk.promises.kept import Kept
from nacoord.present.dates import short
from nacoord.present.dates import short_day
from nacoord.present.terminal import look
from nacoord.present.terminal.blocks import NARROW
from nacoord.present.terminal.blocks import WIDE
from nacoord.present.terminal.blocks import grid
from nacoord.present.terminal.blocks import join
from nacoord.present.terminal.blocks import stacked
from nacoord.present.terminal.look import heading
from nacoord.present.terminal.look import text

# In the order in which they are told.
_HEADINGS: dict[Standing, str] = {
    "overdue": "OPEN AND PAST DUE",
    "late": "KEPT LATE",
    "missed": "MISSED",
    "open": "OPEN",
    "in_time": "KEPT IN TIME",
    "undated": "KEPT, NO DUE DAY",
    "missed_before": "MISSED BEFORE THE RECORD BEGAN",
    "kept_before": "KEPT BEFORE THE RECORD BEGAN",
    "withdrawn": "WITHDRAWN",
    "superseded": "SUPERSEDED",
}
_TIMES = {1: "once", 2: "twice"}


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
    return Group(heading(_HEADINGS["overdue"]), body, *_more(len(found) - len(shown)))


def _more(hidden: int) -> list[RenderableType]:
    return [text(f"and {hidden} more past due (--all)", look.DIM)] if hidden else []


def _past_due_cells(each: Account, answer: Kept) -> list[Text]:
    return [
        text(f"{each.past_due} d late", look.LATE),
        text(each.title),
        text(_between(each, few=True)),
        text(each.id, look.ID),
        text(_due(each, answer)),
    ]


def one_by_one(answer: Kept) -> RenderableType:
    """Return every promise with its days, by how it stands."""
    blocks: list[RenderableType] = []
    before, unknown = "BEFORE THE RECORD BEGAN", "ON A DAY NOT IN HISTORY"
    for standing, name in _HEADINGS.items():
        found = [each for each in answer.promises if each.standing == standing]
        if found:
            blocks += [Text("")] if blocks else []
            blocks.append(heading(name if answer.began else name.replace(before, unknown)))
            blocks.append(stacked([_told(each, answer) for each in found]))
    return Group(*blocks)


def _told(each: Account, answer: Kept) -> tuple[Text, Sequence[Text]]:
    head = join([text(each.id, look.ID), text(each.title)], "  ")
    days = "; ".join(_days(each, answer))
    return head, [text(_between(each)), text(days, look.DIM)]


def _between(each: Account, *, few: bool = False) -> str:
    by, to = (_few(ids) if few else ", ".join(ids) for ids in (each.by, each.to))
    return f"{by} → {to}"


def _few(ids: Sequence[str]) -> str:
    return ids[0] + (f" +{len(ids) - 1}" if len(ids) > 1 else "")


def _days(each: Account, answer: Kept) -> Iterator[str]:
    """Yield what is known of a promise's days."""
    if each.made:
        day = short_day(each.made, answer.today)
        if each.made_from == "said":
            yield f"said {day}"
        elif each.at_start:
            yield f"in the first commit, {day}"
        else:
            yield f"recorded {day}"
    yield _due(each, answer)
    after = f"{each.past_due} d after its {'first ' * (each.due_moves > 0)}due day"
    if each.closed and each.commit:
        yield _end(each, f"on {short_day(each.closed, answer.today)} ({each.commit[:7]})", after)
    elif each.past_due:
        yield after
    if each.days is not None:
        yield f"{each.days} d to close"
    if each.reopened:
        yield f"reopened {times(each.reopened)}"
    if each.shown_on:
        yield f"evidence of {short_day(each.shown_on, answer.today)}"
    if each.unsaved:
        yield "not committed as it stands"


def _end(each: Account, on: str, after: str) -> str:
    """Return how and when a promise ended, and whether that was late."""
    if each.standing == "in_time":
        return f"kept in time {on}"
    if each.standing == "undated":
        return f"kept {on}"
    if each.standing == "late":
        late = after.replace("after", "late against")
        return f"kept {on}, {late}"
    return f"{each.standing} {on}" + (f", {after}" if each.past_due else "")


def _due(each: Account, answer: Kept) -> str:
    if each.first_due is None:
        return "no due day"
    if not each.due_moves:
        return f"due {short(each.first_due, answer.today)}"
    now = f" to {short(each.due, answer.today)}" if each.due else ""
    return f"first due {short(each.first_due, answer.today)}, moved {times(each.due_moves)}{now}"


def times(count: int) -> str:
    """Write how often: once, twice, 3 times."""
    return _TIMES.get(count, f"{count} times")
