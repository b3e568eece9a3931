"""One line at the foot of the screen in which a word is asked for."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input
from textual.widgets import Static

from nacoord.model.errors import NacoordError
from nacoord.present.plain import one_line
from nacoord.present.terminal import look
from nacoord.present.tui.bindings import bindings
from nacoord.present.tui.box import Line
from nacoord.present.tui.keys import ASKING


class Prompt(ModalScreen[str | None]):
    """Asks for a word until it is understood, or given up (None)."""

    BINDINGS = bindings([each for each in ASKING if each.action != "submit"])

    def __init__(self, label: str, take: Callable[[str], str], start: str = "") -> None:
        """Ask for a word.

        Args:
            take: reads what was typed; refuses it by NacoordError.
            start: what stands there already.
        """
        super().__init__()
        self._label = label
        self._take = take
        self._start = start

    def compose(self) -> ComposeResult:
        """Lay out the label, the line and what is wrong with it."""
        with Vertical(id="prompt"):
            yield Static(Text(self._label, look.HEADING), id="label")
            yield Line(self._start, id="word")
            yield Static("", id="refused")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what was typed, or say why it can't be."""
        try:
            word = self._take(event.value.strip())
        except NacoordError as error:
            said = Text(one_line(error.message), look.LATE)
            said.append(f": {one_line(error.hint)}" if error.hint else "", look.DIM)
            self.query_one("#refused", Static).update(said)
            return
        self.dismiss(word)

    def action_back(self) -> None:
        """Leave everything as it was."""
        self.dismiss(None)
