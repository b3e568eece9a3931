"""The morning screen."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Group
from rich.console import RenderableType
from rich.text import Text

from nacoord.desk.status.answer import Line
from nacoord.desk.status.answer import Status
from nacoord.desk.status.coming import Coming
from nacoord.desk.status.pressing import Pressing
from nacoord.desk.status.raised import Voice
from nacoord.model.snapshot import Snapshot
from nacoord.present.dates import distance
from nacoord.present.dates import long_day
from nacoord.present.dates import short
from nacoord.present.dates import short_day
from nacoord.present.dates import today_words
from nacoord.present.terminal import look
from nacoord.present.terminal.blocks import NARROW
from nacoord.present.terminal.blocks import WIDE
from nacoord.present.terminal.blocks import cut
from nacoord.present.terminal.blocks import few
from nacoord.present.terminal.blocks import grid
from nacoord.present.terminal.blocks import join
from nacoord.present.terminal.blocks import more
from nacoord.present.terminal.blocks import stacked
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import to_text
from nacoord.present.terminal.grid import widths
from nacoord.present.terminal.look import heading
from nacoord.present.terminal.look import text

# How much of each section the screen shows; --all shows everything.
PRESSING = 6
RAISED = 3
COMING = 7
CHANGED = 3

Part = RenderableType | None


def render(answer: Status, snapshot: Snapshot, style: Style, *, everything: bool = False) -> str:
    """Return the screen as text."""
    parts: list[Part] = [
        _title(answer, snapshot, style.width),
        _pressing(answer, style.width, everything),
        _issues(answer, style.width, everything),
        _raised(answer, style.width, everything),
        _coming(answer, style.width, everything),
        _changed(answer, style.width, everything),
    ]
    blocks: list[RenderableType] = []
    for part in parts:
        if part is not None:
            blocks += [Text(""), part] if blocks else [part]
    return to_text(Group(*blocks), style)


def _title(answer: Status, snapshot: Snapshot, width: int) -> RenderableType:
    when = today_words(answer.today, snapshot.office.reference_date)
    left = join([heading(answer.scope.title), text(when)], " · ")
    counts = [text(f"{answer.issues} live issue{'s' * (answer.issues != 1)}")]
    for name in ("red", "amber", "green"):
        if answer.health.get(name):
            counts.append(text(f"{answer.health[name]} {name}", look.HEALTH[name]))
    right = join(counts, ", ")
    if left.cell_len + right.cell_len + 3 <= width:
        gap = " " * (width - left.cell_len - right.cell_len)
        return Text.assemble(left, gap, right)
    return Group(left, right)


def _pressing(answer: Status, width: int, everything: bool) -> Part:
    if not answer.pressing:
        return text("Nothing waits for a decision, and nothing is late.")
    shown = answer.pressing[: cut(len(answer.pressing), PRESSING, everything)]
    cells = [_pressing_cells(item, answer) for item in shown]
    body: RenderableType
    if width >= WIDE:
        body = grid(cells, flexible=4)
    elif width >= NARROW:
        rows = [[join([cell[0], cell[1]]), cell[2], cell[4], cell[6]] for cell in cells]
        body = grid(rows, flexible=2)
    else:
        body = stacked(
            [
                (join([*cell[:2], join(cell[2:4], ", ")]), [cell[4], join(cell[5:], " · ")])
                for cell in cells
            ]
        )
    rest = more(len(answer.pressing) - len(shown), "that wait or are late")
    return Group(heading("DECIDE OR LATE"), body, *rest)


def _pressing_cells(item: Pressing, answer: Status) -> list[Text]:
    late = item.days is not None and item.days < 0
    return [
        text("late" if late else item.urgency, look.LATE if late else look.DECIDE),
        text(item.side),
        text(short(item.due, answer.today)),
        text(distance(item.days), look.LATE if late else ""),
        text(item.what),
        text(few(item.who)),
        text(item.record, look.ID),
    ]


def _issues(answer: Status, width: int, everything: bool) -> Part:
    if not answer.lines:
        return text("No live issue here.")
    shown = [line for line in answer.lines if everything or not _quiet(line)]
    quiet = [line.issue for line in answer.lines if not everything and _quiet(line)]
    if len(quiet) == 1:
        shown, quiet = list(answer.lines), []
    blocks: list[RenderableType] = [heading("ISSUES")]
    rows: list[list[Text]] = []
    every = [_issue_cells(line, answer) for line in shown]
    like = widths(every)
    for theme, pairs in groupby(zip(shown, every, strict=True), key=lambda pair: pair[0].theme):
        name = text(answer.themes.get(theme, theme))
        cells = [cell for _, cell in pairs]
        if width >= WIDE:
            rows += [[name if at == 0 else Text(""), *cell] for at, cell in enumerate(cells)]
        elif width >= NARROW:
            blocks += [_under(name), grid(cells, flexible=3, gap=1, like=like)]
        else:
            heads = [(join(cell[:3]), [cell[3], join(cell[4:], ", ")]) for cell in cells]
            blocks += [_under(name), stacked(heads)]
    if rows:
        blocks.append(grid(rows, flexible=4))
    if quiet:
        blocks.append(text(f"and P3 or P4, not red (--all): {', '.join(quiet)}", look.DIM))
    return Group(*blocks)


def _under(name: Text) -> Text:
    name.stylize("underline")
    return name


def _quiet(line: Line) -> bool:
    return line.priority in ("P3", "P4") and line.health != "red" and not line.overdue


def _issue_cells(line: Line, answer: Status) -> list[Text]:
    return [
        text(line.priority, "bold" if line.priority == "P1" else ""),
        look.health(line.health),
        text(line.issue, look.ID),
        text(line.next_step or "(no next step)", "" if line.next_step else look.DIM),
        text(line.who),
        text(short(line.due, answer.today), look.LATE if line.overdue else ""),
    ]


def _raised(answer: Status, width: int, everything: bool) -> Part:
    rows = [row for row in answer.raised if row.states] if not everything else list(answer.raised)
    if not rows:
        return None
    shown = rows[: cut(len(rows), RAISED, everything)]
    rest = more(len(rows) - len(shown), "issues that states, cities or tribes raise")
    if width < NARROW:
        blocks: list[RenderableType] = [heading("STATES, BESIDE FEDERAL AGENCIES")]
        for row in shown:
            voices = [*_voices(row.states, everything), *_voices(row.federal, everything)]
            blocks.append(stacked([(text(row.issue, look.ID), voices)]))
        return Group(*blocks, *rest)
    from rich.table import Table

    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    table.add_row(
        heading("RAISED BY"), heading("STATES, CITIES, TRIBES"), heading("FEDERAL AGENCIES")
    )
    for row in shown:
        sides = [join(_voices(side, everything), "\n") for side in (row.states, row.federal)]
        table.add_row(text(row.issue, look.ID), *sides)
    return Group(table, *rest)


def _voices(voices: Sequence[Voice], everything: bool) -> list[Text]:
    shown = voices if everything else voices[:1]
    lines = [text(f"{voice.agency}: {voice.stance}") for voice in shown]
    if len(voices) > len(shown) and lines:
        lines[-1].append(f" (+{len(voices) - len(shown)})", look.DIM)
    return lines or [text("-", look.DIM)]


def _coming(answer: Status, width: int, everything: bool) -> Part:
    if not answer.coming:
        return text(f"Nothing is dated until {long_day(answer.until)}.")
    shown = answer.coming[: cut(len(answer.coming), COMING, everything)]
    cells = [_coming_cells(item, answer) for item in shown]
    body: RenderableType
    if width >= WIDE:
        body = grid(cells, flexible=2)
    elif width >= NARROW:
        body = grid([[*cell[:3], cell[4]] for cell in cells], flexible=2)
    else:
        body = stacked([(join(cell[:2]), [cell[2], join(cell[3:], " · ")]) for cell in cells])
    rest = more(len(answer.coming) - len(shown), "dated things")
    until = short_day(answer.until, answer.today).upper()
    return Group(heading(f"COMING UNTIL {until}"), body, *rest)


def _coming_cells(item: Coming, answer: Status) -> list[Text]:
    return [
        text(short(item.when, answer.today)),
        text(item.kind, look.DIM),
        text(item.what),
        text(few(item.who)),
        text(item.record, look.ID),
    ]


def _changed(answer: Status, width: int, everything: bool) -> Part:
    if not answer.changed:
        return None
    days = sorted({change.on for change in answer.changed})
    span = " to ".join(dict.fromkeys(short_day(day, answer.today) for day in (days[0], days[-1])))
    shown = answer.changed[: cut(len(answer.changed), CHANGED, everything)]
    rows = [
        [
            text(short_day(change.on, answer.today)),
            text(change.subject),
            text(few(change.records, "record"), look.ID),
            text(change.who, look.DIM),
        ]
        for change in shown
    ]
    if width >= NARROW:
        body = grid([row if width >= WIDE else row[:3] for row in rows], flexible=1)
    else:
        body = stacked([(row[0], row[1:]) for row in rows])
    rest = more(len(answer.changed) - len(shown), "changes")
    return Group(heading(f"CHANGED THIS WEEK ({span.upper()})"), body, *rest)
