"""What git holds, asked of one process for as many things as a question needs."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO

from nacoord.record.git import conversation
from nacoord.record.historyindex.errors import UnansweredError

# So many questions fit into a pipe while git waits for its last answer to be read.
_AT_ONCE = 50
# Contents that are kept at hand: what comes before one change is what came after an older one.
_KEPT_BYTES = 32 * 1024 * 1024


class Objects:
    """A git that answers what an object holds."""

    def __init__(self, asking: IO[bytes], answering: IO[bytes]) -> None:
        self._asking = asking
        self._answering = answering

    def commit(self, name: str) -> str | None:
        """Return the full id of a commit; None when git knows none of that name."""
        if "\n" in name or " " in name:
            return None
        found = list(self._answers([f"{name}^{{commit}}"]))
        return found[0][0] if found[0] else None

    def blobs(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Return the content of blobs.

        Raises:
            UnansweredError: when git lacks one.
        """
        wanted = iter(ids)
        found: dict[str, bytes] = {}
        while some := list(islice(wanted, _AT_ONCE)):
            for id, answer in zip(some, self._answers(some), strict=True):
                if answer is None:
                    raise UnansweredError(f"no blob {id}")
                found[id] = answer[1]
        return found

    def _answers(self, names: list[str]) -> Iterator[tuple[str, bytes] | None]:
        try:
            self._asking.write("".join(f"{name}\n" for name in names).encode())
            self._asking.flush()
            for _ in names:
                words = self._answering.readline().split()
                if len(words) == 3 and words[2].isdigit():
                    size = int(words[2])
                    data = self._answering.read(size + 1)
                    if len(data) != size + 1:
                        raise UnansweredError("git stopped")
                    yield words[0].decode(), data[:-1]
                elif words:
                    yield None
                else:
                    raise UnansweredError("git stopped")
        except OSError as error:
            raise UnansweredError(str(error)) from None


class Contents:
    """What blobs hold, with the last ones kept."""

    def __init__(self, asked: Objects) -> None:
        self._objects = asked
        self._kept: dict[str, bytes] = {}
        self._size = 0

    def of(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Return the content of blobs.

        Raises:
            UnansweredError: when git lacks one.
        """
        wanted = sorted(set(ids))
        found = {id: self._kept.pop(id) for id in wanted if id in self._kept}
        new = self._objects.blobs(id for id in wanted if id not in found)
        self._size += sum(map(len, new.values()))
        # Last used, last in the row.
        self._kept |= found | new
        for id in list(self._kept):
            if self._size <= _KEPT_BYTES:
                break
            self._size -= len(self._kept.pop(id))
        return found | new


@contextmanager
def objects(root: Path) -> Iterator[Objects]:
    """Ask git for objects of the repository around a folder.

    Raises:
        GitError: when git is missing.
    """
    with conversation(root, "cat-file", "--batch") as (asking, answering):
        yield Objects(asking, answering)
