"""What must hold after a fault, with nothing but the next nacoord command.

The record is the old one or the new one, whole: head, index and work tree, with what the user had
under way. What was acknowledged is there. Nothing is left in the way; git and every check find
nothing new; each answer is the one that is given without what was kept; and the next change lands.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import CalledProcessError

from tests.faults.operations import OPERATIONS
from tests.faults.operations import RECORD
from tests.faults.operations import copy
from tests.faults.operations import go_into
from tests.faults.operations import make_place
from tests.faults.running import DISK
from tests.faults.running import Fault
from tests.faults.running import Ran
from tests.faults.running import calls_made
from tests.faults.running import strike
from tests.faults.sharing import REMOTE
from tests.faults.sharing import commits
from tests.faults.sharing import is_in_step
from tests.faults.sharing import tips
from tests.support.cli import run
from tests.support.git import git

# Asked after each fault, and compared with what an undisturbed record answers.
_QUESTIONS = (
    ["check"],
    ["audit"],
    ["status", "--json"],
    ["log", "--json"],
    ["history", "new-issue", "--json"],
)
# Ended by a signal that no program, or not Python, catches.
_KILLED = (-9, 137, -2, -1, -15)


@dataclass(frozen=True)
class Seen:
    """All that a command could have touched.

    Attributes:
        head: the commit; empty before the first, or where there is no repository.
        index: what git would commit, file by file.
        files: every file but those in git's folder, and the remote.
    """

    head: str
    index: str
    files: dict[str, bytes]


@dataclass(frozen=True)
class Stand:
    """A place undisturbed: what is there, and what it answers.

    Attributes:
        seen: what is there.
        answers: what each question is answered, without anything that was kept.
        tips: the branches of the remote, where there is one.
        commits: all commits, here and there.
    """

    seen: Seen
    answers: tuple[Ran, ...]
    tips: str
    commits: frozenset[str]


@dataclass(frozen=True)
class Outcome:
    """What a fault did.

    Attributes:
        fault: the fault.
        ran: how the command ended.
        new: True when the record is the new one.
        wrong: what does not hold; nothing when all does.
    """

    fault: Fault
    ran: Ran
    new: bool
    wrong: tuple[str, ...]


class Bench:
    """An operation with its place before and after, on which faults are tried."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.operation = OPERATIONS[name]
        self._folder = folder
        self._place = make_place(folder / "place", name)
        done = copy(self._place, folder / "done")
        self.calls = self._count(done)
        self.old = self._stand(self._ended(copy(self._place, folder / "old")))
        self.new = self._stand(done)

    def _count(self, done: Path) -> dict[int, list[tuple[str, int]]]:
        traces = self._folder / "traces"
        ran = strike(done / self.operation.below, self.operation.words, None, count=traces)
        assert ran.code == 0, ran
        return calls_made(traces)

    def _ended(self, place: Path) -> Path:
        """End what the place began with: to read is to end what was interrupted."""
        if (place / RECORD / ".git").exists():
            run(["status"])
        return place

    def _stand(self, place: Path) -> Stand:
        seen = see(place)
        go_into(place)
        if not seen.head:
            return Stand(seen, (), tips(place), frozenset())
        # What waits for a choice is kept there, too, and is asked for.
        for kept in (place / RECORD / ".git" / "nacoord").glob("*"):
            if kept.name != "disagreements.json":
                kept.unlink() if kept.is_file() else shutil.rmtree(kept)
        return Stand(seen, answers(), tips(place), commits(place))

    def faults(self, how: str = "signal=KILL") -> Iterator[Fault]:
        """Yield every fault of a kind that can strike the operation."""
        kill = how.startswith("signal")
        for process, calls in self.calls.items():
            changes = len([call for call, _ in calls if call in DISK]) > 2
            for call, number in calls:
                if not kill and call not in DISK:
                    continue
                if process == 0:
                    yield Fault("nacoord", "", call, number, how)
                    continue
                yield Fault("git", str(process), call, number, how)
                if kill and changes:
                    yield Fault("all", str(process), call, number, how)
            if kill and process:
                yield Fault("outlived", str(process))

    def strike(self, fault: Fault) -> Outcome:
        """Let a fault strike, and see what holds afterwards."""
        here = self.place()
        try:
            ran = strike(here / self.operation.below, self.operation.words, fault)
            new, wrong = self.judge(here, ran)
            return Outcome(fault, ran, new, tuple(wrong))
        finally:
            os.chdir(self._folder)
            shutil.rmtree(here)

    def place(self) -> Path:
        """Return a copy of the place as it is before, the working folder in it."""
        shutil.rmtree(self._folder / "here", ignore_errors=True)
        return copy(self._place, self._folder / "here")

    def judge(self, here: Path, ran: Ran) -> tuple[bool, list[str]]:
        """Return whether a place is the new one after a command, and what does not hold."""
        wrong = list(_dishonest(ran))
        if not self.old.seen.head:
            return self._made_again(here, ran, wrong)
        found = run(["status"])
        if found.code not in (0, *self.operation.first) or "Traceback" in found.err:
            wrong.append(f"the next command ends with {found.code}: {found.err}")
        seen = see(here)
        new = seen == self.new.seen
        half = not new and seen != self.old.seen
        if half and not self.operation.halves:
            wrong += [f"neither old nor new: {found.err}", *_differences(seen, self)]
        if not new and ran.code == 0:
            wrong.append("it was acknowledged, and is not there")
        if new and seen != self.old.seen and "nothing was" in ran.err:
            wrong.append(f"it says that nothing was done, and it is: {ran.err}")
        wrong += [] if self.operation.halves else _left(here)
        if said := git(here / RECORD, "fsck", "--strict", "--no-dangling"):
            wrong.append(f"git fsck: {said}")
        stand = self.new if new else self.old
        for question, right, told in zip(_QUESTIONS, stand.answers, answers(), strict=True):
            if told != right and not half:
                wrong.append(f"{question} is answered otherwise: {told.code} {told.err}")
        wrong += self._shared(here, ran)
        if self.operation.first:
            wrong += self._ended_first(here)
            seen = see(here)
        return new, [*wrong, *self._go_on(here, seen)]

    def _shared(self, here: Path, ran: Ran) -> Iterator[str]:
        """Compare the remote: the old one or the new one, and no commit lost on the way."""
        there = tips(here)
        if there not in (self.old.tips, self.new.tips):
            yield f"the remote is neither old nor new: {there}"
        if ran.code == 0 and there != self.new.tips:
            yield "it was acknowledged, and is not sent"
        if lost := self.old.commits - commits(here):
            yield f"lost: {sorted(lost)}"

    def _ended_first(self, here: Path) -> Iterator[str]:
        """Make it again where other commands wait for it; it must come to the same."""
        again = strike(here / RECORD, self.operation.words, None)
        if again.code:
            yield f"made again, it ends with {again.code}: {again.err}"
        elif (there := see(here)) != self.new.seen:
            yield "made again, it is another"
            yield from _differences(there, self)

    def _made_again(self, here: Path, ran: Ran, wrong: list[str]) -> tuple[bool, list[str]]:
        """Make a record again that was not there before: there is none to be asked until then."""
        new = see(here) == self.new.seen and tips(here) == self.new.tips
        if not new:
            if ran.code == 0:
                wrong.append("it was acknowledged, and is not there")
            again = strike(here / self.operation.below, self.operation.words, None)
            if see(here) != self.new.seen:
                wrong += [f"made again, it is another: {again}", *_differences(see(here), self)]
            elif tips(here) != self.new.tips:
                wrong.append(f"made again, it is not sent: {again}")
        go_into(here)
        if self.new.seen.head and (found := run(["status"])).code:
            wrong.append(f"the next command ends with {found.code}: {found.err}")
        return new, [*wrong, *_left(here)]

    def _go_on(self, here: Path, seen: Seen) -> Iterator[str]:
        """Make the next change, and the same one again."""
        ran = run(["note", "new-issue", "The next change"])
        if ran.code:
            yield f"the next change ends with {ran.code}: {ran.err}"
        elif git(here / RECORD, "rev-parse", "HEAD^").strip() != seen.head:
            yield "the next change is not on top of what was there"
        again = run(self.operation.words)
        if again.code not in self.operation.again:
            yield f"made again, it ends with {again.code}: {again.err}"
        if self.operation.words[0] == "sync" and not is_in_step(here):
            yield f"not in step after the next sync: {again}"
        if lost := self.old.commits - commits(here):
            yield f"lost after the next commands: {sorted(lost)}"
        yield from _left(here, git_folder=True)
        beside = [name for name in os.listdir(here) if name.startswith(".nacoord-")]
        if beside and again.code == 0:
            yield f"left beside its place: {beside}"


