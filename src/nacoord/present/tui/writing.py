"""The screen on which a change is written, looked at, and committed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import cast

from rich.text import Text
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from nacoord.model.errors import NacoordError
from nacoord.present.plain import one_line
from nacoord.present.terminal import look
from nacoord.present.tui.bindings import bindings
from nacoord.present.tui.box import Line
from nacoord.present.tui.box import Words
from nacoord.present.tui.door import Asked
from nacoord.present.tui.door import How
from nacoord.present.tui.door import Made
from nacoord.present.tui.foot import foot
from nacoord.present.tui.keys import WRITING
from nacoord.present.tui.page import Page
from nacoord.present.tui.text import fields_text
from nacoord.present.tui.text import made_text
from nacoord.present.tui.text import refused_text

if TYPE_CHECKING:
    from nacoord.present.tui.app import OpenApp

_TITLES: dict[How, str] = {"set": "Set fields of", "note": "Add a note to"}
_LABELS: dict[How, str] = {
    "set": "FIELD=VALUE, one a line, without quotes; FIELD+= adds, FIELD-= takes away, FIELD= unsets",
    "note": "What it says",
}


class Writing(Screen[Made | None]):
    """A change in the making: what it changes, why, and what it comes to."""

    BINDINGS = bindings(WRITING)

    def __init__(self, how: How, id: str, draft: tuple[str, str]) -> None:
        """Begin a change.

        Args:
            draft: what was typed the last time and not committed: the text and the reason.
        """
        super().__init__()
        self._how = how
        self._of = id
        self._draft = draft
        self._seen: Made | None = None

    def compose(self) -> ComposeResult:
        """Lay out the two boxes, and below what the change comes to."""
        title = Text.assemble((f" {_TITLES[self._how]} ", "bold"), (one_line(self._of), look.ID))
        yield Static(title, id="bar")
        yield Static(Text(_LABELS[self._how], look.DIM), classes="label")
        yield Words(self._draft[0], id="words")
        yield Static(Text("Why: it is kept with the change", look.DIM), classes="label")
        yield Line(self._draft[1], id="why")
        yield Page(id="outcome")
        yield Static("", id="keys")

    def on_mount(self) -> None:
        """Begin in the first box, with what can be typed there below."""
        self.query_one("#words").focus()
        self.query_one("#outcome").can_focus = False
        if self._how == "set":
            self._show_fields()

    def on_resize(self) -> None:
        """Name the keys that have room."""
        self._show_keys()

    def _show_keys(self) -> None:
        """Name the keys; what was looked at can be committed."""
        first, *others = (key for key in WRITING if key.label)
        first = first._replace(label="commit it" if self._seen else "look at it")
        self.query_one("#keys", Static).update(foot([first, *others], self.size.width - 2))

    @property
    def desk(self) -> OpenApp:
        """The app, which has the record."""
        return cast("OpenApp", self.app)

    @property
    def asked(self) -> Asked:
        """The change as it is typed."""
        words, why = self.query_one("#words", Words), self.query_one("#why", Line)
        return Asked(self._how, self._of, words.text, why.value.strip())

    def action_go_on(self) -> None:
        """Look at the change; when it was looked at, commit it."""
        asked = self.asked
        style = self.desk.door.style
        try:
            made = self.desk.door.change(asked, self._seen)
        except NacoordError as error:
            self._seen = None
            self._show_keys()
            refused = error
            self._page.put(lambda width: refused_text(refused, style._replace(width=width)))
            return
        if made.commit:
            self.dismiss(made)
            return
        self._seen = made
        self._page.put(lambda width: made_text(made, style._replace(width=width)))
        self._show_keys()

    def _show_fields(self) -> None:
        style = self.desk.door.style
        try:
            named = self.desk.door.fields(self._of)
        except NacoordError:
            return
        self._page.put(lambda width: fields_text(named, style._replace(width=width)))

    @property
    def _page(self) -> Page:
        return self.query_one("#outcome", Page)

    def on_text_area_changed(self) -> None:
        """What was looked at is not what is typed any more."""
        self._forget()

    def on_input_changed(self) -> None:
        """What was looked at is not what is typed any more."""
        self._forget()

    def _forget(self) -> None:
        if self._seen is not None:
            self._seen = None
            self._show_keys()
            self._page.put(lambda _: "Not as it was looked at any more: ctrl-s looks again.\n")

    def on_input_submitted(self) -> None:
        """Look at the change, from the reason; only ctrl-s commits."""
        self._seen = None
        self.action_go_on()

    def action_next_box(self) -> None:
        """Go to the other box."""
        words = self.query_one("#words")
        (self.query_one("#why") if words.has_focus else words).focus()

    def action_down(self) -> None:
        """Scroll what the change comes to."""
        self._page.action_page_down()

    def action_up(self) -> None:
        """Scroll it back."""
        self._page.action_page_up()

    def action_back(self) -> None:
        """Go back; what was typed is kept for the next time."""
        asked = self.asked
        self.desk.keep_draft(asked)
        self.dismiss(None)
