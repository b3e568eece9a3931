"""One run of a command on a record: where the record is, what day it is, how to answer.

The only reader of the environment, the working folder, the clock and the terminal.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import typer

from nacoord.cli.boundary import say
from nacoord.cli.options import PREFIX
from nacoord.model.dates import read_date
from nacoord.model.errors import NacoordError
from nacoord.model.errors import UsageError

if TYPE_CHECKING:
    from nacoord.desk.lookup import Scope
    from nacoord.model.change import Change
    from nacoord.model.fault import Fault
    from nacoord.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Today:
    """The day for which a question is answered, and what set it: a flag, the record, the clock."""

    date: date
    set_by: str


class Session:
    """A command's view of the world around it."""

    def __init__(self, ctx: typer.Context) -> None:
        self._options: dict[str, Any] = {
            key.removeprefix(PREFIX): value
            for key, value in ctx.meta.items()
            if isinstance(key, str) and key.startswith(PREFIX)
        }

    def option(self, name: str) -> Any:
        """Return the value of a shared option, None when it was not given."""
        return self._options.get(name)

    @cached_property
    def root(self) -> Path:
        """The folder that holds the record."""
        from nacoord.record.files import find

        return find(working_folder(), self.option("data") or os.environ.get("NACOORD_DATA") or None)

    @cached_property
    def shown(self) -> str:
        """The record's folder as messages print it: relative below the working folder."""
        return shown_path(self.root)

    @cached_property
    def snapshot(self) -> Snapshot:
        """The record as it stands in the work tree."""
        from nacoord.record.loader import load

        return load(self.root, self.shown)

    @cached_property
    def today(self) -> Today:
        """The day: `--today`, NACOORD_TODAY, the record's reference date, or the clock."""
        for name, text in (
            ("--today", self.option("today")),
            ("NACOORD_TODAY", os.environ.get("NACOORD_TODAY")),
        ):
            if text:
                try:
                    return Today(read_date(text, self._clock()), name)
                except UsageError as error:
                    raise UsageError(f"{name}: {error.message}", hint=error.hint) from None
        reference = self.snapshot.office.reference_date
        if reference is not None:
            return Today(reference, "reference_date")
        return Today(self._clock(), "clock")

    def _clock(self) -> date:
        from zoneinfo import ZoneInfo
        from zoneinfo import ZoneInfoNotFoundError

        zone = self.snapshot.office.time_zone
        try:
            return datetime.now(ZoneInfo(zone)).date()
        except (ZoneInfoNotFoundError, ValueError):
            raise NacoordError(
                f'time_zone in {self.snapshot.office_file}: no time zone "{zone}" on this machine',
                hint="use an IANA name, for example America/New_York",
                exit_code=3,
            ) from None

    def scope(self, word: str | None) -> Scope:
        """Return the part of the work that a typed word means."""
        from nacoord.desk.lookup import find_scope

        return find_scope(self.snapshot, word)

    def changes(self) -> list[Change]:
        """Return the last days' changes from git; none, with a word on stderr, without history."""
        from nacoord.record.history import HistoryError
        from nacoord.record.history import recent

        office = self.snapshot.office
        until = None if self.today.set_by == "reference_date" else self.today.date
        try:
            found = recent(self.root, office.thresholds.recent_days, until, office.time_zone)
        except HistoryError as error:
            say(f"nacoord: {error.message}; what changed is not shown")
            for line in error.hint.splitlines():
                say(f"  {line}")
            return []
        if found is None:
            self.note("the record is not in git yet, so what changed can't be told")
        return found or []

    def note(self, line: str) -> None:
        """Say something on stderr that --quiet leaves out."""
        if not self.option("quiet"):
            say(f"nacoord: {line}")

    def answer(self, kind: str, answer: Any, **wanted: Any) -> int:
        """Print an answer as asked, then say what could not be read; return the exit code.

        `wanted` goes to the answer's screen, as `everything` does for `status --all`.
        """
        from nacoord.cli.output import write

        self.tell_today(kind)
        if self.option("json"):
            from nacoord.present.json import envelope

            faults = self.located(self.snapshot.faults)
            write(envelope(kind, answer, self.today.date, faults), page=False)
        else:
            from nacoord.cli.output import style
            from nacoord.present.terminal.table import render

            look = style(self.option("color"))
            write(
                render(kind, answer, self.snapshot, look, **wanted),
                page=not self.option("no_pager"),
            )
        return self.unread()

    def tell_today(self, kind: str) -> None:
        """Say that today is the record's own reference date; `status` says it in its title."""
        if self.today.set_by == "reference_date" and kind != "status":
            self.note(f"today is {self.today.date}, this record's reference date")

    def located(self, faults: Any) -> list[Fault]:
        """Return faults with the lines their fields stand on."""
        from nacoord.record.loader import locate

        return locate(faults, self.root, self.shown)

    def unread(self) -> int:
        """Say loudly what could not be read; return 3 if there is such a thing, else 0."""
        faults = [fault for fault in self.snapshot.faults if fault.unread]
        if not faults:
            return 0
        from nacoord.present.terminal.faults import fault_lines

        for fault in faults[:3]:
            say(next(iter(fault_lines(fault))))
        files = {fault.origin.file for fault in faults}
        many = f"{len(files)} files" if len(files) > 1 else "1 file"
        say(
            f"nacoord: {many} could not be read and {'are' if len(files) > 1 else 'is'} missing above"
        )
        say("  see all with: nacoord check")
        return 3


def working_folder() -> Path:
    """Return the working folder.

    Raises:
        NacoordError: when it has been removed.
    """
    try:
        return Path.cwd()
    except OSError:
        raise NacoordError(
            "the folder you are in no longer exists", hint="go to another: cd", exit_code=4
        ) from None


def shown_path(path: Path) -> str:
    """Return a path as messages print it: relative when it is below the working folder."""
    here = os.path.realpath(working_folder())
    relative = os.path.relpath(os.path.realpath(path), here)
    if relative == ".":
        return ""
    return str(path) if relative.startswith("..") else relative
