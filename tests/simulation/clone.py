"""One colleague's clone in the simulated office: what they do to it, and what they were told landed."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from typing import Any

from tests.support.cli import Ran
from tests.support.cli import run
from tests.support.git import git

# Runs a command line and kills itself at the n-th thing it does to the disk or asks of git.
KILLED = """
import os, signal, sys
left = int(sys.argv[1])
seen = {"open", "os.rename", "os.remove", "os.mkdir", "subprocess.Popen", "os.truncate"}
def count(event, arguments):
    global left
    if event not in seen or event == "open" and not (isinstance(arguments[2], int) and arguments[2] & 3):
        return
    left -= 1
    if left <= 0:
        os.kill(os.getpid(), signal.SIGKILL)
from nacoord.cli.main import main
sys.argv = ["nacoord", *sys.argv[2:]]
sys.addaudithook(count)
main()
"""


@dataclass
class Clone:
    """A clone of the record, and who works in it.

    Attributes:
        folder: where.
        who: the name they commit under.
        chance: where every decision comes from; seeded, so that a run can be repeated.
        tokens: where new words come from that occur once in the whole office.
        landed: the commits of changes that a command ended well for.
        offline: how many rounds they are still out of reach.
        told: what they did, for a failure's report.
    """

    folder: Path
    who: str
    chance: random.Random
    tokens: Any
    landed: list[str] = field(default_factory=list)
    offline: int = 0
    told: list[str] = field(default_factory=list)
    killed: int = 0
    disagreements: int = 0

    def nacoord(self, *words: str) -> Ran:
        """Run a command, which must not fail in any way that is not foreseen."""
        ran = run([words[0], "--data", str(self.folder), *words[1:]])
        self.told.append(f"{self.who}: nacoord {' '.join(words)} -> {ran.code} {ran.err[:300]}")
        assert ran.code in {0, 1, 2, 3, 4}, self.report()
        return ran

    def change(self, *words: str) -> Ran:
        """Run a command that changes the record; take note of what it says has landed."""
        before = self.head()
        ran = self.nacoord(*words)
        if ran.code == 0:
            assert self.head() != before, self.report()
            self.landed.append(self.head())
        else:
            assert self.head() == before, self.report()
        return ran

    def change_killed(self, *words: str) -> None:
        """Run a command that is killed somewhere on its way."""
        count = str(self.chance.randint(1, 60))
        done = subprocess.run(
            [sys.executable, "-c", KILLED, count, words[0], "--data", str(self.folder), *words[1:]],
            cwd=self.folder,
            capture_output=True,
            check=False,
            env=os.environ,
        )
        self.told.append(f"{self.who}: killed at {count}: {' '.join(words)} -> {done.returncode}")
        self.killed += done.returncode == -9
        if done.returncode == 0 and words[0] not in ("sync", "resolve"):
            self.landed.append(self.head())

    def head(self) -> str:
        return git(self.folder, "rev-parse", "HEAD").strip()

    def records(self, folder: str = "*") -> list[Path]:
        return sorted(self.folder.glob(f"{folder}/*.yaml"))

    def pick(self, folder: str) -> str:
        """Return the id of some record of a folder; what was read wrong by hand is left alone."""
        return self.chance.choice(self.records(folder)).stem

    def token(self) -> str:
        return f"tok{next(self.tokens)}"

    def report(self) -> str:
        return "\n".join(self.told[-40:])

    # What people do.

    def work(self) -> None:
        """Do one thing to the record, as people do."""
        doings = [
            (self.set_word, 6),
            (self.set_choice, 4),
            (self.tag, 4),
            (self.write_note, 4),
            (self.add_record, 2),
            (self.promise, 2),
            (self.link, 2),
            (self.rename, 1),
            (self.remove, 1),
            (self.undo, 1),
            (self.edit_by_hand, 2),
            (self.be_killed, 1),
        ]
        doing = self.chance.choices([each for each, _ in doings], [weight for _, weight in doings])
        doing[0]()

    def set_word(self) -> None:
        key = self.chance.choice(["summary", "next_step.what", "health_reason"])
        self.change("set", self.pick("issues"), f"{key}={self.token()}")

    def set_choice(self) -> None:
        value = self.chance.choice(
            ["health=red", "health=amber", "health=green", "priority=P1", "priority=P2"]
        )
        self.change("set", self.pick("issues"), value)

    def tag(self) -> None:
        self.change("set", self.pick("*"), f"tags+={self.token()}")

    def write_note(self) -> None:
        self.change("note", self.pick("*"), f"Said {self.token()}")

    def add_record(self) -> None:
        # Some ids are chosen by several people at once.
        id = self.chance.choice([self.token(), f"shared-{self.chance.randint(1, 9)}"])
        kind = self.chance.choice(["agency", "issue"])
        title = self.chance.choice([f"Title of {id}", f"Title {self.token()}"])
        fields = {
            "agency": ["level=federal", "sphere=domestic"],
            "issue": ["relationships=mexico", "theme=trade", "priority=P3"],
        }[kind]
        self.change("new", kind, id, f"title={title}", *fields)

    def promise(self) -> None:
        issue, agency = self.pick("issues"), self.pick("agencies")
        self.change(
            "new", "commitment", self.token(), f"title=Promise {self.token()}",
            f"by={agency}", "to=office", f"issues={issue}", "said.source=a letter", "due=2021-06-01",
        )  # fmt: skip

    def link(self) -> None:
        self.change("link", self.pick("issues"), "related", self.pick("issues"))

    def rename(self) -> None:
        id = self.pick(self.chance.choice(["issues", "agencies"]))
        if id != "office":
            self.change(
                "rename",
                id,
                self.chance.choice([f"{self.token()}-x", f"named-{self.chance.randint(1, 9)}"]),
            )

    def remove(self) -> None:
        self.change(
            "remove",
            self.pick(self.chance.choice(["commitments", "issues", "agencies"])),
            "-m",
            "Gone",
        )

    def undo(self) -> None:
        self.change("undo", "-m", "Wrong")

    def edit_by_hand(self) -> None:
        """Add a comment and a tag in an editor, and keep that at once or only later."""
        path = self.chance.choice(self.records("issues"))
        text = path.read_text()
        if "x-hand:" not in text and "<<<<" not in text:
            path.write_text(text + f"# Seen by {self.token()}\nx-hand: {self.token()}\n")
        if self.chance.random() < 0.8:
            self.nacoord("commit", "-m", "By hand")

    def be_killed(self) -> None:
        self.change_killed("set", self.pick("issues"), f"summary={self.token()}")

    # What brings them together.

    def sync(self, *, killed: bool = False) -> bool:
        """Sync; settle what it says; tell whether all is in step with the remote."""
        if killed:
            self.change_killed("sync")
            return False
        for _ in range(8):
            ran = self.nacoord("sync")
            if ran.code == 0:
                return True
            if ran.code != 1 or not self.settle(ran):
                return False
        return False

    def settle(self, ran: Ran) -> bool:
        """Do what `sync` says is to be done; tell whether there was something that could be done."""
        if "changed by hand and not committed" in ran.err:
            return self.nacoord("commit", "-m", "By hand").code == 0
        listed = self.nacoord("resolve", "--list", "--json")
        if listed.code == 1:
            return self.choose(json.loads(listed.out)["data"]["disputes"])
        return self.mend(ran.err)

    def choose(self, disputes: list[dict[str, Any]]) -> bool:
        self.disagreements += len(disputes)
        for dispute in disputes:
            each = dispute["disagreement"]
            words = each["remedy"].split("nacoord rename ")
            if each["remedy"].startswith("give yours"):
                here, there = words[1].split(",")[0].split(" ")
                there = f"{self.token()}-mine" if there == "NEW-ID" else there
                return self.change("rename", here, there).code == 0
            if len(words) > 1 and self.chance.random() < 0.5:
                return self.change("rename", each["record"], f"{self.token()}-mine").code == 0
        side = self.chance.choice(["--ours", "--theirs"])
        ran = self.nacoord("resolve", "--all", side)
        return ran.code == 0 or self.mend(ran.err)

    def mend(self, said: str) -> bool:
        """Mend what would be wrong together: an id given twice, a reference to what is gone."""
        for line in said.splitlines():
            if "error[duplicate-id]" in line:
                id = Path(line.split(":", 1)[0]).stem
                return self.change("rename", id, f"{self.token()}-own").code == 0
            if "error[unknown-" in line or "error[wrong-kind]" in line:
                id = line.split('"')[1]
                known = [path for path in self.records() if path.stem == id]
                if known:
                    # They removed it, and it is still needed here.
                    return self.change("set", id, f"summary={self.token()}").code == 0
                gone = git(
                    self.folder, "log", "--diff-filter=D", "--format=%H", "-1", "--", f"*/{id}.yaml"
                )
                return (
                    bool(gone.strip())
                    and self.change("undo", gone.strip(), "-m", "Needed").code == 0
                )
        return False