def see(place: Path) -> Seen:
    """Return what there is in a place."""
    record = place / RECORD
    files = {
        str(file.relative_to(place)): file.read_bytes()
        for file in sorted(place.rglob("*"))
        if file.is_file()
        and not {".git", REMOTE}.intersection(file.relative_to(place).parts)
        and not _is_beside(file, place)
    }
    if not (record / ".git").exists():
        return Seen("", "no repository", files)
    try:
        if not git(record, "for-each-ref", "refs/heads"):
            return Seen("", "no commit yet", files)
    except CalledProcessError:
        return Seen("", "no repository", files)
    return Seen(git(record, "rev-parse", "HEAD").strip(), git(record, "ls-files", "-s"), files)


def _is_beside(file: Path, place: Path) -> bool:
    """Tell whether a file is of what is built beside its place; the next such command removes it."""
    return file.relative_to(place).parts[0].startswith(".nacoord-")


def answers() -> tuple[Ran, ...]:
    """Ask the record of the working folder everything."""
    told = []
    for question in _QUESTIONS:
        ran = run([*question, "--today", "2021-01-20"])
        told.append(Ran(ran.code, ran.out, ran.err))
    return tuple(told)


def _left(place: Path, git_folder: bool = False) -> list[str]:
    """Return what is left in the way of others; what is only in git's folder, the next change removes."""
    record = place / RECORD
    locks = [str(file.relative_to(place)) for file in record.rglob("*.lock")]
    halves = [
        str(file.relative_to(place))
        for file in record.rglob(".nacoord-*")
        if git_folder or ".git" not in file.parts
    ]
    journal = record / ".git" / "nacoord" / "journal.json"
    return [
        f"left: {name}" for name in [*locks, *halves, *(["journal"] if journal.exists() else [])]
    ]


def _dishonest(ran: Ran) -> Iterator[str]:
    if "Traceback" in ran.err or ran.code == 70:
        yield f"a bug: {ran.err}"
    if ran.code not in (0, 4, 130, *_KILLED) and ran.code > 0:
        yield f"it ended with {ran.code}: {ran.err}"
    if ran.code > 0 and "nacoord: " not in ran.err and ran.code not in _KILLED:
        yield f"it ended with {ran.code} and said nothing"


def _differences(seen: Seen, bench: Bench) -> Iterator[str]:
    for name, stand in (("old", bench.old.seen), ("new", bench.new.seen)):
        paths = seen.files.keys() | stand.files.keys()
        files = [path for path in sorted(paths) if seen.files.get(path) != stand.files.get(path)]
        yield f"from {name}: head {seen.head == stand.head}, index {seen.index == stand.index}, {files}"
        if seen.head == stand.head and seen.index != stand.index:
            lines = set(seen.index.splitlines()) ^ set(stand.index.splitlines())
            yield "\n".join(sorted(lines))
