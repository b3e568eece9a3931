"""The way from one issue to another, with the reason of each step."""

from __future__ import annotations

from rich.console import Group
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from nacoord.desk.impact.path import Path
from nacoord.desk.impact.path import Step
from nacoord.model.snapshot import Snapshot
from nacoord.present.terminal import look
from nacoord.present.terminal.blocks import join
from nacoord.present.terminal.blocks import stacked
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import to_text
from nacoord.present.terminal.look import heading
from nacoord.present.terminal.look import text


def render(answer: Path, snapshot: Snapshot, style: Style) -> str:
    """Return the way as text."""
    if not answer.found:
        none = text(f"Nothing leads from {answer.record} to {answer.to}.")
        left_out = (
            "Whoever is in half of all issues leads nowhere; issues that have ended, with --all."
        )
        return to_text(Group(none, text(left_out, look.DIM)), style)
    many = len(answer.steps)
    title = join([heading(answer.title), heading(answer.to_title)], " → ")
    if many:
        title.append(f" · {many} step{'s' * (many != 1)}")
    blocks: list[RenderableType] = [stacked([(title, [])]), Text("")]
    if answer.kind != "issue":
        blocks.append(stacked([(_begin(answer), [])]))
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for number, step in enumerate(answer.steps, 1):
        table.add_row(text(f"{number}."), _step(step, last=number == many))
        table.add_row(Text(""), text(step.tie.because or "the record doesn't say why"))
    return to_text(Group(*blocks, table), style)


def _begin(answer: Path) -> Text:
    """Return how what was asked about, if it is no issue, comes to the first issue of the way."""
    first = answer.steps[0].issue if answer.steps else answer.to
    start = next(start for start in answer.starts if start.issue == first)
    does = start.does or ("stands on" if answer.kind == "clock" else "is about")
    who = start.who or answer.record
    return join([text(who, look.ID), text(does), text(first, look.ID)])


def _step(step: Step, *, last: bool) -> Text:
    """Return a step as a sentence; what the last one leads to stands in the title already."""
    return join(
        [
            text(step.issue, look.ID),
            text(step.tie.words),
            text(step.to, look.ID),
            text("" if last else f"({step.to_title})", look.DIM),
        ]
    )
