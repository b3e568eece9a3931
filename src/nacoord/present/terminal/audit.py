"""The screen of the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from nacoord.model.snapshot import Snapshot
from nacoord.present.plain import one_line
from nacoord.present.terminal import look
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import to_text

if TYPE_CHECKING:
    from nacoord.desk.audit import Audit


def render(answer: Audit, snapshot: Snapshot, style: Style) -> str:
    """Return the findings under a heading each, what git starts here, and what was looked at."""
    blocks: list[RenderableType] = []
    for code in dict.fromkeys(finding.code for finding in answer.findings):
        found = [finding for finding in answer.findings if finding.code == code]
        blocks += [Text("")] if blocks else []
        blocks.append(look.heading(f"{code} ({len(found)})"))
        for finding in found:
            line = Text(f"{finding.commit[:10]} ", look.ID)
            line += Text(f"{finding.on or ''} {one_line(finding.who)}: ".lstrip(), look.DIM)
            line += Text(one_line(finding.message))
            line.overflow = "fold"
            blocks.append(Padding(line, (0, 0, 0, 2)))
    if answer.started:
        blocks += [Text("")] if blocks else []
        blocks.append(look.heading(f"git starts with a change here ({len(answer.started)})"))
        for each in answer.started:
            blocks.append(Padding(Text(one_line(each), overflow="fold"), (0, 0, 0, 2)))
    many = len(answer.findings)
    said = "nothing to look at" if not many else f"{many} finding{'s' if many > 1 else ''}"
    blocks += [Text("")] if blocks else []
    blocks.append(
        Text(f"{said} in {answer.commits} commits, {answer.anchors} anchors compared", look.DIM)
    )
    return to_text(Group(*blocks), style)
