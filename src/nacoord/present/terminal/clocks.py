"""The clocks: what is overdue, what runs, what waits; with --all what is over or has not started."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence

from rich.console import Group
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from nacoord.desk.clocks.answer import Clocks
from nacoord.desk.clocks.unstarted import Unstarted
from nacoord.desk.deadlines import OVER
from nacoord.desk.deadlines import Deadline
from nacoord.model.snapshot import Snapshot
from nacoord.present.dates import distance
from nacoord.present.dates import long_day
from nacoord.present.dates import short
from nacoord.present.dates import short_day
from nacoord.present.terminal import look
from nacoord.present.terminal.blocks import NARROW
from nacoord.present.terminal.blocks import WIDE
from nacoord.present.terminal.blocks import join
from nacoord.present.terminal.blocks import stacked
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import to_text
from nacoord.present.terminal.letters import section as letters
from nacoord.present.terminal.look import heading
from nacoord.present.terminal.look import text

# The groups a screen shows always, and those it only counts unless asked: states, and a heading.
_SHOWN = (
    (("overdue",), "OVERDUE"),
    (("past",), "WENT BY, AND NOTHING SAYS HOW"),
    (("open",), "OPEN: THE TIME TO WAIT IS OVER"),
    (("due", "running"), "RUNNING"),
    (("waiting",), "WAITING FOR AN EARLIER STEP: LATEST DAY, IF NONE IS LATE"),
)
_COUNTED = (
    (("met",), "MET"),
    (("stayed",), "STAYED"),
    (("superseded",), "SUPERSEDED"),
    (("ended",), "ENDED"),
)
# What a title says of each state.
_WORDS = {
    "overdue": "overdue",
    "past": "gone by",
    "open": "open",
    "due": "due today",
    "running": "running",
    "waiting": "waiting",
}
_SAY = "say how it went under clocks, with: nacoord edit ISSUE"


def render(answer: Clocks, snapshot: Snapshot, style: Style, *, everything: bool = False) -> str:
    """Return the screen as text."""
    # Who asks for one clock wants all of it.
    everything = everything or answer.scope.kind == "clock"
    told = _told(answer.deadlines)
    counts = Counter[str](deadline.state for deadline in told)
    blocks: list[RenderableType] = [_title(answer, counts, style.width)]
    for states, name in (*_SHOWN, *(_COUNTED if everything else ())):
        found = {each: issues for each, issues in told.items() if each.state in states}
        if found:
            blocks += [Text(""), heading(name), _deadlines(found, answer, style.width)]
        if found and "past" in states:
            blocks.append(text(_SAY, look.DIM))
    if everything and answer.not_started:
        blocks += [Text(""), heading("NOT STARTED"), _unstarted(answer.not_started, style.width)]
    blocks += letters(answer, style.width, everything)
    if len(blocks) == 1:
        blocks += [Text(""), text("No clock runs here.")]
    if not everything and (rest := _rest(answer, counts)):
        blocks += [Text(""), text(f"{rest} (--all)", look.DIM)]
    return to_text(Group(*blocks), style)


def _told(deadlines: Sequence[Deadline]) -> dict[Deadline, list[str]]:
    """Return deadlines with their issues: one that stands on several issues is told once."""
    found: dict[Deadline, list[str]] = {}
    for deadline in deadlines:
        found.setdefault(deadline._replace(issue=""), []).append(deadline.issue)
    return found


def _title(answer: Clocks, counts: Mapping[str, int], width: int) -> RenderableType:
    clock = answer.scope.kind == "clock"
    title = answer.scope.title if clock else f"{answer.scope.title}: clocks"
    left = join([heading(title), text(long_day(answer.today))], " · ")
    said = [
        text(f"{counts[state]} {words}", look.LATE if state in ("overdue", "past") else "")
        for state, words in _WORDS.items()
        if counts.get(state)
    ]
    right = join(said, ", ")
    if left.cell_len + right.cell_len + 3 <= width:
        return Text.assemble(left, " " * (width - left.cell_len - right.cell_len), right)
    return Group(left, right) if said else left


def _rest(answer: Clocks, counts: Mapping[str, int]) -> str:
    """Say how many there are of what is not shown."""
    rest = {state: counts.get(state, 0) for states, _ in _COUNTED for state in states}
    rest["not started"] = sum(len(clock.rules) for clock in answer.not_started)
    answered = sum(not letter.waits_for for letter in answer.letters)
    rest[f"letter{'s' * (answered != 1)} answered or closed"] = answered
    said = [f"{count} {name}" for name, count in rest.items() if count]
    return f"and {', '.join(said)}" if said else ""


def _deadlines(
    found: Mapping[Deadline, Sequence[str]], answer: Clocks, width: int
) -> RenderableType:
    rows = [_cells(deadline, issues, answer) for deadline, issues in found.items()]
    if width < NARROW:
        return stacked([(join([row[0], row[1]], "  "), row[2:]) for row in rows])
    table = Table.grid(padding=(0, 2, 0, 0), pad_edge=False, expand=True)
    table.add_column(no_wrap=True, min_width=11)
    table.add_column(no_wrap=True, min_width=10)
    table.add_column(ratio=1, overflow="fold")
    for when, left, *lines in rows:
        table.add_row(when, left, join(lines, "\n"))
    return table


def _cells(deadline: Deadline, issues: Sequence[str], answer: Clocks) -> list[Text]:
    """Return when it is due, how far that is, what must happen, and how it is counted."""
    gone = deadline.days is not None and deadline.days < 0 and deadline.state != "open"
    late = look.LATE if gone else ""
    away = _margin(deadline.early) if deadline.state in OVER else distance(deadline.days)
    details = [text(detail, look.DIM) for detail in _details(deadline, answer)]
    details.insert(0, text(deadline.clock, look.ID))
    if deadline.decide and deadline.state in ("due", "running"):
        by = short_day(deadline.decide, answer.today)
        gone = deadline.decide < answer.today
        words = f"decision was due {by}" if gone else f"decide by {by}"
        details.insert(1, text(words, look.LATE if gone else look.DECIDE))
    return [
        text(short(deadline.due, answer.today)),
        text(away, late),
        join([text(deadline.what), text(", ".join(issues), look.ID)], " · "),
        join(details, " · "),
    ]


def _details(deadline: Deadline, answer: Clocks) -> Iterator[str]:
    if deadline.state in OVER:
        on = f"{deadline.state} {short_day(deadline.on, answer.today)}" if deadline.on else ""
        yield ": ".join(filter(None, [on, deadline.because]))
    if deadline.workdays:
        yield _left(deadline.workdays)
    # A date of its own is its rule, and stands in the first column.
    rule = deadline.rule if deadline.rule != deadline.due.text else ""
    start = f"after “{deadline.after}”" if deadline.after else _since(deadline, answer)
    yield (", " if "," in rule else " ").join(filter(None, [rule, start]))
    yield deadline.citation
    if deadline.confidence:
        yield f"{deadline.confidence} confidence"


def _since(deadline: Deadline, answer: Clocks) -> str:
    return f"from {short_day(deadline.started, answer.today)}" if deadline.started else ""


def _left(workdays: int) -> str:
    count = abs(workdays)
    days = f"{count} working day{'s' * (count != 1)}"
    return f"{days} left" if workdays >= 0 else f"{days} late"


def _margin(early: int | None) -> str:
    if not early:
        return "" if early is None else "on its day"
    return f"{early} d early" if early > 0 else f"{-early} d late"


def _unstarted(found: Sequence[Unstarted], width: int) -> RenderableType:
    blocks: list[RenderableType] = []
    for clock in found:
        cites = {rule.citation for rule in clock.rules}
        head = [
            text(clock.title),
            text(clock.clock, look.ID),
            text(f"on {', '.join(clock.issues)}" if clock.issues else ""),
            # What all its deadlines share is said once.
            text(cites.pop() if len(cites) == 1 else "", look.DIM),
            text(f"{clock.confidence} confidence" if clock.confidence else "", look.DIM),
        ]
        blocks += [join(head, " · "), _rules(list(_rule_cells(clock, not cites)), width)]
    return Group(*blocks)


def _rule_cells(clock: Unstarted, cited: bool) -> Iterator[tuple[Text, Text]]:
    above = ""
    for rule in clock.rules:
        after = f"after “{rule.after}”" if rule.after else ""
        if rule.after and rule.after == above:
            after = "after the one above"
        what = rule.what if rule.what != clock.title else ""
        dim = [text(part, look.DIM) for part in (after, "" if cited else rule.citation)]
        yield text(rule.rule), join([text(what), *dim], " · ")
        above = rule.what


def _rules(rows: Sequence[tuple[Text, Text]], width: int) -> RenderableType:
    if width < NARROW:
        return Padding(stacked([(rule, [rest]) for rule, rest in rows]), (0, 0, 0, 2))
    table = Table.grid(padding=(0, 2, 0, 0), pad_edge=False, expand=True)
    table.add_column(width=2)
    # As wide as the longest rule there is room for, and the same for every clock.
    table.add_column(width=35 if width >= WIDE else 26, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    for rule, rest in rows:
        table.add_row("", rule, rest)
    return table
