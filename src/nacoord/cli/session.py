"""One run of a command on a record: where the record is, what day it is, how to answer.

The only reader of the environment, the working folder, the clock and the terminal.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

import typer

from nacoord.cli.boundary import say
from nacoord.cli.options import PREFIX
from nacoord.model.dates import BadDateError
from nacoord.model.dates import can_be_today
from nacoord.model.dates import read_date
from nacoord.model.errors import NacoordError
from nacoord.model.errors import UsageError
from nacoord.model.office import FORMAT

if TYPE_CHECKING:
    from nacoord.desk.lookup import Scope
    from nacoord.desk.radar.finding import Finding
    from nacoord.model.change import Change
    from nacoord.model.fault import Fault
    from nacoord.model.office import Office
    from nacoord.model.snapshot import Snapshot
    from nacoord.record.commits import Commit
    from nacoord.record.files import Store


class Today(NamedTuple):
    """The day for which a question is answered, and what set it: a flag, the record, the clock."""

    date: date
    set_by: str


class Moment(NamedTuple):
    """What `--as-of` means: a commit, and the day that was asked for, if it was a day."""

    commit: Commit
    day: date | None


class Session:
    """A command's view of the world around it."""

    def __init__(self, ctx: typer.Context) -> None:
        self._options: dict[str, Any] = {
            key.removeprefix(PREFIX): value
            for key, value in ctx.meta.items()
            if isinstance(key, str) and key.startswith(PREFIX)
        }
        self._ceiling: str | None = None
        # True when what can't be had now is an error, not left out with a word on stderr.
        self.strict = False

    def at(self, commit: str, today: date) -> None:
        """Answer from the record as a commit has it and as on a day, as if both had been said.

        Call it before anything is asked.
        """
        self._options |= {"as_of": commit, "today": today.isoformat()}

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
        """What messages print before a file's path: its folder, and the commit if it is of one."""
        folder = shown_path(self.root)
        return f"{self.moment.commit.short}:{folder}" if self.moment else folder

    @cached_property
    def snapshot(self) -> Snapshot:
        """The record as it stands in the work tree, or stood at the moment asked for."""
        from nacoord.record.loader import load

        self.recover()
        found = load(self.source, self.shown)
        self._tell_format(found)
        return found

    def recover(self) -> None:
        """End a change that was interrupted, before the work tree is read."""
        if self.moment is None:
            from nacoord.record.recovery import recover_interrupted

            for line in recover_interrupted(self.root):
                say(f"nacoord: {line}")

    def read_only_one(self, id: str) -> None:
        """Read just one record where its id is typed whole; a question about it needs no other."""
        from nacoord.model.kinds.base import ID
        from nacoord.record.loader import load_one

        if self.moment is None and ID.fullmatch(id):
            self.recover()
            found = load_one(self.root, id, self.shown)
            if found is not None and found.records:
                self._tell_format(found)
                self.use(found)

    def _tell_format(self, found: Snapshot) -> None:
        """Say that the record as it stands is in an older format; of the past nobody can change that."""
        if found.format < FORMAT and self.moment is None:
            self.note(
                f"this record has format {found.format} and is read as {FORMAT}; "
                "bring it to that with: nacoord migrate"
            )

    def use(self, snapshot: Snapshot, ceiling: str | None = None) -> None:
        """Answer from a Snapshot that has been read already; with a ceiling, one that may leave."""
        self.__dict__["snapshot"] = snapshot
        self._ceiling = ceiling

    @cached_property
    def source(self) -> Store:
        """Where the record is read from: the work tree, or a commit."""
        return self.moment.commit if self.moment else self.store_at(None)

    def bytes_of(self, paths: Sequence[str]) -> bytes | None:
        """Return the first of some files that is there; None when none is, or it leads out."""
        from nacoord.record.files import Refused
        from nacoord.record.worktree import WorkTree

        for path in paths:
            if isinstance(self.source, WorkTree) and self.source.leads_out(path):
                return None
            if self.source.has(path):
                data = self.source.read(path)
                return None if isinstance(data, Refused) else data
        return None

    def store_at(self, asked: str | None) -> Store:
        """Return the record at a day or a commit; in the work tree when nothing is asked."""
        from nacoord.record.worktree import WorkTree

        return WorkTree(self.root) if asked is None else self._moment(asked).commit

    @cached_property
    def moment(self) -> Moment | None:
        """The moment of `--as-of`: a typed date, else a commit by any name git knows."""
        asked = self.option("as_of")
        return None if asked is None else self._moment(asked)

    def _moment(self, asked: str) -> Moment:
        from nacoord.record.commits import named
        from nacoord.record.commits import on_day

        # The zone is the present record's: an older one may not be readable any more.
        zone = self._present.time_zone
        try:
            day = read_date(asked, self._said_today or self._clock(zone))
        except BadDateError:
            return Moment(named(self.root, asked, zone), None)
        return Moment(on_day(self.root, _reckoned(day, "--as-of"), zone), day)

    @cached_property
    def _present(self) -> Office:
        from nacoord.record.loader import load_office

        return load_office(self.root, shown_path(self.root))

    @cached_property
    def _said_today(self) -> date | None:
        """The day that `--today` or NACOORD_TODAY says."""
        for name in ("--today", "NACOORD_TODAY"):
            text = self.option("today") if name == "--today" else os.environ.get(name)
            if text:
                try:
                    return read_date(text, self._clock(self._present.time_zone))
                except UsageError as error:
                    raise UsageError(f"{name}: {error.message}", hint=error.hint) from None
        return None

    @cached_property
    def today(self) -> Today:
        """The day: what was said, the record's reference date, the moment asked for, the clock.

        Raises:
            UsageError: when there is no room before or after it to look back or ahead.
        """
        found = self._today()
        _reckoned(found.date, "today")
        return found

    def _today(self) -> Today:
        if self._said_today:
            return Today(self._said_today, "said")
        reference = self.snapshot.office.reference_date
        if reference is not None:
            return Today(reference, "reference_date")
        if self.moment:
            return Today(self.moment.day or self.moment.commit.on, "as_of")
        return Today(self._clock(self.snapshot.office.time_zone), "clock")

    @property
    def clock_day(self) -> date:
        """The day on the clock, whatever today is said to be."""
        return self._clock(self.snapshot.office.time_zone)

    def _clock(self, zone: str) -> date:
        from zoneinfo import ZoneInfo
        from zoneinfo import ZoneInfoNotFoundError

        try:
            return datetime.now(ZoneInfo(zone)).date()
        except (ZoneInfoNotFoundError, ValueError):
            raise NacoordError(
                f'time_zone in nacoord.yaml: no time zone "{zone}" on this machine',
                hint="use an IANA name, for example America/New_York",
                exit_code=3,
            ) from None

    def scope(self, word: str | None) -> Scope:
        """Return the part of the work that a typed word means."""
        from nacoord.desk.lookup import find_scope

        return find_scope(self.snapshot, word)

    def changes(self) -> list[Change]:
        """Return the last days' changes from git; none, with a word on stderr, without history."""
        from nacoord.record.git import GitDiedError
        from nacoord.record.git import GitError
        from nacoord.record.history import recent

        office = self.snapshot.office
        until = None if self.today.set_by == "reference_date" else self.today.date
        try:
            from_commit = self.moment.commit.id if self.moment else "HEAD"
            days = office.thresholds.recent_days
            found = recent(self.root, days, until, office.time_zone, from_commit)
        except GitDiedError:
            raise
        except GitError as error:
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

        self.tell_when(kind)
        if self.option("json"):
            # Under a ceiling nothing is said of what could not be read, but that it is so.
            faults = [] if self._ceiling else self.located(self.snapshot.faults)
            write(self.envelope(kind, answer, faults), page=False)
        else:
            from nacoord.cli.output import style
            from nacoord.present.terminal.table import render

            look = style(self.option("color"))
            write(
                render(kind, answer, self.snapshot, look, **wanted),
                page=not self.option("no_pager"),
            )
        return self.unread()

    def tell_when(self, kind: str) -> None:
        """Say of what moment the answer is, unless it is simply of now.

        `status` says in its title that today is the record's own reference date.
        """
        if self.moment:
            commit, day = self.moment.commit, self.moment.day
            when = f"{day:%A} {day}: commit " if day else ""
            self.note(f"as of {when}{commit.short}, committed {commit.on}")
        if self.today.set_by == "reference_date" and kind not in ("status", "sync"):
            self.note(f"today is {self.today.date}, this record's reference date")

    def envelope(self, kind: str, answer: Any, faults: Sequence[Fault]) -> str:
        """Return an answer as JSON text."""
        from nacoord.present.json import envelope

        as_of = self.moment.commit.id if self.moment else None
        return envelope(kind, answer, self.today.date, faults, as_of)

    def unsound(self) -> list[Fault]:
        """Return what doesn't hold in the record, of what could be read."""
        from nacoord.record.loader import faults_of

        def find(snapshot: Snapshot) -> list[Fault]:
            from nacoord.desk.checks.table import unsound

            return unsound(snapshot)

        return faults_of(self.source, self.snapshot, find)

    def located(self, faults: Any) -> list[Fault]:
        """Return faults with the lines their fields stand on."""
        from nacoord.record.loader import locate

        return locate(faults, self.source, self.shown)

    def placed(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Return findings whose places know their lines."""
        from dataclasses import replace

        from nacoord.record.loader import Places

        places = Places(self.source, self.shown)
        return tuple(
            replace(
                finding,
                places=tuple(
                    replace(place, line=places.origin(place.file, place.field).line)
                    for place in finding.places
                    if place.file
                ),
            )
            for finding in findings
        )

    @property
    def unread_code(self) -> int:
        """The exit code that says whether everything could be read."""
        return 3 if any(fault.unread for fault in self.snapshot.faults) else 0

    def unread(self) -> int:
        """Say loudly what could not be read; return 3 if there is such a thing, else 0."""
        faults = [fault for fault in self.snapshot.faults if fault.unread]
        if not faults:
            return 0
        from nacoord.present.terminal.faults import fault_lines

        for fault in () if self._ceiling else faults[:3]:
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


def _reckoned(day: date, what: str) -> date:
    """Return a day from which one can look back and ahead.

    Raises:
        UsageError: when there is no room for that.
    """
    if can_be_today(day):
        return day
    raise UsageError(f"{what} can't be {day}", hint="it must be in the years 1000 to 8999")
