"""MANIFEST.json: what an archive says of itself, for programs."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from nacoord.record.archive.held import Held

FILE = "MANIFEST.json"
# Raised when a key is removed or changes its meaning; adding one does not.
VERSION = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the verification needs of a manifest.

    Attributes:
        commit: the commit whose files are in record/.
        prefix: the record's folder in the repository, with a / at the end unless empty.
        refs: the refs of the history, with what each points to.
        commits: how many commits there are.
    """

    commit: str
    prefix: str
    refs: dict[str, str]
    commits: int


def written(held: Held, office: str, marking: str, nacoord: str) -> bytes:
    """Return the text of a manifest; the same for the same commit and the same nacoord."""
    whole = {
        "archive": VERSION,
        "nacoord": nacoord,
        "office": office,
        "marking": marking,
        "commit": held.commit,
        "branch": held.branch,
        "record": held.prefix,
        "first_commit": held.first.isoformat(),
        "last_commit": held.last.isoformat(),
        "commits": held.commits,
        "files": len(held.files),
        "links": list(held.links),
        "refs": dict(sorted(held.refs.items())),
    }
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def read(data: bytes) -> Manifest:
    """Return what a manifest says.

    Raises:
        ValueError: when it is none, or of a version that this nacoord doesn't read.
    """
    try:
        whole = json.loads(data)
        if whole["archive"] != VERSION:
            raise ValueError(f"it is of version {whole['archive']}; this nacoord reads {VERSION}")
        found = Manifest(whole["commit"], whole["record"], dict(whole["refs"]), whole["commits"])
    except (KeyError, TypeError, RecursionError, UnicodeDecodeError, json.JSONDecodeError):
        raise ValueError("it is no manifest of an archive") from None
    ids = [found.commit, *found.refs.values()]
    if not all(isinstance(id, str) and re.fullmatch("[0-9a-f]{40}|[0-9a-f]{64}", id) for id in ids):
        raise ValueError("it names commits that are none")
    if not isinstance(found.prefix, str):
        raise ValueError("it is no manifest of an archive")
    return found
