"""Real git for tests, with authors and dates that are always the same."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

NOON = "2021-01-18T12:00:00-05:00"


def git(folder: Path, *words: str, on: str = NOON, who: str = "A. Staffer") -> str:
    """Run git in a folder; fail loudly when it fails."""
    environment = {
        **os.environ,
        "GIT_AUTHOR_NAME": who,
        "GIT_AUTHOR_EMAIL": "a@nao.example",
        "GIT_COMMITTER_NAME": who,
        "GIT_COMMITTER_EMAIL": "a@nao.example",
        "GIT_AUTHOR_DATE": on,
        "GIT_COMMITTER_DATE": on,
    }
    done = subprocess.run(
        ["git", *words], cwd=folder, env=environment, check=True, capture_output=True
    )
    return done.stdout.decode()


def commit_all(folder: Path, subject: str, on: str = NOON, who: str = "A. Staffer") -> None:
    """Commit everything in a folder."""
    git(folder, "add", "-A", on=on)
    git(folder, "commit", "-q", "-m", subject, on=on, who=who)
