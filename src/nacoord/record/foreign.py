"""What git would start here because this repository says so, and not the user's own configuration.

A clone brings no configuration and no hooks. A folder that was copied, unpacked or shared does, and
both name programs. A question never starts one of them; a change runs hooks and filters as any commit
does, so `nacoord audit` names them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from nacoord.record.git import GitError
from nacoord.record.git import git
from nacoord.record.recovery import common_folder
from nacoord.record.recovery import git_folder

# Settings that name a program, or a folder of programs (git-config(1)).
_PROGRAMS = re.compile(
    r"""core\.(fsmonitor|hookspath|sshcommand|editor|pager|askpass|gitproxy|alternaterefscommand)
    | sequence\.editor | diff\.external | interactive\.difffilter | uploadpack\.packobjectshook
    | (diff\..+\.(command|textconv)) | ((difftool|mergetool|browser|man)\..+\.(cmd|path))
    | (filter\..+\.(clean|smudge|process)) | (merge\..+\.driver) | gpg\.program
    | (gpg\..+\.program) | gpg\.ssh\.defaultkeycommand | credential\.(.+\.)?helper
    | (remote\..+\.(uploadpack|receivepack|vcs|proxy)) | (trailer\..+\.(command|cmd))
    | (tar\..+\.command) | (pager\..+) | (alias\..+) | (submodule\..+\.update)""",
    re.VERBOSE,
)
_ON_OR_OFF = frozenset({"", "true", "false", "yes", "no", "on", "off", "0", "1"})
_FILTER = re.compile(r"filter\.(?P<name>.+)\.(clean|smudge|process|required)", re.DOTALL)
# What checks signatures, and what git starts where nothing is set.
_SIGNING = {
    "gpg.program": "gpg",
    "gpg.openpgp.program": "gpg",
    "gpg.x509.program": "gpgsm",
    "gpg.ssh.program": "ssh-keygen",
}
_LOCAL = frozenset({"local", "worktree"})


def started(root: Path) -> list[str]:
    """Return what this repository names for git to start: settings, then hooks, as one writes them.

    What `nacoord clone` and `sync` set up themselves is left out, if it starts this very program.

    Raises:
        GitError: when git is missing or refuses.
    """
    from nacoord.record.syncing.setup import wanted

    own = wanted()
    settings = [
        f"{name}={value}"
        for scope, name, value in _settings(root)
        if scope in _LOCAL
        and _PROGRAMS.fullmatch(name.lower())
        and value not in _ON_OR_OFF
        and own.get(name) != value
    ]
    return [*settings, *(f"hook {name}" for name in _hooks(root))]


def unfiltered(root: Path) -> list[str]:
    """Return the settings under which git starts no filter that this repository names.

    Filters that the user's own configuration names, as git-lfs, stay.

    Raises:
        GitError: when git is missing or refuses, or a filter's name can't be said to it.
    """
    shut = dict.fromkeys(
        found["name"]
        for scope, name, _ in _settings(root)
        if scope in _LOCAL and (found := _FILTER.fullmatch(name))
    )
    for name in shut:
        if "=" in name:
            raise GitError(
                f'this repository names a filter "{name}", which can\'t be kept from running',
                hint="see: git config --show-origin --list",
            )
    return [
        f"filter.{name}.{key}"
        for name in shut
        for key in ("clean=", "smudge=", "process=", "required=false")
    ]


def own_signing(root: Path) -> list[str]:
    """Return the settings under which signatures are checked by the user's own programs.

    A program that came with the repository would say of any signature that it is good.

    Raises:
        GitError: when git is missing or refuses.
    """
    said: dict[str, str] = {}
    shut = []
    for scope, name, value in _settings(root):
        if name in _SIGNING and scope in _LOCAL:
            shut.append(name)
        elif name in _SIGNING:
            said[name] = value
    return [f"{name}={said.get(name, _SIGNING[name])}" for name in dict.fromkeys(shut)]


def _settings(root: Path) -> Iterator[tuple[str, str, str]]:
    """Yield scope, name and value of each setting, in the order in which git reads them."""
    told = git(root, "config", "--list", "--show-scope", "--includes", "-z") or b""
    words = told.decode("utf-8", "surrogateescape").split("\0")
    for scope, setting in zip(words[::2], words[1::2], strict=False):
        name, _, value = setting.partition("\n")
        yield scope, name, value


def _hooks(root: Path) -> list[str]:
    folder = git_folder(root)
    if folder is None:
        return []
    place = common_folder(folder) / "hooks"
    try:
        found = sorted(os.scandir(place), key=lambda item: item.name)
    except OSError:
        return []
    return [
        item.name
        for item in found
        if not item.name.endswith(".sample") and item.is_file() and os.access(item.path, os.X_OK)
    ]
