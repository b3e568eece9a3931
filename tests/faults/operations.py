"""The commands that are struck by faults, one row each, and the record on which they are struck.

A further command is a further row of `OPERATIONS`. Beside the record the office has changes of its
own under way, staged and not, which no command may touch.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.faults import sharing
from tests.faults.running import Fault
from tests.faults.running import strike
from tests.support.git import git
from tests.support.office import office

RECORD = sharing.RECORD
_LIST = "Id,Name,Country\nstate,Department of State,CA\nport,Port,US\n"
_MAP = (
    "kind: agency\nid: Id\nfields: {title: Name, country: Country, level: {value: local}, "
    "sphere: {value: domestic}}\n"
)
_BATCH = "set example priority=P3\nset dhs country=US tags+=x\n"


@dataclass(frozen=True)
class Operation:
    """A command and where it is run.

    Attributes:
        words: the command line, in the record's folder.
        prepare: what is done to the place before, given its folder.
        again: the exit codes with which the same command may end once it has been done.
        first: the exit codes with which another command may end until it has been made again,
            as in a merge that git has begun; empty where others don't wait for it.
        halves: whether it may stay half made, until it is made again.
        below: where it is run, in the place.
    """

    words: tuple[str, ...]
    prepare: Callable[[Path], object] = lambda _: None
    again: tuple[int, ...] = (0, 1, 2)
    first: tuple[int, ...] = ()
    halves: bool = False
    below: str = RECORD


def _edited(place: Path) -> None:
    """Edit a record by hand, and write another."""
    file = place / RECORD / "issues" / "example.yaml"
    file.write_text(file.read_text().replace("P1", "P2"))
    new = place / RECORD / "agencies" / "fresh.yaml"
    new.write_text("title: Fresh\nlevel: federal\nsphere: both\n")


def _cold(place: Path) -> None:
    shutil.rmtree(place / RECORD / ".git" / "nacoord", ignore_errors=True)


def _long(place: Path) -> None:
    """Give the record a history that is worth an index, and no index yet."""
    record = place / RECORD
    for day in range(1, 4):
        git(record, "commit", "-q", "--allow-empty", "-m", f"Day {day}")
    _cold(place)


def _interrupted(place: Path) -> None:
    """Kill a change once its files are written and before they are committed."""
    _strike_git(place, Fault("before", "commit", ""))


def _committed(place: Path) -> None:
    """Kill a change once its commit is made and before it knows."""
    _strike_git(place, Fault("after", "commit", ""))


def _strike_git(place: Path, fault: Fault) -> None:
    ran = strike(place / RECORD, ("rename", "example", "better"), fault)
    assert (place / RECORD / ".git" / "nacoord" / "journal.json").exists(), ran


def _sited(place: Path) -> None:
    """Make a site that the next one replaces."""
    ran = strike(place / RECORD, ("site", "../site"), None)
    assert ran.code == 0, ran
    ran = strike(place / RECORD, ("note", "example", "Called again"), None)
    assert ran.code == 0, ran


def _kept(place: Path) -> None:
    """Leave nothing under way: an archive and a saved brief are of what is committed."""
    git(place / RECORD, "add", "-A")
    git(place / RECORD, "commit", "-q", "-m", "Keep all of it")


def _older(place: Path) -> None:
    """Write the record as it would have been in format 0, and commit that."""
    _kept(place)
    record = place / RECORD
    file = record / "nacoord.yaml"
    file.write_text(re.sub(r"^format: 1\n", "", file.read_text(), flags=re.MULTILINE))
    (record / "clocks" / "older.yaml").write_text(
        "title: Older clock\nsteps:\n  - {name: First, days: 3, calendar: business, holidays: [us]}\n"
    )
    _kept(place)
    _append(record / "edited.txt", "again\n")


def _no_record(place: Path) -> None:
    shutil.rmtree(place / RECORD)
    (place / RECORD).mkdir()


OPERATIONS: dict[str, Operation] = {
    "set": Operation(("set", "example", "priority=P2")),
    "note": Operation(("note", "example", "Called")),
    "new": Operation(("new", "agency", "fresh", "title=Fresh", "level=federal", "sphere=both")),
    "rename": Operation(("rename", "example", "better")),
    "remove": Operation(("remove", "quebec", "-m", "Twice")),
    "commit": Operation(("commit", "example", "fresh"), _edited),
    "undo": Operation(("undo",)),
    "batch": Operation(("batch", "../batch.txt")),
    "import": Operation(("import", "../list.csv", "--mapping", "../map.yaml")),
    "brief": Operation(("brief", "--save"), _kept),
    "archive": Operation(("archive", "-o", "../out.tar"), _kept),
    "site": Operation(("site", "../site")),
    "site-again": Operation(("site", "../site"), _sited),
    "status-cold": Operation(("status", "mexico"), _cold),
    "status-warm": Operation(("status", "mexico")),
    "history": Operation(("history", "example"), _long),
    "taking-back": Operation(("status", "mexico"), _interrupted),
    "found-whole": Operation(("status", "mexico"), _committed),
    "init": Operation(("init",), _no_record),
    "init-remote": Operation(("init", "--remote", f"../{sharing.REMOTE}"), sharing.empty_remote),
    "clone": Operation(("clone", sharing.REMOTE, RECORD), sharing.only_shared, below="."),
    "migrate": Operation(("migrate",), _older, (0,), (0, 1)),
    "sync-forward": Operation(("sync",), sharing.behind, (0,)),
    "sync": Operation(("sync",), sharing.apart, (0,)),
    "resolve": Operation(("resolve", "--all", "--theirs"), sharing.waiting, (0,)),
    "resolve-git": Operation(
        ("resolve", "--all", "--theirs"), sharing.begun, (0,), (0, 1, 3, 4), halves=True
    ),
}


def make_place(folder: Path, name: str) -> Path:
    """Make the place on which an operation is struck: a record, and what lies beside it."""
    record = office(folder / RECORD)
    (folder / "list.csv").write_text(_LIST)
    (folder / "map.yaml").write_text(_MAP)
    (folder / "batch.txt").write_text(_BATCH)
    issue = record / "issues" / "new-issue.yaml"
    issue.write_text(issue.read_text().replace("P4", "P3"))
    for own in ("staged.txt", "edited.txt", "both.txt"):
        (record / own).write_text("As it was\n")
    git(record, "add", "-A")
    git(record, "commit", "-q", "-m", "Raise the new issue")
    shutil.rmtree(record / ".git" / "hooks")
    # What the user has under way, in the record and beside it.
    _append(record / "staged.txt", "staged\n")
    _append(record / "both.txt", "staged\n")
    _append(record / "agencies" / "example-child.yaml", "tags: [staged]\n")
    git(record, "add", "staged.txt", "both.txt", "agencies/example-child.yaml")
    _append(record / "edited.txt", "not staged\n")
    _append(record / "both.txt", "not staged\n")
    _append(record / "agencies" / "example-agency.yaml", "tags: [edited]\n")
    (record / "unknown.txt").write_text("git has not heard of it\n")
    # What was read before is there, as on any morning.
    assert strike(record, ("status", "mexico"), None).code == 0
    OPERATIONS[name].prepare(folder)
    return folder


def _append(file: Path, text: str) -> None:
    with file.open("a") as stream:
        stream.write(text)


def copy(place: Path, to: Path) -> Path:
    """Copy a place, times and all, so that what was read before still counts."""
    shutil.copytree(place, to, symlinks=True)
    go_into(to)
    return to


def go_into(place: Path) -> None:
    """Go into the record of a place, or the place itself where there is none yet."""
    os.chdir(place / RECORD if (place / RECORD).exists() else place)
