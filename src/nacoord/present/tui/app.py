"""The app: one record, asked again when it changes, and the screens on it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App
from textual.theme import Theme

from nacoord.model.errors import NacoordError
from nacoord.model.errors import PastError
from nacoord.present.terminal import look
from nacoord.present.tui.board import Board
from nacoord.present.tui.door import Answer
from nacoord.present.tui.door import Asked
from nacoord.present.tui.door import Door
from nacoord.present.tui.door import How
from nacoord.present.tui.door import Made
from nacoord.present.tui.door import Question
from nacoord.present.tui.prompt import Prompt
from nacoord.present.tui.screens import Faults
from nacoord.present.tui.screens import Help
from nacoord.present.tui.screens import Morning
from nacoord.present.tui.screens import OneRecord
from nacoord.present.tui.writing import Writing

# How often the record is looked at, in seconds.
EVERY = 1.0

# The terminal's own colours, dark or light as it is: what the screens of commands are made for.
_THEME = Theme(
    name="nacoord",
    ansi=True,
    primary="ansi_blue",
    secondary="ansi_cyan",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    accent="ansi_cyan",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "border": "ansi_blue",
        "border-blurred": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "input-selection-background": "ansi_cyan",
        "input-selection-foreground": "ansi_black",
        "footer-background": "ansi_default",
        "footer-foreground": "ansi_default",
        "footer-key-foreground": "ansi_cyan",
        "footer-key-background": "ansi_default",
        "footer-description-foreground": "ansi_default",
        "footer-description-background": "ansi_default",
        "footer-item-background": "ansi_default",
        "scrollbar": "ansi_blue",
        "scrollbar-hover": "ansi_blue",
        "scrollbar-active": "ansi_blue",
        "scrollbar-background": "ansi_default",
        "scrollbar-corner-color": "ansi_default",
        "scrollbar-background-hover": "ansi_default",
        "scrollbar-background-active": "ansi_default",
    },
)


class OpenApp(App[None], inherit_bindings=False):
    """The morning screen, live. It has only the keys that it tells."""

    CSS = """
    Screen { background: ansi_default; color: ansi_default; layout: vertical; }
    #bar { height: auto; max-height: 2; }
    #pages { height: 1fr; }
    Page { height: 1fr; scrollbar-size-vertical: 1; overflow-x: hidden; scrollbar-gutter: stable; padding: 0 0 0 1; }
    #said { height: auto; max-height: 8; padding: 0 1; }
    #keys { height: 1; padding: 0 1; }
    #filter { height: 1; padding: 0 1; border: none; }
    .label { height: auto; padding: 0 1; }
    #words { height: 5; border: round ansi_blue; padding: 0 1; }
    #why { height: 3; border: round ansi_blue; padding: 0 1; }
    #words:focus, #why:focus { border: round ansi_cyan; }
    #outcome { height: 1fr; }
    Prompt { align: left bottom; background: transparent; }
    #prompt { height: auto; border-top: solid ansi_blue; padding: 0 1; background: ansi_default; }
    #prompt Line { height: 1; border: none; padding: 0; }
    #refused { height: auto; }
    """
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = []
    TITLE = "nacoord"

    def __init__(self, door: Door, scope: str | None = None, every: float = EVERY) -> None:
        """Make the app.

        Args:
            scope: the part of the work that it opens with.
            every: how often it looks whether the record changed, in seconds.
        """
        super().__init__()
        self.door = door
        self.scope = scope
        # Counts how often the record was found changed; what was asked at another turn is stale.
        self.turn = 0
        # What was done or found last, said until something else happens.
        self.told: tuple[str, ...] = ()
        self.told_as = look.GOOD
        # A fault of ours that ended it.
        self.failure: Exception | None = None
        self._every = every
        self._drafts: dict[tuple[How, str], tuple[str, str]] = {}

    def on_mount(self) -> None:
        """Show the morning, and begin to look after the record."""
        self.register_theme(_THEME)
        self.theme = _THEME.name
        self.push_screen(Morning())
        self.set_interval(self._every, self.see)

    def ask(self, question: Question) -> Answer:
        """Answer a page's question."""
        return self.door.ask(question)

    def see(self) -> None:
        """Show how the record is now, if it is not as it was."""
        moved = self.door.moved()
        if moved == "yes":
            self._renew("the record changed: this is how it is now")
        elif moved == "perhaps":
            self._renew(*self.told, style=self.told_as)

    def again(self) -> None:
        """Read the record again, changed or not."""
        self.door.moved()
        self._renew("read again")

    def _renew(self, *said: str, style: str = look.GOOD) -> None:
        self.door.again()
        self.turn += 1
        self.tell(*said, style=style)

    def tell(self, *lines: str, style: str = look.GOOD) -> None:
        """Say something until something else happens."""
        self.told, self.told_as = lines, style
        # While it ends there is none any more.
        front = self.screen_stack[-1] if self.screen_stack else None
        if isinstance(front, Board):
            front.renew()

    def open_record(self, id: str) -> None:
        """Show a record on a screen of its own."""
        self.tell()
        self.push_screen(OneRecord(id))

    def find(self) -> None:
        """Ask for a record, and open it."""

        def found(id: str | None) -> None:
            if id:
                self.open_record(id)

        label = "Open which record? An id, its unique start, a title or an alias"
        self.push_screen(Prompt(label, self._record), found)

    def _record(self, word: str) -> str:
        return self.door.record(word) if word else ""

    def ask_scope(self) -> None:
        """Ask for a scope, and show it."""

        def chosen(id: str | None) -> None:
            if id is not None:
                self.scope = id or None
                self.tell()

        label = "Scope? A relationship, theme, issue, agency or person; nothing for everything"
        self.push_screen(Prompt(label, self._scope, self.scope or ""), chosen)

    def _scope(self, word: str) -> str:
        return (self.door.scope(word) or "") if word else ""

    def show_faults(self) -> None:
        """Show everything that is wrong."""
        if not isinstance(self.screen, Faults):
            self.push_screen(Faults())

    def show_help(self) -> None:
        """Show the keys."""
        if not isinstance(self.screen, Help):
            self.push_screen(Help())

    def _is_past(self) -> bool:
        """Tell whether nothing can be changed, and say so then."""
        if self.door.past:
            error = PastError()
            self.tell(f"{error.message}: {error.hint}", style=look.LATE)
        return bool(self.door.past)

    def write(self, how: How, id: str) -> None:
        """Let a change be written."""
        if self._is_past():
            return

        def done(made: Made | None) -> None:
            if made is not None:
                self._drafts.pop((how, id), None)
                self._landed(made)

        self.push_screen(Writing(how, id, self._drafts.get((how, id), ("", ""))), done)

    def keep_draft(self, asked: Asked) -> None:
        """Keep what was typed and not committed."""
        self._drafts.pop((asked.how, asked.id), None)
        if asked.text.strip() or asked.why:
            self._drafts[asked.how, asked.id] = asked.text, asked.why

    def leave(self) -> None:
        """Quit; where something was typed and not committed, say so first."""
        typed = ", ".join(dict.fromkeys(id for _, id in self._drafts))
        said = f"what you typed for {typed} is not committed; q once more drops it"
        if typed and self.told != (said,):
            self.tell(said, style=look.LATE)
        else:
            self.exit(return_code=0)

    def _landed(self, made: Made) -> None:
        self.door.moved()
        self._renew(f"[{made.commit[:10]}] {made.outcome.subject}", *made.said)

    def edit(self, id: str) -> None:
        """Ask why, and let a record be changed in the editor."""
        if self._is_past():
            return

        def said(why: str | None) -> None:
            if why is None:
                return
            try:
                with self.suspend():
                    self.door.edit(id, why)
            except NacoordError as error:
                self.tell(error.message, style=look.LATE)
                return
            self.again()
            self.refresh()

        self.push_screen(Prompt("Why? It is kept with the change; may be empty", str), said)

    def _handle_exception(self, error: Exception) -> None:
        """End the app; whoever runs it says what happened, without a traceback on the screen."""
        self.failure = self.failure or error
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        self._exit_renderables.clear()

    def action_help_quit(self) -> None:
        """Nothing: ctrl-c is told with the other keys."""
