"""The line at the foot of a screen that names the keys."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from nacoord.present.terminal import look
from nacoord.present.tui.keys import Key


def foot(keys: Sequence[Key], width: int) -> Text:
    """Return the keys that have room; `?`, which tells all, comes first and is always there."""
    line = Text(no_wrap=True, end="")
    for key in sorted(keys, key=lambda each: each.shown != "?"):
        word = Text.assemble((key.shown, look.ID), f" {key.label}")
        if line.plain and line.cell_len + 2 + word.cell_len > width:
            continue
        line.append("  " if line.plain else "")
        line.append_text(word)
    return line
