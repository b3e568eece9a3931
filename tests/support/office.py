"""A record in real git, with its first commit made: what writes are tested on."""

from __future__ import annotations

import os
from pathlib import Path

from tests.support.git import git
from tests.support.records import BASE
from tests.support.records import write

CONFIG = "[user]\n\tname = B. Staffer\n\temail = b@nao.example\n[init]\n\tdefaultBranch = main\n"


def know_me(name: str = "B. Staffer") -> None:
    """Tell git who the test is, in the test's own home."""
    Path(os.environ["HOME"], ".gitconfig").write_text(CONFIG.replace("B. Staffer", name))


def office(folder: Path) -> Path:
    """Make a small record in git, clean and committed."""
    know_me()
    write(folder, BASE)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Begin the record")
    return folder


def state(folder: Path) -> tuple[str, str, dict[str, bytes]]:
    """Return everything a change could touch: the head, what git sees as different, all files."""
    files = {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and ".git" not in file.parts
    }
    return git(folder, "rev-parse", "HEAD"), git(folder, "status", "--porcelain"), files
