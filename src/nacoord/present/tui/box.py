"""Boxes to type in. What is pasted is text, never what a terminal would obey."""

from __future__ import annotations

from textual import events
from textual.widgets import Input
from textual.widgets import TextArea

from nacoord.present.plain import clean


class Line(Input):
    """A line to type in."""

    def __init__(self, value: str = "", *, id: str | None = None, placeholder: str = "") -> None:
        super().__init__(value, id=id, placeholder=placeholder, compact=True, select_on_focus=False)
        self.cursor_position = len(value)

    def on_paste(self, event: events.Paste) -> None:
        """Clean what is pasted, before it is taken up."""
        event.text = clean(event.text)


class Words(TextArea):
    """Lines to type in."""

    def __init__(self, text: str = "", *, id: str | None = None) -> None:
        super().__init__(text, id=id, tab_behavior="focus", compact=True, show_line_numbers=False)

    def on_paste(self, event: events.Paste) -> None:
        """Clean what is pasted, before it is taken up."""
        event.text = clean(event.text)
