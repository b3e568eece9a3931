"""What git says happened to a record set. One git process an answer; git is never written to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from datetime import timedelta
from pathlib import Path

from nacoord.model.change import Change
from nacoord.model.kinds.table import BY_FOLDER
from nacoord.model.office import FILE
from nacoord.record.git import day_told
from nacoord.record.git import git
from nacoord.record.recovery import prefix_of

# Far more commits than an office makes in a week; it bounds the walk of a very old record.
_MOST = 2000
# No path begins with a slash, no name or day has a line end in it.
# What made a commit is in its trailers: a migration changed no record in anything but its form.
_ACTION = "%(trailers:key=Nacoord-Action,valueonly,separator=%x2C)"
_MIGRATE = "migrate"
_FORMAT = f"/%H%n%an%n%cd%n{_ACTION}%n%s"


def recent(
    root: Path, days: int, until: date | None, time_zone: str, commit: str = "HEAD"
) -> list[Change] | None:
    """Return the changes of the last days, newest first; None where there is no history.

    Args:
        root: the folder of the record set.
        days: how many days to look back, the last one included.
        until: the last day; None looks back from the newest change itself, as a record with a
            fixed date needs.
        time_zone: the zone in which a commit's day is told (IANA name).
        commit: where to look back from.

    Raises:
        GitError: when git is missing or refuses.
    """
    arguments = ["log", "--full-history", "--no-merges", "--name-only", "-z", "--relative"]
    arguments += [f"--max-count={_MOST}", "--date=format-local:%Y-%m-%d", f"--format={_FORMAT}"]
    if until is not None:
        arguments.append(f"--since={until - timedelta(days=days)}T00:00:00")
    found = git(root, *arguments, commit, "--", ".", time_zone=time_zone)
    if found is None:
        return None
    changes = [_change(header, names) for header, names in _commits(found)]
    changes = [change for change in changes if change.records and (not until or change.on <= until)]
    if not changes:
        return []
    last = until or max(change.on for change in changes)
    return [change for change in changes if change.on > last - timedelta(days=days)]


def touched(root: Path, time_zone: str, commit: str = "HEAD") -> dict[str, set[date]]:
    """Return the days on which commits changed each record; nothing where there is no history.

    Args:
        root: the folder of the record set.
        time_zone: the zone in which a commit's day is told (IANA name).
        commit: where to look back from.

    Raises:
        GitError: when git is missing or refuses.
    """
    from nacoord.record.historyindex.answers import touched as indexed
    from nacoord.record.historyindex.days import Days
    from nacoord.record.historyindex.errors import UnansweredError

    days: dict[str, set[date]] = {}
    try:
        known, zone = indexed(root, commit), Days(time_zone)
        for path, numbers in known.commits.items():
            if numbers and (id := _record_id(path)):
                on = {
                    zone.of(known.times[number - 1])
                    for number in numbers
                    if number not in known.migrations or id == FILE
                }
                if on:
                    days.setdefault(id, set()).update(on)
    except UnansweredError:
        return _touched(root, time_zone, commit)
    return days


def _touched(root: Path, time_zone: str, commit: str) -> dict[str, set[date]]:
    days: dict[str, set[date]] = {}
    for told, id in _changes_of_each(root, commit, f"%cd%n{_ACTION}", time_zone):
        on, action = told.split("\n", 1)
        if action != _MIGRATE or id == FILE:
            days.setdefault(id, set()).add(day_told(on))
    return days


def _changes_of_each(
    root: Path, commit: str, told: str, time_zone: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield what git tells of each commit that changed a record, in a format, with the record's id."""
    arguments = ["log", "--full-history", "--diff-merges=combined", "--name-only", "-z"]
    arguments += ["--no-renames", "--date=format-local:%Y-%m-%d", f"--format=/{told}"]
    found = git(root, *arguments, commit, "--", ".", time_zone=time_zone) or b""
    for header, names in _commits(found, prefix_of(root)):
        for name in names:
            if id := _record_id(name):
                yield header, id


def committed_after(root: Path, day: date, time_zone: str, commit: str = "HEAD") -> int:
    """Return how many commits changed records after a day.

    Raises:
        GitError: when git is missing or refuses.
    """
    since = f"--since={day + timedelta(days=1)}T00:00:00"
    folders = (FILE, *BY_FOLDER)
    words = ("rev-list", "--count", "--full-history", since, commit, "--", *folders)
    found = git(root, *words, time_zone=time_zone)
    return int(found) if found else 0


def _commits(output: bytes, prefix: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield what a format that begins with a slash tells of each commit, and the files below it.

    Args:
        prefix: what is before the path in the record of each.
    """
    header: str | None = None
    names: list[str] = []
    for token in output.split(b"\0"):
        if token.startswith(b"/"):
            if header is not None:
                yield header, names
            header, names = token[1:].decode("utf-8", "replace"), []
        else:
            names.append(os.fsdecode(token.removeprefix(b"\n")).removeprefix(prefix))
    if header is not None:
        yield header, names


def _change(header: str, names: list[str]) -> Change:
    commit, who, on, action, subject = header.split("\n", 4)
    ids = {id for name in names if (id := _record_id(name))}
    if action == _MIGRATE:
        ids &= {FILE}
    return Change(commit, day_told(on), who, subject, tuple(sorted(ids)))


def _record_id(name: str) -> str | None:
    if name == FILE:
        return FILE
    folder, _, file = name.partition("/")
    return file[:-5] if folder in BY_FOLDER and file.endswith(".yaml") and "/" not in file else None


def stamps(root: Path, commit: str = "HEAD") -> dict[str, tuple[int, int]]:
    """Return when history last touched each record (seconds since 1970) and in how many commits.

    Nothing where there is no history. A merge counts where it decided something itself.

    Args:
        root: the folder of the record set.
        commit: where to look back from.

    Raises:
        GitError: when git is missing or refuses.
    """
    from nacoord.record.historyindex.answers import touched as indexed
    from nacoord.record.historyindex.errors import UnansweredError

    try:
        known = indexed(root, commit)
    except UnansweredError:
        return _stamps(root, commit)
    found: dict[str, tuple[int, int]] = {}
    for path, numbers in known.commits.items():
        if numbers and (id := _record_id(path)):
            last, count = found.get(id, (0, 0))
            newest = max(known.times[number - 1] for number in numbers)
            found[id] = (max(last, newest), count + len(numbers))
    return found


def _stamps(root: Path, commit: str) -> dict[str, tuple[int, int]]:
    last: dict[str, tuple[int, int]] = {}
    for at, id in _changes_of_each(root, commit, "%ct"):
        before, count = last.get(id, (0, 0))
        last[id] = (max(before, int(at) if at.isdecimal() else 0), count + 1)
    return last
