"""The screen of what people disagree about: both values, who set them, and how to choose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Group
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from nacoord.desk.wording import value_words
from nacoord.model.merging.clash import ABSENT
from nacoord.model.merging.clash import Side
from nacoord.model.merging.disagreement import Dispute
from nacoord.model.merging.disagreement import Setter
from nacoord.present.plain import clean
from nacoord.present.plain import one_line
from nacoord.present.terminal import look
from nacoord.present.terminal.blocks import apart
from nacoord.present.terminal.blocks import folded
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import to_text

# A text of more lines than this is cut; `git show` has all of it.
_LINES = 12
_LABELS: dict[Side, str] = {"base": "before", "ours": "ours", "theirs": "theirs"}


def screen(disputes: Sequence[Dispute], named: str, style: Style) -> str:
    """Return what people disagree about, and how to choose.

    Args:
        named: what people call where theirs comes from.
    """
    many = len(disputes)
    says = "disagreement" if many == 1 else "disagreements"
    head = Text(f"{many} {says} with {one_line(named)}; nothing is merged yet")
    head.stylize(look.HEADING)
    foot = Group(
        folded(Text("Choose one after the other, or by number or name:", look.DIM)),
        Text("   nacoord resolve"),
        Text("   nacoord resolve 1 --theirs"),
    )
    return to_text(apart([folded(head), *map(block, disputes), foot]), style)


def made(commit: str, named: str, decided: int, style: Style) -> str:
    """Return that the merge was made."""
    line = Text(f"[{commit[:10]}] ", look.ID) + Text(f"merged {one_line(named)}")
    line += Text(
        f", {decided} disagreement{'s' * (decided != 1)} decided" if decided else "", look.DIM
    )
    return to_text(folded(line), style)


def one(dispute: Dispute, style: Style) -> str:
    """Return one disagreement."""
    return to_text(block(dispute), style)


def block(dispute: Dispute) -> RenderableType:
    """Return the lines of one disagreement."""
    each, clash = dispute.disagreement, dispute.disagreement.clash
    head = Text(f"{dispute.number}  ", look.DIM)
    head += Text(one_line(each.name), look.ID)
    head += Text(f" [{one_line(clash.entry)}]" if clash.entry else "", look.ID)
    head += Text("  in which order" if clash.about == "order" else "", look.DIM)
    lines: list[RenderableType] = [folded(head)]
    if dispute.title and dispute.title != clash.ours:
        lines.append(_indented(Text(one_line(dispute.title), look.DIM)))
    for side, setter in (("base", None), ("ours", dispute.ours), ("theirs", dispute.theirs)):
        lines += _side(side, clash.value(side), setter)  # type: ignore[arg-type]
    if each.remedy:
        lines.append(_indented(Text(one_line(each.remedy), look.DIM)))
    return Group(*lines)


def _side(side: Side, value: Any, setter: Setter | None) -> list[RenderableType]:
    label = Text(f"{_LABELS[side]:<7} ", look.DIM)
    long = isinstance(value, str) and "\n" in value.strip()
    shown = Text("not there" if value is ABSENT else "", look.DIM)
    if value is not ABSENT and not long:
        shown = Text(clean(value_words(value, 200)), look.GOOD if side != "base" else "")
    by = Text("")
    if setter is not None:
        by = Text(f"  {one_line(setter.who)}, {setter.on}", look.DIM)
        by += Text(f": {one_line(setter.subject)}" if setter.subject else "", look.DIM)
    lines: list[RenderableType] = [_indented(label + shown + by)]
    if long:
        text = str(value).strip("\n").split("\n")
        lines += [_indented(Text(clean(line)), 5) for line in text[:_LINES]]
        if len(text) > _LINES:
            lines.append(_indented(Text(f"and {len(text) - _LINES} more lines", look.DIM), 5))
    return lines


def _indented(line: Text, by: int = 3) -> RenderableType:
    return Padding(folded(line), (0, 0, 0, by))
