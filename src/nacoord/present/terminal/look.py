"""The colours of the terminal: few, of the sixteen every terminal has, never alone in meaning."""

from __future__ import annotations

from rich.text import Text

from nacoord.present.plain import one_line

HEALTH = {"red": "bold red", "amber": "yellow", "green": "green"}
HEADING = "bold"
ID = "cyan"
DIM = "dim"
LATE = "bold red"
GOOD = "green"
BAD = "red"
DECIDE = "bold magenta"


def text(content: str, style: str = "") -> Text:
    """Return a record's text as rich's, clean and on one line; never read as markup."""
    return Text(one_line(content), style=style)


def heading(content: str) -> Text:
    """Return a section's heading."""
    return text(content, HEADING)


def health(name: str) -> Text:
    """Return a health in its colour; the word says it too."""
    return text(name, HEALTH.get(name, ""))
