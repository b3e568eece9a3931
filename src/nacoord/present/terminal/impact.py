"""What else moves if something moves."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from nacoord.desk.impact.answer import Impact
from nacoord.desk.impact.answer import Moved
from nacoord.desk.impact.begin import ASIDE
from nacoord.desk.impact.begin import Start
from nacoord.desk.impact.tied import Tied
from nacoord.desk.impact.ties import Tie
from nacoord.model.kinds.issue import LIVE
from nacoord.model.snapshot import Snapshot
from nacoord.present.dates import short
from nacoord.present.terminal import look
from nacoord.present.terminal.blocks import NARROW
from nacoord.present.terminal.blocks import cut
from nacoord.present.terminal.blocks import few
from nacoord.present.terminal.blocks import grid
from nacoord.present.terminal.blocks import join
from nacoord.present.terminal.blocks import more
from nacoord.present.terminal.blocks import stacked
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import to_text
from nacoord.present.terminal.look import heading
from nacoord.present.terminal.look import text

# How much of each section the screen shows; --all shows everything.
STARTS = 8
LINKED = 8
CLOCKED = 4
FARTHER = 4
SHARING = 4
TIED = 6
# How many of those that two issues share are named.
NAMED = 5

_BEGINS = {
    "agency": "ITS ISSUES",
    "person": "ITS ISSUES",
    "clock": "THE ISSUES IT STANDS ON",
}
_NOWHERE = {
    "agency": "No open issue names it.",
    "person": "No open issue names it.",
    "clock": "It stands on no open issue.",
}
_PROMISES = {"ours": "our promise", "theirs": "their promise"}
# A reason in fewer columns than this is not read; lines one under the other are.
_READABLE = 30
# From here on there is room for who promised, acts or meets.
_ROOMY = 112
_LONE = (
    "Nothing else is known to move with it. Say how it bears on another issue with: "
    "nacoord link ISSUE KIND OTHER"
)

Part = RenderableType | None
# A line on an issue: what is said before it, the issue, and what is said after it.
Row = tuple[str, Start | Moved, str]


def render(answer: Impact, snapshot: Snapshot, style: Style, *, everything: bool = False) -> str:
    """Return the screen as text."""
    width = style.width
    parts: list[Part] = [
        _title(answer),
        _starts(answer, width, everything),
        _linked(answer, width, everything),
        _clocked(answer, width, everything),
        _farther(answer, width, everything),
        _sharing(answer, width, everything),
        _tied(answer, width, everything),
    ]
    if answer.starts and not any(parts[2:]):
        parts.append(text(_LONE))
    blocks: list[RenderableType] = []
    for part in parts:
        if part is not None:
            blocks += [Text(""), part] if blocks else [part]
    return to_text(Group(*blocks), style)


def _title(answer: Impact) -> Part:
    parts = [heading(answer.title), text(answer.record, look.ID)]
    if answer.kind == "issue":
        parts += [join(_standing(start)) for start in answer.starts]
    else:
        parts.append(text(answer.kind))
    return stacked([(join(parts, " · "), [])])


def _standing(issue: Start | Moved) -> list[Text]:
    """Return an issue's weight and health, and its status where it isn't being tended."""
    status = "" if issue.status in LIVE else issue.status
    bold = "bold" if issue.priority == "P1" else ""
    return [text(issue.priority, bold), look.health(issue.health), text(status, look.DIM)]


def _starts(answer: Impact, width: int, everything: bool) -> Part:
    """Return the issues that a question about anything but an issue begins from."""
    if answer.kind == "issue":
        return None
    if not answer.starts:
        return text(_NOWHERE.get(answer.kind, "It is about no issue."))
    acting = [start for start in answer.starts if start.does != ASIDE]
    aside = [start.issue for start in answer.starts if start.does == ASIDE]
    shown = acting[: cut(len(acting), STARTS, everything)]
    rows: list[Row] = [(f"{start.who} {start.does}".strip(), start, start.title) for start in shown]
    blocks: list[RenderableType] = []
    if rows:
        blocks = [heading(_BEGINS.get(answer.kind, "THE ISSUES IT IS ABOUT"))]
        blocks += [_laid_out(rows, width), *more(len(acting) - len(shown), "issues")]
    if aside:
        blocks.append(stacked([(text(f"It is informed of {', '.join(aside)}", look.DIM), [])]))
    return Group(*blocks)


def _linked(answer: Impact, width: int, everything: bool) -> Part:
    if not answer.linked:
        if answer.kind == "issue" and (answer.sharing or answer.clocked):
            return text("No link ties it to another open issue.")
        return None
    shown = answer.linked[: cut(len(answer.linked), LINKED, everything)]
    several = len(answer.starts) > 1
    rows = [row for moved in shown for row in _tie_rows(moved, named=several)]
    rest = more(len(answer.linked) - len(shown), "linked issues")
    title = "LINKED TO THEM" if several else "LINKED TO IT"
    return Group(heading(title), _laid_out(rows, width), *rest)


def _tie_rows(moved: Moved, *, named: bool) -> list[Row]:
    """Return a row for each tie; `named` says whose tie it is."""
    start = f"{moved.start} " if named else ""
    return [(f"{start}{tie.words}", moved, tie.because or "-") for tie in moved.ties]


def _clocked(answer: Impact, width: int, everything: bool) -> Part:
    if not answer.clocked:
        return None
    shown = answer.clocked[: cut(len(answer.clocked), CLOCKED, everything)]
    several = len(answer.starts) > 1
    rows: list[Row] = [
        (f"with {moved.start}" if several else "", moved, tie.because)
        for moved in shown
        for tie in moved.ties
    ]
    rest = more(len(answer.clocked) - len(shown), "on the same clocks")
    return Group(heading("ON THE SAME CLOCK"), _laid_out(rows, width), *rest)


def _farther(answer: Impact, width: int, everything: bool) -> Part:
    if not answer.farther:
        return None
    shown = answer.farther[: cut(len(answer.farther), FARTHER, everything)]
    rows = [_tie_rows(moved, named=True)[0] for moved in shown]
    rest = more(len(answer.farther) - len(shown), "issues two links away")
    return Group(heading("TWO LINKS AWAY"), _laid_out(rows, width), *rest)


def _sharing(answer: Impact, width: int, everything: bool) -> Part:
    if not answer.sharing:
        return None
    shown = answer.sharing[: cut(len(answer.sharing), SHARING, everything)]
    several = len(answer.starts) > 1
    rows: list[Row] = [
        (f"with {moved.start}" if several else "", moved, _shared(moved.ties, everything))
        for moved in shown
    ]
    rest = more(len(answer.sharing) - len(shown), "that share somebody")
    title = "SHARED COUNTERPARTS AND STAKEHOLDERS"
    return Group(heading(title), _laid_out(rows, width), *rest)


def _shared(ties: Sequence[Tie], everything: bool) -> str:
    """Return who is shared, whoever is in the fewest issues first: `shares ice, cbp; sre abroad`."""
    named = sorted(ties, key=lambda tie: tie.among)
    shown = named[: cut(len(named), NAMED, everything)]
    home = [tie.through for tie in shown if tie.kind == "stakeholder"]
    abroad = [tie.through for tie in shown if tie.kind == "counterpart"]
    parts = [", ".join(home), f"{', '.join(abroad)} abroad" if abroad else ""]
    left = f" (+{len(named) - len(shown)})" if len(named) > len(shown) else ""
    return f"shares {'; '.join(part for part in parts if part)}{left}"


def _tied(answer: Impact, width: int, everything: bool) -> Part:
    if not answer.tied:
        return None
    shown = answer.tied[: cut(len(answer.tied), TIED, everything)]
    cells = [_tied_cells(item, answer) for item in shown]
    body: RenderableType
    if width >= _ROOMY:
        body = grid(cells, flexible=2)
    elif width >= NARROW:
        body = grid([[*cell[:3], cell[4]] for cell in cells], flexible=2)
    else:
        body = stacked([(join(cell[:2]), [cell[2], join(cell[3:], " · ")]) for cell in cells])
    rest = more(len(answer.tied) - len(shown), "promises, actions, contacts and clocks")
    return Group(heading("WHAT HANGS ON IT"), body, *rest)


def _tied_cells(item: Tied, answer: Impact) -> list[Text]:
    late = item.days is not None and item.days < 0
    return [
        text(short(item.when, answer.today) or "no date", look.LATE if late else ""),
        text(_PROMISES.get(item.side or "", item.kind), look.DIM),
        text(item.what),
        text(few(item.who)),
        text(item.record, look.ID),
    ]


def _laid_out(rows: Sequence[Row], width: int) -> RenderableType:
    """Lay issues out in columns, the last one folding; one under the other where it has no room."""
    cells: list[list[Text]] = []
    last = ""
    for words, issue, line in rows:
        again = issue.issue == last
        standing = Text("") if again else join(_standing(issue))
        cells.append(
            [text(words), text("" if again else issue.issue, look.ID), standing, text(line)]
        )
        last = issue.issue
    if not any(words for words, _, _ in rows):
        cells = [row[1:] for row in cells]
    taken = sum(2 + max(row[at].cell_len for row in cells) for at in range(len(cells[0]) - 1))
    if width - taken >= _READABLE:
        table = Table.grid(padding=(0, 2, 0, 0), expand=True)
        for _ in cells[0][1:]:
            table.add_column(no_wrap=True)
        table.add_column(ratio=1, overflow="fold")
        for row in cells:
            table.add_row(*row)
        return table
    return stacked(
        [
            (join([text(words), text(issue.issue, look.ID), *_standing(issue)]), [text(line)])
            for words, issue, line in rows
        ]
    )
