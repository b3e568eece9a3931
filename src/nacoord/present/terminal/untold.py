"""Who has not been told: the screen of one action, and that of many."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import get_args

from rich.console import Group
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from nacoord.desk.telling import NotCleared
from nacoord.desk.telling import NotTold
from nacoord.desk.telling import Telling
from nacoord.desk.untold import Untold
from nacoord.model.kinds.agency import AgencyLevel
from nacoord.model.snapshot import Snapshot
from nacoord.present.dates import distance
from nacoord.present.dates import long_day
from nacoord.present.dates import short
from nacoord.present.dates import short_day
from nacoord.present.terminal import look
from nacoord.present.terminal.blocks import NARROW
from nacoord.present.terminal.blocks import apart
from nacoord.present.terminal.blocks import command
from nacoord.present.terminal.blocks import folded
from nacoord.present.terminal.blocks import grid
from nacoord.present.terminal.blocks import join
from nacoord.present.terminal.blocks import stacked
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import to_text
from nacoord.present.terminal.grid import widths
from nacoord.present.terminal.look import heading
from nacoord.present.terminal.look import text


def render(answer: Untold, snapshot: Snapshot, style: Style) -> str:
    """Return the screen as text."""
    blocks = _one(answer, style.width) if answer.scope is None else _many(answer, style.width)
    return to_text(apart(blocks), style)


def _one(answer: Untold, width: int) -> Iterator[RenderableType]:
    (told,) = answer.actions
    facts = [
        text(told.action, look.ID),
        text(f"by {', '.join(told.by)}"),
        _moment(told, answer.today),
        text(f"hits {', '.join(told.issues)}"),
    ]
    yield Group(heading(told.title), folded(join(facts, " · ")))
    yield Group(*(folded(text(each)) for each in _sentences(told)))
    if told.status != "expected":
        return
    if told.untold:
        yield Group(heading("NOT TOLD"), _untold(told, answer.today, width))
    if told.uncleared:
        yield Group(heading("NOT CLEARED"), _uncleared(told, answer.today, width))
    if told.unlisted:
        yield _unlisted(told, width)
    if told.commands:
        yield _commands([told], width)


def _moment(told: Telling, today: date) -> Text:
    within = told.days == 0 and not told.when.exact
    how_far = "now" if within else distance(told.days)
    return text(f"{short(told.when, today)}, {how_far}")


def _sentences(told: Telling) -> Iterator[str]:
    never = ", ".join(each.who for each in told.untold)
    if told.status != "expected":
        what = "It happened" if told.status == "happened" else "It was withdrawn"
        yield f"{what}, so nobody has to be told any more."
        if never:
            yield f"Never told: {never}."
    elif told.days < 0:
        yield f"Its day is past. If it happened: nacoord close {told.action}"
    if told.told:
        yield f"Told: {', '.join(told.told)}."
    if told.cleared:
        yield f"Cleared by: {', '.join(told.cleared)}."
    if told.status == "expected" and not told.open:
        if told.told or told.cleared:
            yield "Everyone on its list has been told, and no clearance is open."
        else:
            yield "Nothing says who must be told of it."
    elif told.open:
        yield _counted(told)


def _counted(told: Telling) -> str:
    parts = []
    if told.untold:
        late = sum(each.late for each in told.untold)
        parts.append(f"{len(told.untold)} not told" + (f" ({late} late)" if late else ""))
    if told.uncleared:
        parts.append(f"{len(told.uncleared)} not cleared")
    return f"{', '.join(parts)}."


def _by(each: NotTold, today: date) -> list[Text]:
    """Return by when somebody must be told, and how far that is; late ones say so."""
    style = look.LATE if each.late else ""
    if each.by is None:
        return [text("late" if each.late else "no day set", style), Text("")]
    by = f"{'late, by' if each.late else 'by'} {short(each.by, today)}"
    return [text(by, style), text(distance(each.days), style)]


def _untold(told: Telling, today: date, width: int) -> RenderableType:
    cells = [
        [*_by(each, today), text(each.side or ""), text(each.who, look.ID), text(each.name)]
        for each in told.untold
    ]
    if width >= NARROW:
        return grid(cells, flexible=4)
    return stacked([(join(cell[2:4]), [join(cell[:2], ", "), cell[4]]) for cell in cells])


def _uncleared(told: Telling, today: date, width: int) -> RenderableType:
    cells = [
        [
            text(each.status, "" if each.status == "pending" else look.LATE),
            text(each.side or ""),
            text(each.who, look.ID),
            _said(each, today),
        ]
        for each in told.uncleared
    ]
    if width >= NARROW:
        return grid(cells, flexible=3, fold=True)
    return stacked([(join(cell[:3]), [cell[3]]) for cell in cells])


def _said(each: NotCleared, today: date) -> Text:
    on = f" on {short_day(each.on, today)}" if each.on else ""
    if each.status == "suspect":
        said = f"cleared it{on}; the text changed since"
    elif each.status == "objected":
        said = f"objected{on}" if on else ""
    else:
        said = f"asked{on}" if on else ""
    comment = f"“{each.comment}”" if each.comment else ""
    return join([text(each.name), text(said), text(comment)], ", ")


def _unlisted(told: Telling, width: int) -> RenderableType:
    rows = []
    for level in get_args(AgencyLevel):
        here = [each for each in told.unlisted if each.level == level]
        named = (f"{each.who} (leads)" if each.role == "lead" else each.who for each in here)
        if here:
            rows.append([text(level), text(", ".join(named), look.ID)])
    body: RenderableType
    if width >= NARROW:
        body = grid(rows, flexible=1, fold=True)
    else:
        body = stacked([(row[0], [row[1]]) for row in rows])
    title = f"IN THE ISSUES IT HITS, NOT ON ITS LIST ({len(told.unlisted)})"
    how = folded(text(f"To put one there: nacoord set {told.action} tell+=who=ID"))
    how.stylize(look.DIM)
    return Group(heading(title), body, how)


def _commands(actions: Sequence[Telling], width: int) -> RenderableType:
    lines = [command(each, width) for told in actions for each in told.commands]
    return Group(heading("ONCE IT IS DONE, TYPE"), *lines)


def _many(answer: Untold, width: int) -> Iterator[RenderableType]:
    assert answer.scope is not None
    title = f"{answer.scope.title}: not told or not cleared"
    yield folded(join([heading(title), text(long_day(answer.today))], " · "))
    its_own = answer.scope.kind == "agency"
    open_ones = [told for told in answer.actions if told.open]
    if not open_ones:
        yield folded(text(_nobody_waits(answer, its_own)))
    like = widths([row for told in answer.actions for row in _rows(told, answer.today)])
    for told in open_ones:
        yield _action(told, answer.today, width, like)
    unlisted = [told for told in answer.actions if not told.open]
    if unlisted:
        yield _not_named(unlisted, answer.today, width)
    if answer.without_list:
        bare = ", ".join(answer.without_list)
        yield folded(text(f"Nothing says who must be told of: {bare}."))
    if its_own and open_ones:
        yield _commands(open_ones, width)
    elif open_ones:
        yield text("For the commands, and whom else to tell: nacoord untold ACTION", look.DIM)


def _nobody_waits(answer: Untold, its_own: bool) -> str:
    if not answer.expected:
        return "No action to come names it." if its_own else "No action to come is known here."
    if its_own:
        return "It has been told of every action to come that names it, and owes no clearance."
    if len(answer.without_list) == answer.expected:
        return "Nobody waits to be told."
    return "Everyone on a list has been told, and no clearance is open."


def _rows(told: Telling, today: date) -> Iterator[list[Text]]:
    """Yield by when, how far, whose and who: those who share the rest in one row."""
    rows: list[tuple[list[Text], str, str]] = []
    for told_by in told.untold:
        rows.append((_by(told_by, today), told_by.side or "", told_by.who))
    for each in told.uncleared:
        style = "" if each.status == "pending" else look.LATE
        comment = f": “{each.comment}”" if each.comment else ""
        rows.append(([text(each.status, style), Text("")], each.side or "", f"{each.who}{comment}"))
    for (first, whose), group in groupby(rows, key=lambda row: (row[0], row[1])):
        yield [*first, text(whose), text(", ".join(who for _, _, who in group))]


def _action(told: Telling, today: date, width: int, like: Sequence[int]) -> RenderableType:
    head = folded(
        join([_moment(told, today), heading(told.title), text(told.action, look.ID)], " · ")
    )
    rows = list(_rows(told, today))
    if width >= NARROW:
        body = grid(rows, flexible=3, fold=True, like=like)
    else:
        body = Group(*(join([join(row[:2], ", "), join(row[2:], ": ")], " · ") for row in rows))
    return Group(head, Padding(body, (0, 0, 0, 2)))


def _not_named(actions: Sequence[Telling], today: date, width: int) -> RenderableType:
    cells = [
        [_moment(told, today), text(told.title), text(told.action, look.ID)] for told in actions
    ]
    body: RenderableType
    if width >= NARROW:
        body = grid(cells, flexible=1)
    else:
        body = stacked([(join(cell[:2], " · "), [cell[2]]) for cell in cells])
    return Group(heading("IN ITS ISSUES, AND NOT NAMED"), body)
