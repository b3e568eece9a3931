"""A record as it stood, day by day, from its first commit on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from nacoord.model.errors import NacoordError
from nacoord.model.office import FILE
from nacoord.model.snapshot import Snapshot
from nacoord.record.commits import Commit
from nacoord.record.git import day_told
from nacoord.record.git import git
from nacoord.record.loader import load
from nacoord.record.loader import reload


def days(root: Path, time_zone: str, commit: str = "HEAD") -> list[Commit]:
    """Return the last commit of each day on which the record changed, oldest first.

    Args:
        root: the folder of the record set.
        time_zone: the zone in which a commit's day is told (IANA name).
        commit: where to look back from; of merges the first parent is followed, as it is the record's
            own line.

    Raises:
        GitError: when git is missing or refuses.
    """
    arguments = ["log", "--first-parent", "--date=format-local:%Y-%m-%d", "--format=%H %cd"]
    found = git(root, *arguments, commit, "--", ".", time_zone=time_zone) or b""
    last: dict[date, str] = {}
    for line in found.decode().splitlines():
        id, on = line.split(" ")
        last.setdefault(day_told(on), id)
    return [Commit(root, id, on) for on, id in sorted(last.items())]


def snapshots(commits: list[Commit], shown: str) -> Iterator[Snapshot | None]:
    """Yield the record at each commit; None where it could not be read as a record at all.

    Only files that differ from the commit before are read.
    """
    before: tuple[Commit, Snapshot] | None = None
    for commit in commits:
        try:
            if before is None or before[0].blob(FILE) != commit.blob(FILE):
                now = load(commit, shown)
            else:
                now = reload(before[1], commit, commit.differing(before[0]), shown)
        except NacoordError:
            before = None
            yield None
            continue
        before = (commit, now)
        yield now
