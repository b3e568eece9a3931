"""A generated record in git, with a history of any length, made by git fast-import.

Each commit is a change as the tool makes it: one field of one record, a subject in words and the
trailers. The commits are spread over the last three years, so that a day of last year has its own
state of the record.
"""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Iterable
from collections.abc import Iterator
from datetime import date
from datetime import timedelta
from pathlib import Path

from generate import texts
from records.plan import TODAY

FIRST = date(2019, 6, 3)
LAST_YEAR = date(2021, 6, 15)
_OFFICERS = ("Ana Ruiz", "Ben Tran", "Chloé Roy", "Dee Okafor", "Eli Stone", "Fay Quinn")
# Beside these nothing is said of the machine's own settings: no commit waits for a tidying-up.
_SETTINGS = (
    ("user.name", "Bench"),
    ("user.email", "bench@nao.example"),
    ("gc.auto", "0"),
    ("maintenance.auto", "false"),
    ("commit.gpgSign", "false"),
)
_HEALTH = re.compile(r"^health: (\w+)$", re.MULTILINE)
_DUE = re.compile(r"^( *)due: (\d{4}-\d\d-\d\d)$", re.MULTILINE)


def make(folder: Path, size: int, commits: int, seed: int = 7) -> None:
    """Make a record of about `size` records in git, with `commits` changes since it was begun."""
    folder.mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main")
    for name, value in _SETTINGS:
        git(folder, "config", name, value)
    importing = subprocess.Popen(
        ["git", "fast-import", "--quiet"], cwd=folder, stdin=subprocess.PIPE
    )
    assert importing.stdin is not None
    importing.stdin.writelines(_stream(dict(texts(size, seed)), commits, seed))
    importing.stdin.close()
    if importing.wait():
        raise RuntimeError("git fast-import failed; it says above why")
    git(folder, "reset", "-q", "--hard")
    # As `git gc` leaves it; else git would walk the commits slower than in an office's repository.
    git(folder, "commit-graph", "write", "--reachable")


def git(folder: Path, *words: str) -> None:
    """Run git on a folder.

    Raises:
        subprocess.CalledProcessError: when it fails; git has said why.
    """
    subprocess.run(["git", *words], cwd=folder, check=True)


def _stream(files: dict[str, str], commits: int, seed: int) -> Iterator[bytes]:
    rng = random.Random(seed)
    yield _commit(FIRST, 0, _OFFICERS[0], "Begin the record", files.items())
    able = [path for path in files if path.startswith(("issues/", "commitments/"))]
    able = [path for path in able if _DUE.search(files[path]) or _HEALTH.search(files[path])]
    days = (TODAY - FIRST).days - 1
    for number in range(commits):
        # Some records change all the time, most hardly ever.
        path = able[int(len(able) * rng.random() ** 2)]
        files[path], field, said = _change(rng, files[path])
        id = path.split("/")[1].removesuffix(".yaml")
        say = f"{id}: {said}\n\nNacoord-Action: set\nNacoord-Record: {id} {field}"
        day = FIRST + timedelta(1 + number * days // commits)
        yield _commit(day, number, rng.choice(_OFFICERS), say, [(path, files[path])])


def _change(rng: random.Random, text: str) -> tuple[str, str, str]:
    """Return the text with one value moved, the field, and the change in words."""
    health = _HEALTH.search(text)
    due = _DUE.search(text)
    if due and (health is None or rng.random() < 0.4):
        moved = date.fromisoformat(due[2]) + timedelta(rng.choice((-7, 7, 14, 30)))
        field = "next_step" if due[1] else "due"
        line = f"{due[1]}due: {moved}"
        return f"{text[: due.start()]}{line}{text[due.end() :]}", field, f"due {due[2]} → {moved}"
    assert health is not None
    now = rng.choice([each for each in ("green", "amber", "red") if each != health[1]])
    text = f"{text[: health.start()]}health: {now}{text[health.end() :]}"
    return text, "health", f"health {health[1]} → {now}"


def _commit(
    day: date, number: int, officer: str, say: str, files: Iterable[tuple[str, str]]
) -> bytes:
    """Return a commit in the words of git fast-import; the moments of a day run with the number."""
    seconds = (day - date(1970, 1, 1)).days * 86_400 + 12 * 3_600 + number % 20_000
    mail = officer.split(maxsplit=1)[0].lower().replace("é", "e")
    parts = [
        f"commit refs/heads/main\ncommitter {officer} <{mail}@nao.example> {seconds} +0000\n".encode(),
        _data(f"{say}\n"),
    ]
    for path, text in files:
        parts.append(f"M 100644 inline {path}\n".encode())
        parts.append(_data(text))
    return b"".join(parts)


def _data(text: str) -> bytes:
    body = text.encode()
    return b"data %d\n%s\n" % (len(body), body)
