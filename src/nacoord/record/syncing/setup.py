"""What git must know of a record so that its own merges go by field, too.

`nacoord sync` merges by itself and needs none of this; `git merge` and `git pull` do.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from nacoord.record import disk
from nacoord.record.git import asked
from nacoord.record.merging.driver import command
from nacoord.record.repository import Repository
from nacoord.record.syncing.config import Config

ATTRIBUTES = ".gitattributes"
# The pattern has no slash, so it counts in all folders of the record.
LINE = "*.yaml merge=nacoord"
_TEXT = f"""\
# git merges records by field, with the driver that nacoord sets up in each clone.
{LINE}
"""


def wanted() -> dict[str, str]:
    """Return the settings of git for a repository with a record."""
    return {
        "merge.nacoord.name": "records, field by field",
        "merge.nacoord.driver": command(_program()),
        # Records look alike: git would take an edit of one for that of another it guesses renamed.
        "merge.renames": "false",
    }


def _program() -> list[str]:
    return ["nacoord"] if shutil.which("nacoord") else [sys.executable, "-m", "nacoord"]


def set_up(repository: Repository, settings: Config) -> list[str]:
    """Set what is lacking of git's settings; return the names of what was set.

    A driver that is there already is left, as is what a person has said of renames.
    """
    lacking = {key: value for key, value in wanted().items() if settings.get(key) is None}
    for key, value in lacking.items():
        repository.write("config", "--local", key, value)
    return list(lacking)


def has_attributes(repository: Repository) -> bool:
    """Tell whether git merges records with our driver, as the files here say (gitattributes(5))."""
    words = ("check-attr", "-z", "merge", "--", "issues/any-issue.yaml")
    return asked(repository.root, *words).out.split(b"\0")[2:3] == [b"nacoord"]


def add_attributes(root: Path) -> bool:
    """Write the attributes into a record's folder; tell whether anything was written.

    What the file says already is kept.
    """
    file = root / ATTRIBUTES
    known = file.read_text(encoding="utf-8") if file.exists() else ""
    if LINE in known.splitlines():
        return False
    gap = "" if not known or known.endswith("\n") else "\n"
    disk.write_whole(file, f"{known}{gap}{_TEXT}".encode())
    return True
