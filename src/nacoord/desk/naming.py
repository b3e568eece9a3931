"""Whether a text names a record that may not leave: by its whole title, or by its id.

A title of a few common words can't be told from ordinary text, so only longer ones count, and only ids
of several words. Of the fields that hold ids this says nothing; they are walked by their types.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator

from nacoord.model.folding import fold

# A title of fewer words is too common to be told from ordinary text.
_TELLING = 3
_WORD = re.compile(r"[a-z0-9][a-z0-9-]*")


class Names:
    """The words that name some records."""

    def __init__(self) -> None:
        self._titles: dict[tuple[str, ...], list[tuple[str, str, list[str]]]] = {}
        self._ids: dict[str, str] = {}
        self._whole: set[tuple[str, ...]] = set()

    def add(self, id: str, *, title: str = "", others: Iterable[str] = ()) -> None:
        """Add a record by its id, its title and the ids it had before."""
        for name in (id, *others):
            if "-" in name:
                self._ids[name] = id
        words = _words(title)
        if words:
            self._whole.add(tuple(words))
        if len(words) >= _TELLING:
            known = self._titles.setdefault(tuple(words[:_TELLING]), [])
            if all(entry[0] != id or entry[2] != words for entry in known):
                known.append((id, title, words))

    def is_one(self, name: str) -> bool:
        """Tell whether a name is the title of such a record, however short, or names one."""
        return tuple(_words(name)) in self._whole or any(self.found(name))

    def found(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield the ids of the records that a text names, and the words by which it does."""
        if not self._ids and not self._titles:
            return
        found = {
            self._ids[word]: word
            for each in _WORD.findall(text.lower())
            for word in (each, each.rstrip("-"))
            if word in self._ids
        }
        words = _words(text) if self._titles else []
        for at in range(len(words) - _TELLING + 1):
            for id, title, whole in self._titles.get(tuple(words[at : at + _TELLING]), ()):
                if words[at : at + len(whole)] == whole:
                    found[id] = title
        yield from sorted(found.items())


def _words(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in fold(text)).split()
