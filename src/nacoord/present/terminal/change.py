"""How a change is told once it is made, or before it is with --dry-run."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import unified_diff
from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from nacoord.desk.edits.outcome import leading
from nacoord.desk.wording import follow_words
from nacoord.present.plain import clean
from nacoord.present.plain import one_line
from nacoord.present.terminal import look
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import to_text
from nacoord.present.terminal.look import text

if TYPE_CHECKING:
    from nacoord.desk.edits.outcome import Outcome

_SHOWN = 12


def change_screen(
    made: Outcome,
    commit: str,
    texts: Sequence[tuple[str, bytes | None, bytes | None]],
    style: Style,
) -> str:
    """Return what a change did in words; without a commit, what it would do to the files too."""
    head = Text(f"[{commit[:10]}] ", look.ID) if commit else Text("Would change: ", look.DIM)
    lines = [head + text(made.subject)]
    told, followers = leading(made.changes)
    if followers:
        lines.append(Text(f"  {follow_words(followers)}", look.DIM))
    if len(told) > 1:
        for change in told[:_SHOWN]:
            lines.append(Text(f"  {one_line(change.id)}: ", look.ID) + text(change.words(60)))
        if len(told) > _SHOWN:
            lines.append(Text(f"  and {len(told) - _SHOWN} more records", look.DIM))
    for path, old, new in texts:
        lines += ["", *diff_lines(path, old, new)]  # type: ignore[list-item]
    return to_text(
        Group(*[line if isinstance(line, Text) else Text(line) for line in lines]), style
    )


def diff_lines(path: str, old: bytes | None, new: bytes | None) -> list[Text]:
    """Return the differing lines of a file, as git shows them."""
    before, after = ((data or b"").decode("utf-8", "replace").splitlines() for data in (old, new))
    names = (
        "/dev/null" if old is None else f"a/{path}",
        "/dev/null" if new is None else f"b/{path}",
    )
    styles = {"+": look.GOOD, "-": look.BAD, "@": look.ID}
    found = []
    for number, line in enumerate(unified_diff(before, after, *names, lineterm="", n=2)):
        found.append(Text(clean(line), look.DIM if number < 2 else styles.get(line[:1], "")))
    return found
