"""A simulated office: many clones, one bare remote, rounds of work; and what must hold in the end."""

from __future__ import annotations

import random
import re
import subprocess
from collections import Counter
from itertools import count
from pathlib import Path

from tests.simulation.clone import Clone
from tests.support.cli import run
from tests.support.git import git
from tests.support.records import BASE
from tests.support.records import write

_TOKEN = re.compile(r"tok\d+")


class Office:
    """Clones of one record that meet in a bare repository.

    Everything is decided by one seeded source of chance, so a run can be had again by its seed.
    """

    def __init__(self, folder: Path, seed: int, people: int) -> None:
        self.chance = random.Random(seed)
        self._known: dict[str, set[str]] = {}
        self.remote = folder / "remote.git"
        git(folder, "init", "-q", "--bare", "-b", "main", str(self.remote))
        first = folder / "clone-0"
        write(first, BASE)
        git(first, "init", "-q", "-b", "main")
        self._know(first, "Person 0")
        git(first, "add", "-A")
        git(first, "commit", "-qm", "Begin the record")
        git(first, "remote", "add", "origin", str(self.remote))
        tokens = count(1)
        self.clones = [Clone(first, "Person 0", self.chance, tokens)]
        assert self.clones[0].sync()
        for number in range(1, people):
            place = folder / f"clone-{number}"
            ran = run(["clone", str(self.remote), str(place)])
            assert ran.code == 0, ran.err
            self._know(place, f"Person {number}")
            self.clones.append(Clone(place, f"Person {number}", self.chance, tokens))
        self.told: list[str] = []
        for clone in self.clones:
            clone.told = self.told

    def _know(self, folder: Path, who: str) -> None:
        git(folder, "config", "user.name", who)
        git(folder, "config", "user.email", f"{who.replace(' ', '.').lower()}@nao.example")

    def round(self) -> None:
        """Let some people work, some sync, some be away, and something go wrong now and then."""
        for clone in self.chance.sample(self.clones, min(3, len(self.clones))):
            clone.work()
            if clone.offline:
                clone.offline -= 1
            elif self.chance.random() < 0.1:
                clone.offline = self.chance.randint(2, 8)
            elif self.chance.random() < 0.5:
                clone.sync(killed=self.chance.random() < 0.1)

    def come_together(self) -> None:
        """Let everybody sync until all have the same."""
        for clone in self.clones:
            clone.nacoord("commit", "-m", "What lay about")
        for _ in range(3):
            for clone in self.clones:
                assert clone.sync(), clone.report()
            if len({clone.head() for clone in self.clones}) == 1:
                return
        raise AssertionError("they never came together\n" + self.clones[0].report())

    def verify(self) -> Counter[str]:
        """Hold the office to its promises; return what was counted.

        All have the same commit and clean files; every change that was said to have landed is in the
        history; no merge dropped a word that a side had written, unless it says so; what all have
        passes the check.
        """
        first = self.clones[0]
        head = first.head()
        known = set(git(first.folder, "rev-list", "HEAD").split())
        counted: Counter[str] = Counter()
        for clone in self.clones:
            assert clone.head() == head
            assert git(clone.folder, "status", "--porcelain") == "", clone.who
            lost = [each for each in clone.landed if each not in known]
            assert not lost, f"{clone.who} was told that {lost} landed"
            counted["landed"] += len(clone.landed)
            counted["killed"] += clone.killed
            counted["disagreements"] += clone.disagreements
            git(clone.folder, "fsck", "--no-dangling", "--no-progress")
        merges = git(first.folder, "rev-list", "--merges", "HEAD").split()
        for merge in merges:
            self._verify_merge(first.folder, merge)
        counted["merges"] = len(merges)
        counted["commits"] = len(known)
        checked = run(["check", "--data", str(first.folder)])
        assert checked.code == 0, checked.out
        return counted

    def _verify_merge(self, folder: Path, merge: str) -> None:
        parents = git(folder, "rev-parse", f"{merge}^1", f"{merge}^2").split()
        bases = git(folder, "merge-base", "--all", *parents).split()
        said = git(folder, "show", "-s", "--format=%B", merge)
        now = self._words(folder, merge)
        sides = [self._words(folder, parent) for parent in parents]
        before: set[str] = set.union(*(self._words(folder, base) for base in bases))
        for one, other in (sides, sides[::-1]):
            dropped = {word for word in one - now if word not in before or word in other}
            silent = {word for word in dropped if word not in said}
            if silent:
                # A whole file that lost is named, with the commit that has it.
                silent -= self._named_whole(folder, said)
            assert not silent, f"{merge} drops {sorted(silent)}\n{said}"

    def _named_whole(self, folder: Path, said: str) -> set[str]:
        found: set[str] = set()
        for commit, path in re.findall(r"git show (\w+):(\S+?)\)", said):
            found |= set(_TOKEN.findall(git(folder, "show", f"{commit}:{path}")))
            found |= set(_TOKEN.findall(path))
        return found

    def _words(self, folder: Path, commit: str) -> set[str]:
        tree = git(folder, "rev-parse", f"{commit}^{{tree}}").strip()
        if tree not in self._known:
            words = ["git", "grep", "-h", "-o", "-E", "tok[0-9]+", tree]
            text = subprocess.run(words, cwd=folder, capture_output=True, check=False).stdout
            self._known[tree] = set(_TOKEN.findall(text.decode()))
        return self._known[tree]
