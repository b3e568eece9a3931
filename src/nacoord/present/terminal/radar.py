"""The radar's screen: the first findings whole, the others by rule."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.console import Group
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from nacoord.desk.radar.answer import Radar
from nacoord.desk.radar.finding import Finding
from nacoord.model.snapshot import Snapshot
from nacoord.present.dates import distance
from nacoord.present.dates import today_words
from nacoord.present.terminal import look
from nacoord.present.terminal.blocks import NARROW
from nacoord.present.terminal.blocks import join
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import to_text
from nacoord.present.terminal.look import heading
from nacoord.present.terminal.look import text

# How many findings are shown whole; --all shows all of them so.
WHOLE = 8
_LABEL = 17
_FEW = 4
_PRESSING = frozenset({"untold", "collision", "suspect-clearance", "overdue"})


def render(answer: Radar, snapshot: Snapshot, style: Style, *, everything: bool = False) -> str:
    """Return the findings as text."""
    shown = answer.findings if everything else answer.findings[:WHOLE]
    blocks: list[RenderableType] = [_title(answer, snapshot, style.width)]
    if not answer.findings:
        blocks += [
            Text(""),
            text("Nothing here is about to surprise anybody, as far as the record goes."),
        ]
    for finding in shown:
        blocks += [Text(""), _whole(finding, answer, style.width)]
    rest = answer.findings[len(shown) :]
    if rest:
        blocks += [Text(""), heading("FURTHER"), *_by_rule(rest), _hint()]
    if answer.muted:
        blocks += [Text(""), *_muted(answer, everything, style.width)]
    return to_text(Group(*blocks), style)


def _title(answer: Radar, snapshot: Snapshot, width: int) -> RenderableType:
    when = today_words(answer.today, snapshot.office.reference_date)
    left = join([heading(answer.scope.title), text(when)], " · ")
    count = len(answer.findings)
    right = text(f"{count or 'no'} finding{'s' * (count != 1)}")
    if answer.muted:
        right.append(f", {len(answer.muted)} muted", look.DIM)
    if left.cell_len + right.cell_len + 3 <= width:
        return Text.assemble(left, " " * (width - left.cell_len - right.cell_len), right)
    return Group(left, right)


def _whole(finding: Finding, answer: Radar, width: int) -> RenderableType:
    days = (finding.day - answer.today).days if finding.day else None
    name = text(finding.rule, look.LATE if finding.rule in _PRESSING else look.DECIDE)
    when = text(distance(days) if days is not None else "", look.DIM)
    lines = [
        text(finding.what),
        text(_why(finding), look.DIM),
        text(finding.remedy, look.ID),
        text(_where(finding), look.DIM),
    ]
    for line in lines:
        line.overflow = "fold"
    if width < NARROW:
        body = (Padding(line, (0, 0, 0, 2)) for line in lines)
        return Group(join([name, when], " · "), *body)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=_LABEL, no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(Group(name, when), Group(*lines))
    return table


def _why(finding: Finding) -> str:
    named = set(re.findall(r"[a-z0-9][a-z0-9-]*", finding.what))
    others = [id for id in finding.who if id not in named]
    if not others:
        return finding.why
    more = f" +{len(others) - _FEW}" if len(others) > _FEW else ""
    return f"{finding.why}; for {', '.join(others[:_FEW])}{more}"


def _where(finding: Finding) -> str:
    """Return a line in each of the first two files it rests on, as editors take them."""
    named: dict[str, str] = {}
    for place in finding.places:
        if place.file:
            named.setdefault(place.file, f"{place.file}:{place.line}" if place.line else place.file)
    shown = list(named.values())
    more = f" +{len(shown) - 2}" if len(shown) > 2 else ""
    return "  ".join(shown[:2]) + more


def _by_rule(findings: Sequence[Finding]) -> list[RenderableType]:
    rules: dict[str, list[str]] = {}
    for finding in findings:
        rules.setdefault(finding.rule, []).append(finding.about)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, justify="right")
    table.add_column(overflow="fold")
    for rule, ids in rules.items():
        names = list(dict.fromkeys(ids))
        more = f" +{len(names) - 5}" if len(names) > 6 else ""
        named = ", ".join(names[:5] if more else names) + more
        table.add_row(text(rule), text(str(len(ids)), look.DIM), text(named, look.ID))
    return [table]


def _hint() -> Text:
    return text("whole with --all, or one rule with --rule RULE", look.DIM)


def _muted(answer: Radar, everything: bool, width: int) -> list[RenderableType]:
    if everything:
        whole = [part for each in answer.muted for part in (Text(""), _whole(each, answer, width))]
        return [heading("MUTED"), *whole[1:]]
    rules = ", ".join(dict.fromkeys(f"{each.rule} {each.about}" for each in answer.muted[:_FEW]))
    more = f" and {len(answer.muted) - _FEW} more" if len(answer.muted) > _FEW else ""
    return [text(f"muted (--all): {rules}{more}", look.DIM)]
