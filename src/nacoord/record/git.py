"""The one door to git: fixed arguments, nothing a repository's own configuration could start."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from nacoord.model.errors import NacoordError

_OPTIONS = ("-c", "core.quotePath=off", "-c", "log.showSignature=false", "--no-optional-locks")
_NO_HISTORY = (
    "not a git repository",
    "does not have any commits yet",
    "must be run in a work tree",
    "ambiguous argument 'HEAD'",
    "bad revision 'HEAD'",
)


class GitError(NacoordError):
    """git is missing or says no."""

    exit_code = 4


def git(root: Path, *arguments: str, time_zone: str = "UTC", given: bytes = b"") -> bytes | None:
    """Run git in a folder; return what it printed, or None where there is no history.

    Args:
        time_zone: the zone in which git reads and tells local times (IANA name).
        given: what git reads from its standard input.

    Raises:
        GitError: when git is missing or refuses.
    """
    environment = {**os.environ, "TZ": time_zone, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(
            ["git", *_OPTIONS, *arguments],
            cwd=root,
            env=environment,
            input=given,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise GitError("git is not installed", hint="install git; history comes from it") from None
    except OSError as error:
        raise GitError(f"git can't be run: {error.strerror}") from None
    if done.returncode == 0:
        return done.stdout
    said = done.stderr.decode("utf-8", "replace").strip()
    if any(reason in said for reason in _NO_HISTORY):
        return None
    lines = said.splitlines() or [f"it ended with {done.returncode}"]
    hint = "\n".join(line.strip() for line in lines[1:] if line.strip())
    raise GitError(f"git says no: {lines[0].removeprefix('fatal: ')}", hint=hint)
