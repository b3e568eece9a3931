"""A screen of pages, each the answer to a question; the one in view is kept as the record is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Any
from typing import ClassVar
from typing import NamedTuple
from typing import cast

from rich.text import Text
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import ContentSwitcher
from textual.widgets import Static

from nacoord.model.errors import NacoordError
from nacoord.present.plain import one_line
from nacoord.present.terminal import look
from nacoord.present.tui.bindings import bindings
from nacoord.present.tui.door import Answer
from nacoord.present.tui.door import How
from nacoord.present.tui.door import Question
from nacoord.present.tui.foot import foot
from nacoord.present.tui.keys import ANYWHERE
from nacoord.present.tui.keys import COMMON
from nacoord.present.tui.keys import RECORD
from nacoord.present.tui.keys import Key
from nacoord.present.tui.page import Page
from nacoord.present.tui.text import answer_text
from nacoord.present.tui.text import refused_text

if TYPE_CHECKING:
    from nacoord.present.tui.app import OpenApp


class Tab(NamedTuple):
    """A page of a screen: the key that shows it, its name, the kind of its answer."""

    key: str
    title: str
    kind: str


class Board(Screen[None]):
    """Pages under one heading, of which one is in view."""

    BINDINGS = bindings([*COMMON, *RECORD])
    OWN: ClassVar[Sequence[Key]] = ()

    def __init__(self, tabs: Sequence[Tab], subject: str = "") -> None:
        """Make a screen.

        Args:
            subject: what the pages are about: the id of a record.
        """
        super().__init__()
        self.tabs = tabs
        self.subject = subject
        self.everything = False
        self._showing = 0
        # By page: what it was asked last and at which turn of the record, its last answer, and why
        # it could not be answered, if so.
        self._asked: dict[int, tuple[int, Question]] = {}
        self._answers: dict[int, Answer] = {}
        self._refusals: dict[int, NacoordError] = {}

    def compose(self) -> ComposeResult:
        """Lay out the heading, the pages, what is said beside them, and the keys."""
        yield from self.compose_head()
        with ContentSwitcher(initial="page-0", id="pages"):
            for number in range(len(self.tabs)):
                yield Page(id=f"page-{number}")
        yield Static("", id="said")
        yield Static("", id="keys")

    def compose_head(self) -> ComposeResult:
        """Lay out what stands above the pages."""
        yield Static("", id="bar")

    @property
    def desk(self) -> OpenApp:
        """The app, which has the record."""
        return cast("OpenApp", self.app)

    @property
    def keys(self) -> Sequence[Key]:
        """The keys that do something here, the likeliest first."""
        can = () if self.desk.door.past else RECORD
        named = (*self.OWN, *ANYWHERE, *can) if self.OWN else ()
        return [key for key in (*named, *COMMON) if key.label]

    @property
    def page(self) -> Page:
        """The page in view."""
        return self.query_one(f"#page-{self._showing}", Page)

    @property
    def current(self) -> str | None:
        """The id of the record that a change would be of."""
        return self.subject or self.page.current

    @property
    def words(self) -> str:
        """What else the page in view asks."""
        return self.subject

    def on_mount(self) -> None:
        """Show the first page."""
        self.show_tab(0)

    def on_screen_resume(self) -> None:
        """Show what changed while another screen was in front."""
        self.renew()

    def on_resize(self) -> None:
        """Fit the heading to the width."""
        self.call_after_refresh(self.show_bar)

    def show_tab(self, number: int) -> None:
        """Bring a page into view."""
        self._showing = number
        self.query_one("#pages", ContentSwitcher).current = f"page-{number}"
        self.page.focus()
        self.renew()

    def renew(self) -> None:
        """Ask again what the page in view asks, if that or the record is not as it was."""
        if not self.query("#keys"):
            # It is not laid out yet, or not any more.
            return
        tab = self.tabs[self._showing]
        question = Question(tab.kind, self.desk.scope, self.words, self.everything)
        turn = self.desk.turn
        if self._asked.get(self._showing) != (turn, question):
            self._asked[self._showing] = turn, question
            self._ask(question)
        self.show_bar()
        self.show_said()

    def _ask(self, question: Question) -> None:
        try:
            answer = self.desk.ask(question)
        except NacoordError as error:
            # What was there stays: it is more than nothing, and what is wrong is told below it.
            self._refusals[self._showing] = refused = error
            if self._showing not in self._answers:
                style = self.desk.door.style
                self.page.put(lambda width: refused_text(refused, style._replace(width=width)))
            return
        self._refusals.pop(self._showing, None)
        self._answers[self._showing] = answer
        style = self.desk.door.style
        self.page.put(
            lambda width: answer_text(answer, style._replace(width=width)),
            answer.snapshot.records,
            self.subject,
        )

    def show_bar(self) -> None:
        """Write the heading: the pages, and on the right what they are of."""
        line = Text(no_wrap=True, overflow="ellipsis", end="")
        for number, tab in enumerate(self.tabs):
            here = number == self._showing
            line.append(f" {tab.key} {tab.title} ", "reverse bold" if here else "")
        width = self.size.width
        marks = [Text("read only", look.LATE)] if self.desk.door.past else []
        marks += [Text(self.desk.scope, "bold")] if self.desk.scope else []
        marks += [Text(one_line(self.subject), look.ID)] if self.subject else []
        right = Text(" · ").join(marks)
        gap = width - line.cell_len - right.cell_len - 1
        if gap > 0:
            line = Text.assemble(line, " " * gap, right, " ", no_wrap=True, end="")
        elif marks:
            line = Text("\n ").join([line, right])
        self.query_one("#bar", Static).update(line)
        self.query_one("#keys", Static).update(foot(self.keys, width - 2))

    def show_said(self) -> None:
        """Write what is said beside the answer: what was done, what can't be read, of when it is."""
        answer = self._answers.get(self._showing)
        lines = [Text(one_line(line), self.desk.told_as) for line in self.desk.told]
        refused = self._refusals.get(self._showing)
        if refused is not None and answer is not None:
            style = self.desk.door.style._replace(width=max(20, self.size.width - 2))
            said = refused_text(refused, style).rstrip("\n").split("\n")
            lines += [Text.from_ansi(line) for line in said]
        if answer is not None:
            # The page of all that is wrong says it itself.
            alarms = () if answer.question.kind == "check" else answer.alarms
            lines += [Text(one_line(line), look.LATE) for line in alarms]
            lines += [Text(one_line(line), look.DIM) for line in answer.notes]
        said_box = self.query_one("#said", Static)
        said_box.display = bool(lines)
        for line in lines:
            line.no_wrap, line.overflow = False, "fold"
        said_box.update(Text("\n").join(lines))

    def on_page_opened(self, event: Page.Opened) -> None:
        """Open the record under the cursor."""
        event.stop()
        self.desk.open_record(event.id)

    def action_tab(self, number: int) -> None:
        """Bring a page into view, by its key."""
        self.desk.tell()
        self.show_tab(number)

    def action_back(self) -> None:
        """Go back to the screen before."""
        if len(self.app.screen_stack) > 2:
            self.dismiss()

    def action_everything(self) -> None:
        """Show every section whole, or short again."""
        self.everything = not self.everything
        self.renew()

    def action_write(self, how: How) -> None:
        """Write a change of the record under the cursor."""
        if self.current:
            self.desk.write(how, self.current)

    def action_edit(self) -> None:
        """Open the record under the cursor in the editor."""
        if self.current:
            self.desk.edit(self.current)

    def action_interrupt(self) -> None:
        """Quit as one that was interrupted."""
        self.app.exit(return_code=130)

    def forward(self, action: str, *given: Any) -> None:
        """Let the app do what is the same on every screen."""
        getattr(self.desk, action)(*given)

    def action_find(self) -> None:
        """Ask for a record, and open it."""
        self.forward("find")

    def action_faults(self) -> None:
        """Show everything that is wrong."""
        self.forward("show_faults")

    def action_again(self) -> None:
        """Read the record again at once."""
        self.forward("again")

    def action_help(self) -> None:
        """Show the keys."""
        self.forward("show_help")

    def action_quit(self) -> None:
        """Quit."""
        self.forward("leave")
