"""A page of lines that scrolls, with a cursor that goes from record to record named on it.

Only the lines in view are made; a page of many thousand is as quick as one of ten.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from dataclasses import dataclass

from rich.text import Text
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from nacoord.present.tui.bindings import bindings
from nacoord.present.tui.keys import ANYWHERE
from nacoord.present.tui.text import Stop
from nacoord.present.tui.text import stops_in

# Makes the text of a page for a width.
Write = Callable[[int], str]


class Page(ScrollView, can_focus=True):
    """Lines, made again when the width changes; where the reader was stays where it was."""

    BINDINGS = bindings(ANYWHERE)

    @dataclass
    class Opened(Message):
        """A record named on the page is to be opened."""

        id: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lines: list[str] = []
        self.stops: list[Stop] = []
        self.at: int | None = None
        # How many of the first lines stay in view, as the head of a table.
        self._head = 0
        self._write: Write | None = None
        self._ids: Collection[str] = ()
        self._but = ""
        self._width = 0

    def put(self, write: Write, ids: Collection[str] = (), but: str = "") -> None:
        """Show other text; the cursor stays on its record, and that at its height.

        Args:
            write: makes the text for a width.
            ids: what is a record where it is painted as an id.
            but: the record that the page itself is of.
        """
        self._write, self._ids, self._but = write, ids, but
        self._fill()

    @property
    def current(self) -> str | None:
        """The id of the record under the cursor."""
        return self.stops[self.at].id if self.at is not None else None

    def on_resize(self) -> None:
        """Make the lines again where there is more or less room for them."""
        if self._width != self.room:
            self._fill()

    @property
    def room(self) -> int:
        """The columns that a line has."""
        # One column stays free before the scrollbar.
        return max(20, self.scrollable_content_region.width - 1)

    def _fill(self) -> None:
        if self._write is None or not self.size.width:
            # It has no room yet, and is told when it has.
            self._width = 0
            return
        before = self.stops[self.at] if self.at is not None else None
        same = [each for each in self.stops if before and each.id == before.id]
        turn = same.index(before) if before else 0
        top = self.scroll_offset.y
        self._width = self.room
        self.lines = self._write(self._width).rstrip("\n").split("\n")
        found = stops_in(self.lines, self._ids)
        self.stops = [each for each in found if each.id != self._but]
        self._head = int(
            self.lines[0].startswith("\x1b[1mid") or self.lines[0].startswith("\x1b[1mkind")
        )
        self.virtual_size = Size(self._width, len(self.lines))
        self._settle(before, turn, top)
        self.refresh()

    def _settle(self, before: Stop | None, turn: int, top: int) -> None:
        """Put the cursor on the record it was on, as high in view as it was."""
        if before is None:
            self.at = 0 if self.stops and not top else None
            return
        same = [at for at, each in enumerate(self.stops) if each.id == before.id]
        if same:
            self.at = same[min(turn, len(same) - 1)]
        elif self.stops:
            near = (abs(each.line - before.line) for each in self.stops)
            self.at = min(enumerate(near), key=lambda pair: pair[1])[0]
        else:
            self.at = None
        moved = self.stops[self.at].line - before.line if self.at is not None else 0
        self.scroll_to(y=max(0, top + moved), animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """Make one line of what is in view."""
        number = y if y < self._head else y + self.scroll_offset.y
        if number >= len(self.lines):
            return Strip.blank(self.size.width, self.rich_style)
        lit = self.at if self.at is not None and self.stops[self.at].line == number else None
        strip = self._strip(number, lit if self.has_focus else None)
        return (
            strip.extend_cell_length(self.size.width)
            .crop(0, self.size.width)
            .apply_style(self.rich_style)
        )

    def _strip(self, number: int, lit: int | None) -> Strip:
        line = Text.from_ansi(self.lines[number])
        line.no_wrap = True
        line.end = ""
        if lit is not None:
            stop = self.stops[lit]
            alone = sum(each.line == number for each in self.stops[max(0, lit - 1) : lit + 2]) == 1
            if alone:
                # One colour is easier to see than several turned round.
                line = Text(line.plain.ljust(self._width), no_wrap=True, end="")
                line.stylize("reverse")
            else:
                line.stylize("reverse", stop.start, stop.end)
        return Strip(line.render(self.app.console))

    def _rows(self) -> int:
        """Return how many lines scroll in view."""
        return max(1, self.scrollable_content_region.height - self._head)

    def _top(self) -> int:
        return self.scroll_offset.y

    def _in_view(self, line: int) -> bool:
        return self._top() + self._head <= line < self._top() + self._head + self._rows()

    def _go(self, at: int) -> None:
        self.at = at
        line, rows = self.stops[at].line - self._head, self._rows()
        if line < self._top():
            # The heading above it is worth a line.
            self.scroll_to(y=max(0, line - 1 if line > 1 else 0), animate=False)
        elif line >= self._top() + rows:
            self.scroll_to(y=line - rows + 1, animate=False)
        self.refresh()

    def action_next(self) -> None:
        """Go to the next record named; scroll where it is further than a page away."""
        self._step(1)

    def action_previous(self) -> None:
        """Go to the one before."""
        self._step(-1)

    def _step(self, way: int) -> None:
        near = self._near(way)
        rows = self._rows()
        if near is not None:
            line = self.stops[near].line
            if self._top() - rows // 2 <= line < self._top() + rows + rows // 2:
                self._go(near)
                return
        self.scroll_to(y=self._top() + way * max(1, rows // 2), animate=False)
        if near is not None and self._in_view(self.stops[near].line):
            self._go(near)

    def _near(self, way: int) -> int | None:
        """Return the stop after or before the cursor; where that is out of view, the first in view."""
        if self.at is not None and self._in_view(self.stops[self.at].line):
            at = self.at + way
            return at if 0 <= at < len(self.stops) else None
        if way > 0:
            below = (
                at for at, each in enumerate(self.stops) if each.line >= self._top() + self._head
            )
            return next(below, None)
        last = self._top() + self._head + self._rows()
        above = [at for at, each in enumerate(self.stops) if each.line < last]
        return above[-1] if above else None

    def action_page_down(self) -> None:
        """Scroll a page down, and take the cursor along."""
        self._turn(self._top() + self._rows() - 1)

    def action_page_up(self) -> None:
        """Scroll a page up, and take the cursor along."""
        self._turn(self._top() - self._rows() + 1)

    def action_first(self) -> None:
        """Go to the top."""
        self._turn(0)
        self.at = 0 if self.stops else None

    def action_last(self) -> None:
        """Go to the end."""
        self._turn(len(self.lines))
        self.at = len(self.stops) - 1 if self.stops else None

    def _turn(self, top: int) -> None:
        self.scroll_to(y=min(max(0, top), self.max_scroll_y), animate=False)
        seen = [at for at, each in enumerate(self.stops) if self._in_view(each.line)]
        if seen and self.at not in seen:
            self.at = seen[0]
        self.refresh()

    def action_open(self) -> None:
        """Open the record under the cursor."""
        if self.current:
            self.post_message(self.Opened(self.current))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; a second time, open what is there."""
        line = event.y if event.y < self._head else event.y + self._top()
        here = [at for at, each in enumerate(self.stops) if each.line == line]
        if not here:
            return
        at = next(
            (at for at in here if self.stops[at].start <= event.x < self.stops[at].end), here[0]
        )
        if at == self.at:
            self.action_open()
        self._go(at)
