"""The app's screens: the morning with its four pages, one record with three, what is wrong, the keys."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Input

from nacoord.present.tui.bindings import bindings
from nacoord.present.tui.board import Board
from nacoord.present.tui.board import Tab
from nacoord.present.tui.box import Line
from nacoord.present.tui.keys import BOARD
from nacoord.present.tui.keys import PAGES
from nacoord.present.tui.text import keys_text

MORNING = (
    Tab("1", "Morning", "status"),
    Tab("2", "Issues", "list"),
    Tab("3", "Radar", "radar"),
    Tab("4", "Agenda", "agenda"),
)
_LIST = 1
OF_A_RECORD = (
    Tab("f", "Fields", "show"),
    Tab("h", "History", "history"),
    Tab("l", "Lines", "blame"),
)


class Morning(Board):
    """The screen that is opened in the morning and stays open."""

    BINDINGS = bindings(BOARD)
    OWN = BOARD

    def __init__(self) -> None:
        super().__init__(MORNING)
        self.filter = ""

    def compose_head(self) -> ComposeResult:
        """Lay out the filter under the heading."""
        yield from super().compose_head()
        yield Line(
            id="filter", placeholder="filter: priority:P1 -health:green next_step.due.before:+2w"
        )

    @property
    def words(self) -> str:
        """The words of the filter, of the list."""
        return self.filter if self._showing == _LIST else ""

    def show_tab(self, number: int) -> None:
        """Bring a page into view, and the filter with the list."""
        self.query_one("#filter").display = number == _LIST
        super().show_tab(number)

    def action_filter(self) -> None:
        """Go to the filter."""
        if self._showing != _LIST:
            self.show_tab(_LIST)
        self.query_one("#filter").focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while it is typed."""
        self.filter = event.value
        self.renew()

    def on_input_submitted(self) -> None:
        """Go from the filter to the list."""
        self.page.focus()

    def action_back(self) -> None:
        """Leave the filter; in the list, take it away."""
        if self.query_one("#filter").has_focus:
            self.page.focus()
        elif self._showing == _LIST:
            self.query_one("#filter", Line).value = ""

    def action_scope(self) -> None:
        """Ask for a scope."""
        self.desk.ask_scope()


class OneRecord(Board):
    """A record: its fields, its history, who set its lines."""

    BINDINGS = bindings(PAGES)
    OWN = PAGES

    def __init__(self, id: str) -> None:
        super().__init__(OF_A_RECORD, id)


class Faults(Board):
    """Everything that is wrong in the record."""

    def __init__(self) -> None:
        super().__init__((Tab("!", "What is wrong", "check"),))


class Help(Board):
    """The keys."""

    def __init__(self) -> None:
        super().__init__((Tab("?", "Keys", ""),))

    def renew(self) -> None:
        """Show the keys; they don't change."""
        style = self.desk.door.style
        self.page.put(lambda width: keys_text(style._replace(width=width)))
        self.show_bar()
        self.show_said()
