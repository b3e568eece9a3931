"""What nacoord is asked, in groups: the commands of a group and their floors take turns."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import floors
from history import LAST_YEAR
from measure import TURN
from measure import Work

NACOORD = str(Path(sys.executable).parent / "nacoord")


@dataclass(frozen=True)
class Group:
    """Commands that take turns.

    Attributes:
        works: the floors, which have a symbol, and the questions.
        warm_up: false where each run starts from nothing.
        smallest, largest: of how many records it is asked.
    """

    works: tuple[Work, ...]
    warm_up: bool = True
    smallest: int = 0
    largest: int = sys.maxsize


def ask(name: str, *words: str, fine: tuple[int, ...] = (0,), symbol: str = "") -> Work:
    """Return a command of nacoord's."""
    return Work(name, (NACOORD, *words), fine=fine, symbol=symbol)


def cold(work: Work, folder: Path, name: str = "") -> Work:
    """Return the same without the cache that the runs before it left."""
    return Work(name or f"{work.name}, cold", work.argv, before=forgetting(folder), fine=work.fine)


def forgetting(folder: Path) -> Callable[[int], None]:
    """Return what removes the cache of a record; it stands in git's folder and is never the truth."""

    def forget(turn: int) -> None:
        del turn
        for file in (folder / ".git" / "nacoord").glob("*.sqlite*"):
            file.unlink()

    return forget


STATUS = ask("status mexico", "status", "mexico", symbol="status")
CHECK = ask("check", "check")
AS_OF = ask("--as-of last year", "status", "mexico", "--as-of", LAST_YEAR.isoformat())
HISTORY = ask("history ID", "history", "issue-00001")
RADAR = ask("radar", "radar", fine=(0, 1))
COMPLETION = Work(
    "completion of an id",
    (NACOORD,),
    more={
        "_NACOORD_COMPLETE": "complete_bash",
        "COMP_WORDS": "nacoord show issue-0000",
        "COMP_CWORD": "2",
    },
)

START = Group(
    (floors.EMPTY, floors.TYPER, floors.F, ask("--version", "--version"), ask("--help", "--help"))
)


def of_a_record(folder: Path) -> tuple[Group, ...]:
    """Return what is asked of a record of any size; what changes it comes last."""
    warm = (
        floors.TYPER,
        floors.F,
        STATUS,
        ask("list", "list"),
        ask("list issue", "list", "issue"),
        ask("list with filters", "list", "commitment", "status:open", "due.before:2022-09-01"),
        ask("search", "search", "harbor"),
        ask("show ID", "show", "issue-00001"),
        COMPLETION,
        CHECK,
        AS_OF,
    )
    without_cache = (
        floors.F,
        floors.composing(folder),
        cold(STATUS, folder, "first read, cold"),
        cold(CHECK, folder),
        cold(AS_OF, folder),
    )
    with_history = (STATUS, RADAR, ask("brief", "brief", "--format", "markdown"))
    others = (
        floors.F,
        ask("matrix", "matrix"),
        ask("impact ID", "impact", "issue-00001"),
        ask("site", "site", f"../site-{folder.name}"),
    )
    change = (
        floors.F,
        floors.commit(folder, "issues/issue-00002.yaml"),
        ask("set, with its commit", "set", "issue-00001", f"title=Ours {TURN}"),
    )
    return (
        Group(warm),
        Group(without_cache, warm_up=False),
        Group(with_history),
        Group(others, smallest=1_000, largest=10_000),
        Group(change),
    )


def of_a_history(folder: Path) -> tuple[Group, ...]:
    """Return what is asked of a long history."""
    log = floors.log("issues/issue-00001.yaml")
    blame = ask("blame ID", "blame", "issue-00001")
    return (
        Group((floors.F, log, STATUS, HISTORY, blame, ask("log", "log", "mexico"), RADAR)),
        Group((floors.F, log, cold(HISTORY, folder), cold(RADAR, folder)), warm_up=False),
    )
