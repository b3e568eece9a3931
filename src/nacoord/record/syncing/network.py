"""git over the network: never asking a person, only by known protocols, and failing in words."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from nacoord.model.errors import NacoordError
from nacoord.record.git import GitError
from nacoord.record.git import How
from nacoord.record.git import Said
from nacoord.record.git import asked
from nacoord.record.repository import Repository
from nacoord.record.syncing.config import Config
from nacoord.record.syncing.upstream import redacted
from nacoord.record.syncing.upstream import typed

# What git may start or open; ext:: would run any command (git-remote-ext(1)).
_PROTOCOLS = ("file", "git", "http", "https", "ssh")
_SSH = (
    "ssh -o BatchMode=yes -o ConnectTimeout=15 -o ServerAliveInterval=15 -o ServerAliveCountMax=4"
)
_SETTINGS = (
    # A transfer that stands still ends; a slow one does not.
    "http.lowSpeedLimit=1", "http.lowSpeedTime=60", "credential.interactive=false",
    # What came is on the disk before a branch goes there: git leaves small files to the system.
    "core.fsync=committed,reference", "core.fsyncMethod=batch",
)  # fmt: skip
_AWAY = re.compile(
    r"resolve host|timed out|Connection refused|Connection reset|Connection closed"
    r"|Network is unreachable|No route to host|Failed to connect|Couldn't connect"
    r"|not appear to be a git repository|does not exist|No such file or directory"
    r"|hung up unexpectedly|early EOF|unexpected disconnect|Empty reply|returned error: 5\d\d"
    r"|Could not read from remote|Operation too slow|not a git repository|unable to connect",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"Authentication failed|could not read (Username|Password)|terminal prompts disabled"
    r"|Permission denied|Host key verification failed|returned error: 40[13]|Access denied"
    r"|not authori[sz]ed|invalid credentials|dubious ownership",
    re.IGNORECASE,
)


# Of what the remote itself says each line begins with its name.
_FULL = re.compile(rb"(?!remote:).*(No space left|Disk quota exceeded|Read-only file system)")


class UnreachableError(NacoordError):
    """A remote can't be reached, or doesn't let us in.

    Attributes:
        reason: what was said of it, in one line.
    """

    exit_code = 4

    def __init__(self, message: str, *, reason: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.reason = reason


class RemoteRefusedError(NacoordError):
    """A remote said no."""


def reach(root: Path, settings: Config, *words: str, own: Sequence[str] = ()) -> Said:
    """Run a git that talks with a remote; it never asks a person for anything.

    Args:
        own: more configuration for this run.

    Raises:
        GitError: when git is missing.
    """
    return asked(root, *words, **_how(settings, own))


def reach_with(
    repository: Repository, settings: Config, *words: str, own: Sequence[str] = ()
) -> Said:
    """Run a git that talks with a remote and changes something here; what it locks is known as ours.

    The arguments are those of `reach`.

    Raises:
        GitError: when git is missing.
    """
    return repository.said(*words, **_how(settings, own))


def _how(settings: Config, own: Sequence[str]) -> How:
    return {
        "settings": (*_SETTINGS, *own),
        "transports": _allowed(),
        "environment": _environment(settings),
    }


def _allowed() -> str:
    wanted = os.environ.get("GIT_ALLOW_PROTOCOL", "").split(":")
    return ":".join(each for each in _PROTOCOLS if wanted == [""] or each in wanted)


def _environment(settings: Config) -> dict[str, str]:
    given: dict[str, str] = {}
    own = "GIT_SSH_COMMAND" in os.environ or "GIT_SSH" in os.environ
    if not own and settings.get("core.sshcommand") is None:
        given["GIT_SSH_COMMAND"] = _SSH
    return given


def words_of(said: Said) -> list[str]:
    """Return what git and the remote said, in lines without addresses' passwords."""
    lines = redacted(said.err.decode("utf-8", "replace")).replace("\r", "\n").splitlines()
    kept = (line.removeprefix("remote:").strip() for line in lines)
    return [line for line in kept if line]


def failure(said: Said, url: str) -> NacoordError:
    """Return why a remote gave no answer, as an error to raise."""
    url = redacted(url)
    lines = words_of(said)
    text = "\n".join(lines)
    reason = _reason(lines) or f"git ended with {said.code}"
    if any(_FULL.match(line) for line in said.err.splitlines()):
        return GitError(
            f"the disk here is full or can't be written: {reason}", hint="nothing was changed"
        )
    if "hash algorithm" in text or "mismatched algorithms" in text:
        return RemoteRefusedError(
            f"{url} can't go with this repository: one of them is of sha1, the other of sha256",
            hint="make the remote with the same: git init --bare --object-format=sha1 DIR",
            exit_code=4,
        )
    if "transport '" in text and "not allowed" in text:
        return RemoteRefusedError(
            f"{url} is no address that nacoord uses",
            hint="it fetches from a folder, or by ssh, https, http or git",
        )
    if _CLOSED.search(text):
        return UnreachableError(
            f"{url} doesn't let us in: {reason}",
            reason=reason,
            hint=f"try: git ls-remote {typed(url)}\nit shows what is asked for, as a password or a key",
        )
    if _AWAY.search(text):
        return UnreachableError(f"{url} can't be reached: {reason}", reason=reason)
    return RemoteRefusedError(f"{url} says no: {reason}", hint="\n".join(lines), exit_code=4)


def _reason(lines: Sequence[str]) -> str:
    """Return the line that says why; what ssh says tells more than what git makes of it."""
    for start in ("ssh: ", "fatal: ", ""):
        for line in lines:
            if line.startswith(start) and "Could not read from remote" not in line:
                said = line.removeprefix(start)
                return re.sub(r"^unable to access '[^']*': ", "", said).rstrip(".")
    return ""
