"""Histories of any shape for tests, put into git in one process."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path

# 4 January 2021, noon in New York.
START = 1_609_779_600


@dataclass(frozen=True)
class Made:
    """A commit to be made.

    Attributes:
        parents: the places of its parents in the row; none for one that begins a history.
        at: seconds after the start.
        files: what it writes; None removes a file.
    """

    parents: tuple[int, ...]
    at: int
    files: Mapping[str, str | None] = field(default_factory=dict)


def make(folder: Path, row: Sequence[Made], branch: str = "main") -> None:
    """Make commits; the branch is the last of them."""
    told = b""
    for number, made in enumerate(row, 1):
        said = f"commit {number}\n\nwhy \x01 \x02 {number}\n".encode()
        told += b"commit refs/made/%d\nmark :%d\n" % (number, number)
        told += b"committer A. Staffer <a@nao.example> %d -0500\n" % (START + made.at)
        told += b"data %d\n%s\n" % (len(said), said)
        for place, parent in enumerate(made.parents):
            told += b"%s :%d\n" % (b"merge" if place else b"from", parent + 1)
        for path, text in made.files.items():
            data = (text or "").encode()
            told += b"D %s\n" % path.encode() if text is None else b""
            told += b"" if text is None else b"M 100644 inline %s\n" % path.encode()
            told += b"" if text is None else b"data %d\n%s\n" % (len(data), data)
    told += b"reset refs/heads/%s\nfrom :%d\n\n" % (branch.encode(), len(row))
    words = ["git", "fast-import", "--quiet", "--force"]
    subprocess.run(words, cwd=folder, input=told, check=True, capture_output=True)
