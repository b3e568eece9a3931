"""SHA256SUMS, as sha256sum of GNU coreutils writes and checks it: a digest and a path a line."""

from __future__ import annotations

import re
from collections.abc import Mapping

FILE = "SHA256SUMS"

_LINE = re.compile(r"(?P<mark>\\?)(?P<digest>[0-9a-f]{64})  (?P<path>[^\n]+)")


def written(digests: Mapping[str, str]) -> str:
    """Return the text for files with these digests, sorted as LC_ALL=C sorts.

    A path with a backslash is escaped, and its line marked by one, as sha256sum does.
    """
    lines = []
    for path in sorted(digests, key=str.encode):
        mark = "\\" if "\\" in path else ""
        escaped = path.replace("\\", "\\\\")
        lines.append(f"{mark}{digests[path]}  {escaped}\n")
    return "".join(lines)


def read(text: str) -> tuple[dict[str, str], list[int]]:
    """Return the digests by path, and the numbers of the lines that can't be read or come twice."""
    digests: dict[str, str] = {}
    bad = []
    for number, line in enumerate(text.split("\n")[:-1], 1):
        found = _LINE.fullmatch(line)
        path = found["path"] if found else ""
        if found and found["mark"]:
            path = path.replace("\\\\", "\\")
        if not found or path in digests:
            bad.append(number)
        else:
            digests[path] = found["digest"]
    if not text.endswith("\n"):
        bad.append(text.count("\n") + 1)
    return digests, bad
