"""The life of each promise, from the versions of its file in history.

Commits come one after the other, parents first, and side branches lie among them. So what a commit
did is told from what it changed against its own parents, never from what stood before it in the row.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from typing import Any
from typing import get_args

from nacoord.model.declare import BadValueError
from nacoord.model.kinds.commitment import CommitmentStatus
from nacoord.model.when import When
from nacoord.model.when import parse_when

_STATUSES = frozenset(get_args(CommitmentStatus))


@dataclass(frozen=True, slots=True)
class Stage:
    """What a version of a promise's file says, as far as its life goes.

    Attributes:
        status: open or how it ended; empty when this version can't be read.
        due: by when.
        by, to, issues: the ids it names.
        formerly: the ids it had before, newest last.
    """

    status: str
    due: When | None = None
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """A promise in one commit: as it was in each parent, and after; None where it was not there."""

    id: str
    before: tuple[Stage | None, ...]
    after: Stage | None


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit that touched promises.

    Attributes:
        id: its full id.
        on: its day.
        first: True when history knows no parent of it, so what came before can't be told.
        versions: the promises it touched.
        renamed: new ids by old ones.
    """

    id: str
    on: date
    first: bool
    versions: tuple[Version, ...]
    renamed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Closing:
    """A promise's end.

    Attributes:
        on: the day of the commit in which its status became what it is.
        commit: that commit.
        first_due: the first due moment it had been given by then.
        due_moves: how often that had been changed by then.
    """

    on: date
    commit: str
    first_due: When | None
    due_moves: int


@dataclass(frozen=True, slots=True)
class Life:
    """What history says of a promise.

    Attributes:
        stage: what its last version that could be read says.
        at_start: True when it came with a first commit.
        opened: the day of the commit in which it first stood as open; None if it never did.
        opened_at_start: True when that was a first commit.
        closings: how it ended, by status, since it was last opened.
        reopened: how often it was opened again.
        first_due: the first due moment it was given.
        due_moves: how often that was changed.
        gone: True when it was removed.
    """

    stage: Stage
    at_start: bool
    opened: date | None
    opened_at_start: bool
    closings: Mapping[str, Closing]
    reopened: int
    first_due: When | None
    due_moves: int
    gone: bool


def stage_of(value: Any) -> Stage | None:
    """Return what a version of a file says, from its value; None where there was no file."""
    if value is None:
        return None
    if not isinstance(value, dict) or value.get("status") not in _STATUSES:
        return Stage("")
    try:
        due = parse_when(value["due"]) if value.get("due") else None
    except BadValueError:
        due = None
    by, to, issues, formerly = (_ids(value.get(key)) for key in ("by", "to", "issues", "formerly"))
    return Stage(value["status"], due, by, to, issues, formerly)


def _ids(value: Any) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def lives_of(commits: Iterable[Commit]) -> dict[str, Life]:
    """Return the life of every promise by the id it has now; of one that is gone, by its last.

    Args:
        commits: parents before children.
    """
    threads: dict[str, _Thread] = {}
    now_called: dict[str, str] = {}
    for commit in commits:
        came_from = _came_from(commit, threads)
        befores = {version.id: version.before for version in commit.versions}
        for new, old in came_from.items():
            threads[new] = threads.pop(old)
            now_called[old] = new
        for version in commit.versions:
            if version.id in came_from.values():
                continue
            id = version.id
            if any(version.before):
                # Where a side branch still has the old name, it is the same promise.
                while id not in threads and id in now_called:
                    id = now_called[id]
            before = befores[came_from[id]] if id in came_from else version.before
            threads.setdefault(id, _Thread()).take(commit, before, version.after)
    return {id: thread.life() for id, thread in threads.items() if thread.stage.status}


def _came_from(commit: Commit, threads: Mapping[str, _Thread]) -> dict[str, str]:
    """Return the old ids of the promises that a commit renamed, by tool or by hand."""
    gone = {version.id for version in commit.versions if version.after is None}
    said = {new: old for old, new in commit.renamed.items()}
    found: dict[str, str] = {}
    for version in commit.versions:
        if version.after is not None and not any(version.before):
            names = (said.get(version.id), *reversed(version.after.formerly))
            old = next((name for name in names if name in gone and name in threads), None)
            if old and old not in found.values():
                found[version.id] = old
    return found


class _Thread:
    """A life as it is being read."""

    def __init__(self) -> None:
        self.stage = Stage("")
        self.at_start = False
        self.opened: date | None = None
        self.opened_at_start = False
        self.closings: dict[str, Closing] = {}
        self.reopened = 0
        self.first_due: When | None = None
        self.due_moves = 0
        self.gone = False

    def take(self, commit: Commit, before: tuple[Stage | None, ...], after: Stage | None) -> None:
        """Take in what a commit made of the promise."""
        self.gone = after is None
        if after is None or not after.status:
            return
        known = self.stage if self.stage.status else None
        olds = [old for old in before if old and old.status] or ([known] if known else [])
        if known is None:
            self.at_start = commit.first
        if all(old.status != after.status for old in olds):
            self._turn(commit, known, after.status)
        if all(old.due != after.due for old in olds):
            self._move(known, after.due)
        self.stage = after

    def _turn(self, commit: Commit, known: Stage | None, status: str) -> None:
        if status == "open":
            if known and known.status != "open":
                self.reopened += 1
                self.closings.clear()
            if self.opened is None:
                self.opened, self.opened_at_start = commit.on, commit.first
        elif known is None:
            return
        elif known.status == status:
            # Another branch said the same: the first day counts.
            twin = self.closings.get(status)
            if twin and commit.on < twin.on:
                self.closings[status] = Closing(
                    commit.on, commit.id, twin.first_due, twin.due_moves
                )
        else:
            self.closings[status] = Closing(commit.on, commit.id, self.first_due, self.due_moves)

    def _move(self, known: Stage | None, due: When | None) -> None:
        if self.first_due is None:
            self.first_due = due
        elif known is None or known.due != due:
            self.due_moves += 1

    def life(self) -> Life:
        """Return the life read so far."""
        return Life(
            self.stage,
            self.at_start,
            self.opened,
            self.opened_at_start,
            dict(self.closings),
            self.reopened,
            self.first_due,
            self.due_moves,
            self.gone,
        )
