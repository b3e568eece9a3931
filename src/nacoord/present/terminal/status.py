"""The morning screen."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from itertools import groupby
from typing import TypeVar

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
from nacoord.present.terminal import look
from nacoord.present.terminal.blocks import NARROW
from nacoord.present.terminal.blocks import grid
from nacoord.present.terminal.blocks import join
from nacoord.present.terminal.blocks import stacked
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import to_text
from nacoord.present.terminal.look import heading
from nacoord.present.terminal.look import text

# How much of each section the screen shows; --all shows everything.
PRESSING = 6
RAISED = 3
COMING = 7
CHANGED = 3

Part = RenderableType | None
T = TypeVar("T")


def render(answer: Status, snapshot: Snapshot, style: Style, *, everything: bool = False) -> str:
    """Return the screen as text."""
    wide = style.width >= NARROW
    parts: list[Part] = [
        _title(answer, snapshot, style.width),
        _pressing(answer, wide, everything),
        _issues(answer, wide, everything),
        _raised(answer, wide, everything),
        _coming(answer, wide, everything),
        _changed(answer, wide, everything),
    ]
    blocks: list[RenderableType] = []
    for part in parts:
        if part is not None:
            blocks += [Text(""), part] if blocks else [part]
    return to_text(Group(*blocks), style)


def _title(answer: Status, snapshot: Snapshot, width: int) -> RenderableType:
    when = long_day(answer.today)
    if snapshot.office.reference_date == answer.today:
        when += " (reference date)"
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


def _more(hidden: int, what: str) -> list[RenderableType]:
    return [text(f"and {hidden} more {what} (--all)", look.DIM)] if hidden > 0 else []


def _cut(count: int, most: int, everything: bool) -> int:
    """Return how many of a section to show; a lone last one isn't worth a line saying so."""
    return count if everything or count <= most + 1 else most


def _pressing(answer: Status, wide: bool, everything: bool) -> Part:
    if not answer.pressing:
        return text("Nothing waits for a decision, and nothing is late.")
    shown = answer.pressing[: _cut(len(answer.pressing), PRESSING, everything)]
    body = (
        _table(shown, _pressing_row, 4, answer) if wide else _stack(shown, _pressing_stack, answer)
    )
    more = _more(len(answer.pressing) - len(shown), "that wait or are late")
    return Group(heading("DECIDE OR LATE"), body, *more)


def _pressing_row(item: Pressing, answer: Status) -> list[Text]:
    late = item.days is not None and item.days < 0
    return [
        text("late" if late else item.urgency, look.LATE if late else look.DECIDE),
        text(item.side),
        text(short(item.due, answer.today)),
        text(distance(item.days), look.LATE if late else ""),
        text(item.what),
        text(_few(item.who)),
        text(item.record, look.ID),
    ]


def _pressing_stack(item: Pressing, answer: Status) -> tuple[Text, list[Text]]:
    urgency, side, due, far, what, who, record = _pressing_row(item, answer)
    return join([urgency, side, join([due, far], ", ")]), [what, who, record]


def _issues(answer: Status, wide: bool, everything: bool) -> Part:
    if not answer.lines:
        return text("No live issue here.")
    shown = [line for line in answer.lines if everything or not _quiet(line)]
    quiet = [line.issue for line in answer.lines if line not in shown]
    if len(quiet) == 1:
        shown, quiet = list(answer.lines), []
    blocks: list[RenderableType] = [heading("ISSUES")]
    if wide:
        rows = []
        for theme, lines in groupby(shown, key=lambda line: line.theme):
            for number, line in enumerate(lines):
                name = answer.themes.get(theme, theme) if number == 0 else ""
                rows.append([text(name), *_issue_row(line, answer)])
        blocks.append(grid(rows, flexible=4))
    else:
        for theme, lines in groupby(shown, key=lambda line: line.theme):
            blocks += [
                text(answer.themes.get(theme, theme), "underline"),
                _stack(list(lines), _issue_stack, answer),
            ]
    if quiet:
        note = f"and P3 or P4, not red (--all): {', '.join(quiet)}"
        blocks.append(text(note, look.DIM))
    return Group(*blocks)


def _quiet(line: Line) -> bool:
    return line.priority in ("P3", "P4") and line.health != "red" and not line.overdue


