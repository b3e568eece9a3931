"""Remotes for tests: real bare repositories, and offices that are clones of one."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from tests.support.cli import Ran
from tests.support.cli import run
from tests.support.git import git
from tests.support.office import know_me
from tests.support.office import office


def shared(folder: Path, name: str = "shared.git") -> Path:
    """Make an office at an empty bare remote; return the remote. The office is in `ana`."""
    know_me()
    remote = folder / name
    git(folder, "init", "-q", "--bare", "-b", "main", str(remote))
    place = office(folder / "ana")
    git(place, "remote", "add", "origin", str(remote))
    git(place, "config", "user.name", "Ana")
    git(place, "push", "-q", "-u", "origin", "main")
    return remote


def clone(folder: Path, name: str, remote: str = "shared.git") -> Path:
    """Clone a remote for somebody."""
    place = folder / name
    git(folder, "clone", "-q", str(folder / remote), str(place))
    git(place, "config", "user.name", name.capitalize())
    return place


def at(place: Path, *words: str) -> Ran:
    """Run nacoord in an office."""
    return run([*words, "--data", str(place)])


def done(place: Path, *words: str) -> Ran:
    """Run nacoord in an office, where it must work."""
    ran = at(place, *words)
    assert ran.code == 0, ran.err + ran.out
    return ran


def head(place: Path, name: str = "HEAD") -> str:
    """Return a commit's id."""
    return git(place, "rev-parse", name).strip()


def hook(repository: Path, name: str, text: str) -> None:
    """Put a hook into a repository, in the shell."""
    folder = repository / (".git/hooks" if (repository / ".git").is_dir() else "hooks")
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


def untouched(place: Path) -> tuple[object, ...]:
    """Return what a sync that refuses must leave as it is."""
    files = {
        str(file.relative_to(place)): file.read_bytes()
        for file in sorted(place.rglob("*"))
        if file.is_file() and ".git" not in file.parts
    }
    refs = git(place, "for-each-ref", "refs/heads", "refs/remotes", "refs/nacoord/synced")
    return refs, git(place, "status", "--porcelain"), files, (place / ".git/index").read_bytes()


def fake_ssh(folder: Path) -> str:
    """Return a GIT_SSH_COMMAND that runs what it is given here, and notes how it was called."""
    file = folder / "ssh"
    file.write_text(
        f'#!/bin/sh\necho "$@" >> {folder}/called\n'
        'while [ "${1#-}" != "$1" ]; do [ "$1" = -o ] && shift; shift; done\n'
        'host=$1; shift\n[ "$host" = gone ] && { echo "ssh: Could not resolve hostname gone: Name or service not known" >&2; exit 255; }\n'
        'exec sh -c "$*"\n'
    )
    file.chmod(0o755)
    return os.fspath(file)
