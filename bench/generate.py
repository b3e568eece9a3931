"""Records of any size for measuring: seeded, linked, of the size people write."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from pathlib import Path

_WORDS = [
    "border",
    "harbor",
    "water",
    "permit",
    "crossing",
    "lumber",
    "quota",
    "treaty",
    "round",
    "review",
    "notice",
    "ministry",
    "governor",
    "county",
    "tribe",
    "bridge",
    "pipeline",
    "vaccine",
    "supply",
    "labor",
    "petition",
    "panel",
    "remedy",
    "clock",
    "deadline",
    "answer",
]
# Of a hundred records, how many are of each kind: what a real office has.
_SHARES = {
    "issues": 10,
    "agencies": 30,
    "people": 8,
    "commitments": 30,
    "engagements": 14,
    "actions": 6,
    "clocks": 2,
}
_OFFICE = """\
format: 1
name: Measured office
own_agency: agency-00000
lockstep_agency: agency-00001
relationships:
  mexico: {title: Mexico, countries: [MX]}
  canada: {title: Canada, countries: [CA]}
themes: {trade: Trade, water: Water, labor: Labor, security: Security}
"""


def generate(folder: Path, size: int, seed: int = 7) -> None:
    """Write a record of about `size` records that passes `check`."""
    rng = random.Random(seed)
    counts = {kind: max(3, size * share // 100) for kind, share in _SHARES.items()}
    for kind, count in counts.items():
        (folder / kind).mkdir(parents=True, exist_ok=True)
        for number in range(count):
            text = globals()[f"_{kind}"](rng, number, counts)
            (folder / kind / f"{_ID[kind]}-{number:05}.yaml").write_text(text)
    (folder / "nacoord.yaml").write_text(_OFFICE)


_ID = {
    "issues": "issue",
    "agencies": "agency",
    "people": "person",
    "commitments": "promise",
    "engagements": "meeting",
    "actions": "action",
    "clocks": "clock",
}


def _say(rng: random.Random, words: int) -> str:
    return " ".join(rng.choice(_WORDS) for _ in range(words)).capitalize()


def _day(rng: random.Random) -> str:
    return f"20{rng.randint(19, 22)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"


def _pick(rng: random.Random, kind: str, counts: dict[str, int]) -> str:
    return f"{_ID[kind]}-{rng.randrange(counts[kind]):05}"


def _issues(rng: random.Random, number: int, counts: dict[str, int]) -> str:
    parties = {_pick(rng, "agencies", counts) for _ in range(10)}
    return (
        f"title: {_say(rng, 4)}\nsummary: {_say(rng, 25)}\nrelationships: [{rng.choice(['mexico', 'canada'])}]\n"
        f"theme: {rng.choice(['trade', 'water', 'labor', 'security'])}\npriority: P{rng.randint(1, 4)}\n"
        f"status: {rng.choice(['active', 'monitoring', 'resolved', 'dropped'])}\nhealth: {rng.choice(['green', 'amber', 'red'])}\n"
        f"health_reason: {_say(rng, 8)}\nleads:\n  foreign: {_pick(rng, 'agencies', counts)}\n  domestic: {_pick(rng, 'agencies', counts)}\n"
        f"owner: {_pick(rng, 'people', counts)}\nparties:\n"
        + "".join(f"  - agency: {party}\n    role: support\n" for party in sorted(parties))
        + f"next_step:\n  what: {_say(rng, 6)}\n  who: {_pick(rng, 'agencies', counts)}\n  due: {_day(rng)}\n"
        f"success: {_say(rng, 15)}\nlinks:\n  - to: issue-{(number + 1) % counts['issues']:05}\n    kind: related\n    because: {_say(rng, 8)}\n"
        f"clocks:\n  - clock: {_pick(rng, 'clocks', counts)}\n    started: {_day(rng)}\nsources:\n  - cite: {_say(rng, 6)}\n    confidence: high\n"
    )


def _agencies(rng: random.Random, number: int, counts: dict[str, int]) -> str:
    level = (
        "federal"
        if number < 2
        else rng.choice(["federal", "state", "local", "foreign", "congress"])
    )
    return (
        f"title: {_say(rng, 3)} {number}\nsummary: {_say(rng, 15)}\nlevel: {level}\nsphere: both\n"
        f"country: {'MX' if level == 'foreign' else 'US'}\naliases: [A{number}, {_say(rng, 2)} {number} office]\ncadence_days: 30\n"
        f"positions:\n  - issue: {_pick(rng, 'issues', counts)}\n    stance: {_say(rng, 9)}\n    since: {_day(rng)}\n    confidence: medium\n"
    )


def _people(rng: random.Random, number: int, counts: dict[str, int]) -> str:
    return f"title: {_say(rng, 3)}\nagency: {_pick(rng, 'agencies', counts)}\nrole: {_say(rng, 4)}\nportfolio: [{_pick(rng, 'issues', counts)}]\n"


def _commitments(rng: random.Random, number: int, counts: dict[str, int]) -> str:
    return (
        f"title: {_say(rng, 6)}\nsummary: {_say(rng, 20)}\nby: [{_pick(rng, 'agencies', counts)}]\nto: [{_pick(rng, 'agencies', counts)}]\n"
        f"issues: [{_pick(rng, 'issues', counts)}]\nmandate: {_say(rng, 4)}\ndue: {_day(rng)}\n"
        f"status: {rng.choice(['open', 'met', 'missed', 'met'])}\nevidence:\n  - what: {_say(rng, 5)}\nsources:\n  - cite: {_say(rng, 6)}\n"
    )


def _engagements(rng: random.Random, number: int, counts: dict[str, int]) -> str:
    return (
        f"title: {_say(rng, 5)}\ntype: call\ndate: {_day(rng)}\nwith: [{_pick(rng, 'agencies', counts)}]\n"
        f"issues: [{_pick(rng, 'issues', counts)}]\noutcomes:\n  - what: {_say(rng, 12)}\n"
    )


def _actions(rng: random.Random, number: int, counts: dict[str, int]) -> str:
    return (
        f"title: {_say(rng, 5)}\nsummary: {_say(rng, 14)}\nby: [{_pick(rng, 'agencies', counts)}]\nwhen: {_day(rng)}\n"
        f"issues: [{_pick(rng, 'issues', counts)}]\ntell:\n  - who: {_pick(rng, 'agencies', counts)}\n    by: {_day(rng)}\n"
    )


def _clocks(rng: random.Random, number: int, counts: dict[str, int]) -> str:
    return f"title: {_say(rng, 4)}\ncitation: {_say(rng, 3)}\nsteps:\n  - name: first\n    days: 30\n  - name: second\n    after: first\n    days: 45\n"


if __name__ == "__main__":
    generate(Path(sys.argv[1]), int(sys.argv[2]))


def begin(folder: Path) -> None:
    """Put a generated record in git."""
    settings = (("user.name", "Bench"), ("user.email", "bench@nao.example"))
    _git(folder, "init", "-q", "-b", "main")
    for name, value in settings:
        _git(folder, "config", name, value)
    _git(folder, "add", "-A")
    _git(folder, "commit", "-q", "-m", "Begin the record")


def lengthen(folder: Path, commits: int, seed: int = 7) -> None:
    """Add commits to a record's history, each a change of one issue's health, by git fast-import."""
    rng = random.Random(seed)
    files = sorted((folder / "issues").glob("*.yaml"))
    texts = {file: file.read_text(encoding="utf-8") for file in files}
    parts = []
    for number in range(commits):
        file = rng.choice(files)
        health = rng.choice(("green", "amber", "red"))
        text = re.sub(r"(?m)^health: .*$", f"health: {health}  # {number}", texts[file])
        data, say = text.encode(), f"{file.stem}: health {health}\n".encode()
        when = 1_500_000_000 + number * 60
        start = b"from refs/heads/main^0\n" if number == 0 else b""
        parts.append(
            b"commit refs/heads/main\ncommitter Bench <bench@nao.example> %d +0000\ndata %d\n%s%s"
            b"M 100644 inline issues/%s\ndata %d\n%s\n"
            % (when, len(say), say, start, file.name.encode(), len(data), data)
        )
    subprocess.run(["git", "fast-import", "--quiet"], cwd=folder, input=b"".join(parts), check=True)
    _git(folder, "reset", "-q", "--hard")


def _git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True)