def _issue_row(line: Line, answer: Status) -> list[Text]:
    return [
        text(line.priority, "bold" if line.priority == "P1" else ""),
        look.health(line.health),
        text(line.issue, look.ID),
        text(line.next_step or "(no next step)", "" if line.next_step else look.DIM),
        text(line.who),
        text(short(line.due, answer.today), look.LATE if line.overdue else ""),
    ]


def _issue_stack(line: Line, answer: Status) -> tuple[Text, list[Text]]:
    priority, health, issue, step, who, due = _issue_row(line, answer)
    return join([priority, health, issue]), [step, join([who, due], ", ")]


def _raised(answer: Status, wide: bool, everything: bool) -> Part:
    rows = [row for row in answer.raised if row.states] if not everything else list(answer.raised)
    if not rows:
        return None
    shown = rows[: _cut(len(rows), RAISED, everything)]
    more = _more(len(rows) - len(shown), "issues that states, cities or tribes raise")
    if not wide:
        blocks: list[RenderableType] = [heading("STATES, BESIDE FEDERAL AGENCIES")]
        for row in shown:
            voices = [*_voices(row.states, everything), *_voices(row.federal, everything)]
            blocks.append(stacked([(text(row.issue, look.ID), voices)]))
        return Group(*blocks, *more)
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
    return Group(table, *more)


def _voices(voices: Sequence[Voice], everything: bool) -> list[Text]:
    shown = voices if everything else voices[:1]
    lines = [text(f"{voice.agency}: {voice.stance}") for voice in shown]
    if len(voices) > len(shown) and lines:
        lines[-1].append(f" (+{len(voices) - len(shown)})", look.DIM)
    return lines or [text("-", look.DIM)]


def _coming(answer: Status, wide: bool, everything: bool) -> Part:
    if not answer.coming:
        return text(f"Nothing is dated until {long_day(answer.until)}.")
    shown = answer.coming[: _cut(len(answer.coming), COMING, everything)]
    body = _table(shown, _coming_row, 2, answer) if wide else _stack(shown, _coming_stack, answer)
    more = _more(len(answer.coming) - len(shown), "dated things")
    return Group(
        heading(f"COMING UNTIL {short_day(answer.until, answer.today).upper()}"), body, *more
    )


def _coming_row(item: Coming, answer: Status) -> list[Text]:
    return [
        text(short(item.when, answer.today)),
        text(item.kind, look.DIM),
        text(item.what),
        text(_few(item.who)),
        text(item.record, look.ID),
    ]


def _coming_stack(item: Coming, answer: Status) -> tuple[Text, list[Text]]:
    when, kind, what, who, record = _coming_row(item, answer)
    return join([when, kind]), [what, who, record]


def _changed(answer: Status, wide: bool, everything: bool) -> Part:
    if not answer.changed:
        return None
    days = sorted({change.on for change in answer.changed})
    span = " to ".join(dict.fromkeys(short_day(day, answer.today) for day in (days[0], days[-1])))
    shown = answer.changed[: _cut(len(answer.changed), CHANGED, everything)]
    rows = [
        [
            text(short_day(change.on, answer.today)),
            text(change.subject),
            text(_few(change.records, "record"), look.ID),
            text(change.who, look.DIM),
        ]
        for change in shown
    ]
    body = grid(rows, flexible=1) if wide else stacked([(row[0], row[1:]) for row in rows])
    more = _more(len(answer.changed) - len(shown), "changes")
    return Group(heading(f"CHANGED THIS WEEK ({span.upper()})"), body, *more)


def _few(ids: Sequence[str], word: str = "") -> str:
    """Return one or two ids, or the first and how many more; with a word, only how many."""
    if word and len(ids) > 1:
        return f"{len(ids)} {word}s"
    return ", ".join(ids) if len(ids) < 2 else f"{ids[0]} +{len(ids) - 1}"


def _table(
    items: Sequence[T], row: Callable[[T, Status], list[Text]], flexible: int, answer: Status
) -> RenderableType:
    return grid([row(item, answer) for item in items], flexible=flexible)


def _stack(
    items: Sequence[T], row: Callable[[T, Status], tuple[Text, list[Text]]], answer: Status
) -> RenderableType:
    return stacked([row(item, answer) for item in items])
