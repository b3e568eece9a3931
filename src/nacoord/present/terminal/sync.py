"""The screen of a sync: what came in, what went out, what clashed."""

from __future__ import annotations

from rich.console import Group
from rich.console import RenderableType
from rich.text import Text

from nacoord.desk.exchange import Exchange
from nacoord.desk.exchange import Passed
from nacoord.desk.exchange import counted
from nacoord.model.snapshot import Snapshot
from nacoord.present.plain import one_line
from nacoord.present.terminal import disputes
from nacoord.present.terminal import look
from nacoord.present.terminal.blocks import folded
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import to_text
from nacoord.present.terminal.history import by_day

_SHOWN = 12


def render(answer: Exchange, snapshot: Snapshot, style: Style) -> str:
    """Return what a sync did, or would do."""
    blocks: list[RenderableType] = []
    came, went = answer.came_in, answer.went_out
    told = not answer.disputes
    if came.count:
        verb = "Would come in" if answer.trial or answer.disputes else "Came in"
        blocks += _passed(f"{verb} from {answer.remote}: {came.words}", came)
    if went.count and told:
        verb = "Went out" if answer.sent else "Would go out" if answer.trial else "Waits to go out"
        blocks += [Text("")] if blocks else []
        blocks += _passed(f"{verb} to {answer.remote}: {went.words}", went)
    if answer.merge:
        line = Text("Merged field by field in ")
        line += Text(answer.merge[:10], look.ID)
        blocks += [Text(""), folded(line)]
    if not blocks:
        sent = "" if answer.sent or answer.trial or not answer.merge else ", not sent"
        blocks.append(
            folded(Text(f"Nothing new: here and {one_line(answer.remote)} are the same{sent}"))
        )
    text = to_text(Group(*blocks), style)
    if answer.disputes:
        text += "\n" + disputes.screen(answer.disputes, answer.remote, style)
    return text


def _passed(head: str, passed: Passed) -> list[RenderableType]:
    who = ", ".join(passed.who[:4]) + (
        f" and {len(passed.who) - 4} more" if len(passed.who) > 4 else ""
    )
    line = look.heading(one_line(head))
    line += Text(f", by {one_line(who)}" if who else "", look.DIM)
    lines: list[RenderableType] = [folded(line)]
    lines += by_day(passed.entries[:_SHOWN])
    rest = len(passed.entries) - _SHOWN
    if rest > 0:
        lines.append(
            folded(Text(f"  and {rest} more: nacoord log -n {len(passed.entries) * 2}", look.DIM))
        )
    others = passed.count - len(passed.entries)
    if others > 0:
        lines.append(folded(Text(f"  {_others(others, bool(passed.entries))}", look.DIM)))
    return lines


def _others(count: int, beside: bool) -> str:
    return f"{'and ' if beside else ''}{counted(count)} of files that are no records"
