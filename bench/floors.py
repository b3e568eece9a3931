"""The floors: what nothing can be faster than, measured beside every command in the same run.

F is the imports of any terminal tool of this sort, P is libyaml composing the same files and no
more. A commit's floor is a bare `git add` and `git commit`, a history's a bare `git log`.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from measure import Work

_COMPOSE = """
import os, sys, yaml
for folder, below, names in os.walk(sys.argv[1]):
    if '.git' in below:
        below.remove('.git')
    for name in names:
        if name.endswith('.yaml'):
            with open(os.path.join(folder, name), 'rb') as file:
                yaml.compose(file, Loader=yaml.CSafeLoader)
"""

EMPTY = Work("an empty Python", (sys.executable, "-c", "pass"), symbol="empty")
TYPER = Work("import typer", (sys.executable, "-c", "import typer"), symbol="typer")
F = Work(
    "import typer, rich.console, rich.table (F)",
    (sys.executable, "-c", "import typer, rich.console, rich.table"),
    symbol="F",
)


def composing(folder: Path) -> Work:
    """Return P: composing the files of a record with libyaml."""
    return Work(
        "libyaml composes the files (P)",
        (sys.executable, "-c", _COMPOSE, str(folder)),
        symbol="P",
    )


def commit(folder: Path, file: str) -> Work:
    """Return a bare add and commit of one file, which is changed beforehand, not in its time."""
    place = folder / file

    def change(number: int) -> None:
        text = place.read_text(encoding="utf-8")
        place.write_text(re.sub(r"(?m)^title: .*", f"title: Bare {number}", text), "utf-8")

    words = f"git add {file} && git commit -q -m bare"
    return Work("git add + git commit", ("sh", "-c", words), symbol="commit", before=change)


def log(file: str) -> Work:
    """Return a bare log of one file, with every change, merges included."""
    return Work(
        "git log -p of the file",
        ("git", "log", "--full-history", "-p", "--", file),
        symbol="log",
    )


def environment() -> dict[str, str]:
    """Return the environment of all that is measured: no setting of this user's takes part."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NACOORD_")}
    return {**kept, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "NO_COLOR": "1"}
