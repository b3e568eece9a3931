"""The screen of what people disagree about: both values, who set them, and how to choose."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from rich.console import Group
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from nacoord.desk.wording import value_words
from nacoord.model.merging.clash import ABSENT
from nacoord.model.merging.clash import Clash
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

# A text of more lines than this is cut to those from where the sides differ; a value of more
# characters than that too. `git show` has all of it.
_LINES = 12
_WIDTH = 200
# So much that is alike is shown before, in lines and in characters.
_ALIKE = 2
_ALIKE_WIDTH = 40
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
    return to_text(Group(folded(line), Text("Send it: nacoord sync", look.DIM)), style)


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
    texts = _from_where_they_differ(clash)
    sides: dict[Side, Setter | None] = {
        "base": None,
        "ours": dispute.ours,
        "theirs": dispute.theirs,
    }
    for side, setter in sides.items():
        lines += _side(side, texts[side], setter)
    if each.remedy:
        lines.append(_indented(Text(one_line(each.remedy), look.DIM)))
    return Group(*lines)


def _from_where_they_differ(clash: Clash) -> dict[Side, list[str]]:
    """Return the lines to show of each side; none of one that is not there."""
    texts: dict[Side, list[str]] = {side: _lines(clash.value(side)) for side in _LABELS}
    # Where one side removed it, what the other changed is what differs from before.
    one, other, *_ = [text for side in ("ours", "theirs", "base") if (text := texts[side])] + [
        [],
        [],
    ]
    if len(one) > 1 and len(other) > 1:
        skip = max(0, _alike(one, other) - _ALIKE)
        if skip and max(len(one), len(other)) > _LINES:
            texts = {
                side: [f"({skip} lines that both have)", *lines[skip:]] if lines[skip:] else lines
                for side, lines in texts.items()
            }
    if len(one) == len(other) == 1 and max(len(one[0]), len(other[0])) > _WIDTH:
        skip = max(0, _alike(one[0], other[0]) - _ALIKE_WIDTH)
        if skip:
            texts = {
                side: [f"…{lines[0][skip:]}"] if len(lines) == 1 and lines[0][skip:] else lines
                for side, lines in texts.items()
            }
    return texts


def _lines(value: Any) -> list[str]:
    if value is ABSENT:
        return []
    if isinstance(value, str) and "\n" in value.strip():
        return value.strip("\n").split("\n")
    return [value_words(value, sys.maxsize)]


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how much two begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _side(side: Side, text: Sequence[str], setter: Setter | None) -> list[RenderableType]:
    label = Text(f"{_LABELS[side]:<7} ", look.DIM)
    shown = Text("" if text else "not there", look.DIM)
    if len(text) == 1:
        shown = Text(clean(_cut(text[0])), look.GOOD if side != "base" else "")
    by = Text("")
    if setter is not None:
        by = Text(f"  {one_line(setter.who)}, {setter.on}", look.DIM)
        by += Text(f": {one_line(setter.subject)}" if setter.subject else "", look.DIM)
    lines: list[RenderableType] = [_indented(label + shown + by)]
    if len(text) > 1:
        lines += [_indented(Text(clean(_cut(line))), 5) for line in text[:_LINES]]
        more = len(text) - _LINES
        if more > 0:
            lines.append(_indented(Text(f"and {more} more line{'s' * (more != 1)}", look.DIM), 5))
    return lines


def _cut(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1].rstrip()}…"


def _indented(line: Text, by: int = 3) -> RenderableType:
    return Padding(folded(line), (0, 0, 0, by))
