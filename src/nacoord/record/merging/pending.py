"""A merge that waits for a person: with what, and what has been chosen so far.

It is kept in git's folder, never in the record. A choice names the values it was made between, so that
it counts for nothing once a side has changed again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path

from nacoord.model.errors import NacoordError
from nacoord.model.merging.disagreement import Choice
from nacoord.record import disk

_FILE = "disagreements.json"


class PendingUnreadableError(NacoordError):
    """What was chosen so far can't be read."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A merge that waits.

    Attributes:
        theirs: the commit to merge.
        named: what people call where it comes from, as `origin/main`.
        choices: what has been chosen, by the key of the disagreement.
        made: the tree of the merge while it is put into the files of a merge that git began.
        branch: the branch that waits for it; empty where git has begun it.
    """

    theirs: str
    named: str
    choices: Mapping[str, Choice] = field(default_factory=dict)
    made: str = ""
    branch: str = ""


def read(own: Path) -> Pending | None:
    """Return the merge that waits; None when there is none.

    Raises:
        PendingUnreadableError: when the file says nothing that makes sense.
    """
    file = own / _FILE
    try:
        said = json.loads(file.read_bytes())
        choices = {
            key: Choice(each["take"], each["value"]) for key, each in said["choices"].items()
        }
        made, branch = str(said.get("made", "")), str(said.get("branch", ""))
        return Pending(str(said["theirs"]), str(said["named"]), choices, made, branch)
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise PendingUnreadableError(
            "what was chosen between disagreeing values so far can't be read",
            hint=f"choose again, after: rm {file}",
        ) from None


def write(own: Path, pending: Pending) -> None:
    """Keep a merge that waits."""
    choices = {
        key: {"take": each.take, "value": each.value} for key, each in pending.choices.items()
    }
    said = {
        "theirs": pending.theirs,
        "named": pending.named,
        "choices": choices,
        "made": pending.made,
        "branch": pending.branch,
    }
    own.mkdir(exist_ok=True)
    disk.write_whole(own / _FILE, json.dumps(said, ensure_ascii=True, indent=1).encode())


def forget(own: Path) -> None:
    """Forget the merge that waits: it was made, or given up."""
    disk.discard(own / _FILE)
