"""Which changes hold a line that matches: git says it once, and the index keeps it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from nacoord.record.git import git
from nacoord.record.historyindex.errors import UnansweredError
from nacoord.record.historyindex.index import Index
from nacoord.record.recovery import prefix_of

# So many different questions are kept; the program asks fewer.
_MOST = 8


def matching(root: Path, index: Index, pattern: str, *, new_too: bool) -> dict[str, list[int]]:
    """Return the commits that changed a line which a pattern matches, for each file.

    Args:
        root: the record's folder.
        index: the index, which holds all commits that can be asked for.
        pattern: a POSIX extended regular expression.
        new_too: whether files that came count too.

    Raises:
        UnansweredError: when git must answer.
    """
    store = index.store
    name = "changing-" + sha256(f"{new_too} {pattern}".encode()).hexdigest()[:16]
    told = store.part(name)
    count, heads, found = json.loads(told) if told else (0, [], {})
    if count == store.state.count:
        return dict(found)
    for commit, paths in _asked(root, store.state.heads, heads, pattern, new_too=new_too):
        number = store.number(commit)
        if number is None:
            raise UnansweredError("git tells of a commit that the index doesn't hold")
        for path in paths:
            found.setdefault(path, []).append(number)
    _keep(index, name, json.dumps([store.state.count, store.state.heads, found]).encode())
    return dict(found)


def _asked(
    root: Path, heads: list[str], known: list[str], pattern: str, *, new_too: bool
) -> Iterator[tuple[str, list[str]]]:
    words = [
        "log", "--full-history", "--no-renames", "--no-ext-diff", "--no-textconv",
        "--text", "--diff-merges=combined", "--name-only", "-z", "--format=/%H",
        f"--diff-filter={'AM' if new_too else 'M'}", f"-G{pattern}",
    ]  # fmt: skip
    told = git(root, *words, *heads, "--not", *known, "--", ".") or b""
    prefix = prefix_of(root)
    # No path begins with a slash.
    for part in told.decode("utf-8", "surrogateescape").removeprefix("/").split("\0/"):
        commit, *paths = part.split("\0")
        if commit:
            names = [path.removeprefix("\n").removeprefix(prefix) for path in paths if path]
            yield commit, names


def _keep(index: Index, name: str, data: bytes) -> None:
    """Keep an answer, unless somebody else writes or has written since."""
    store, count = index.store, index.store.state.count
    store.end()
    with suppress(UnansweredError):
        store.begin_writing()
        if store.state.count == count:
            old = [each for each in store.state.sums if each.startswith("changing-")]
            for each in old[: max(0, len(old) - _MOST + 1)]:
                store.drop(each)
            store.put(name, data)
            store.commit()
    store.end()
    store.begin()
