"""The terminal app driven by keys, on a real record, without a terminal."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable
from collections.abc import Callable
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot

from nacoord.cli.opening import Opening
from nacoord.cli.root import command_tree
from nacoord.present.terminal.console import Style
from nacoord.present.tui.app import OpenApp
from nacoord.present.tui.board import Board
from nacoord.present.tui.page import Page

CODES = re.compile(r"\x1b\[[0-9;]*m")
# Longer than any test: the record is looked at when a test says so.
NEVER = 3600.0


class Driver:
    """The app as somebody at the keyboard sees it."""

    def __init__(self, app: OpenApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def page(self) -> Page:
        """The page in view."""
        screen = self.app.screen
        return screen.page if isinstance(screen, Board) else screen.query_one(Page)

    @property
    def lines(self) -> list[str]:
        """What stands on the screen."""
        strips = self.app.screen._compositor.render_strips()
        return [strip.text.rstrip() for strip in strips]

    @property
    def text(self) -> str:
        """The same as one text."""
        return "\n".join(self.lines)

    @property
    def words(self) -> str:
        """The same with every white space one blank, however lines were broken."""
        return " ".join(self.text.split())

    @property
    def lit(self) -> list[str]:
        """What is shown turned round: the page in view, and the record under the cursor."""
        strips = self.app.screen._compositor.render_strips()
        return [
            segment.text.strip()
            for strip in strips
            for segment in strip
            if segment.style and segment.style.reverse and segment.text.strip()
        ]

    async def press(self, *keys: str) -> None:
        """Press keys."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Put a text where the cursor is, at once, as a terminal gives what is pasted."""
        self.app.post_message(events.Paste(text))
        await self.pilot.pause()

    async def until(self, seen: Callable[[], bool]) -> None:
        """Wait for the app to show something by itself; not for ever."""
        for _ in range(400):
            await self.pilot.pause(0.01)
            if seen():
                return
        raise AssertionError(f"it never came:\n{self.text}")


Script = Callable[[Driver], Awaitable[None]]


def plain(page: Page) -> str:
    """Return all lines of a page, also those out of view, without colour."""
    return "".join(f"{CODES.sub('', line).rstrip()}\n" for line in page.lines)


def opening(folder: Path, options: Sequence[str] = ()) -> Opening:
    """Return the door to a record, as `nacoord open` makes it."""
    tree = command_tree()
    root: Any = tree.make_context("nacoord", ["--data", str(folder), *options, "open"])
    context = tree.commands["open"].make_context("open", [], parent=root)
    return Opening(context, Style(80, color=True))


def drive(
    folder: Path,
    script: Script,
    *options: str,
    size: tuple[int, int] = (80, 24),
    scope: str | None = None,
    every: float = NEVER,
) -> OpenApp:
    """Open the app on a record and let a script work with it."""
    door = opening(folder, options)
    door.moved()

    async def run() -> OpenApp:
        app = OpenApp(door, scope, every)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await script(Driver(app, pilot))
        return app

    return asyncio.run(run())
