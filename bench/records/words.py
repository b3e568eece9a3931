"""The text of generated records: a wide vocabulary, used as people use words, a few often and most seldom."""

from __future__ import annotations

import random
import textwrap
from datetime import date
from datetime import timedelta
from pathlib import Path

# Words of the office, commonest first; what is made of syllables below stands for names of places,
# firms and people, each of them rare.
_OFFICE = (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").split()
_SYLLABLES = [
    "ta",
    "mo",
    "ra",
    "sel",
    "ver",
    "quin",
    "tla",
    "cón",
    "dor",
    "bé",
    "lis",
    "wen",
    "nor",
    "ham",
    "pue",
    "tzi",
    "lán",
    "gar",
    "ést",
    "mi",
    "cho",
    "nez",
    "osa",
    "bec",
]
_RARE = 4_000
# Drawn once; a text is a stretch of it. Drawing each word anew would take most of the time.
_DRAWN = 300_000


class Writer:
    """Writes what people write, the same each time for the same seed."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        vocabulary = [*_OFFICE, *self._rare()]
        # Zipf's law: the nth word is used about a nth as often as the first.
        weights = [1 / (rank + 8) for rank in range(len(vocabulary))]
        weights[len(_OFFICE) :] = [weight / 2 for weight in weights[len(_OFFICE) :]]
        self._drawn = self.rng.choices(vocabulary, weights, k=_DRAWN)

    def _rare(self) -> list[str]:
        return [
            "".join(self.rng.choices(_SYLLABLES, k=self.rng.randint(2, 4))) for _ in range(_RARE)
        ]

    def count(self, usual: float, most: int) -> int:
        """Return a length as lists have: mostly about the usual, now and then many times that."""
        return min(most, int(self.rng.lognormvariate(0, 0.7) * usual))

    def say(self, usual: int, least: int = 2) -> str:
        """Return a text of about so many words."""
        words = max(least, self.count(usual, usual * 6))
        return self._stretch(words)

    def call(self, usual: int) -> str:
        """Return a title of about so many words."""
        return self._stretch(max(2, usual + self.rng.randint(-2, 3)))

    def _stretch(self, words: int) -> str:
        start = self.rng.randrange(_DRAWN - words)
        text = " ".join(self._drawn[start : start + words])
        return text[0].upper() + text[1:]

    def block(self, key: str, text: str) -> str:
        """Return `key: text`, folded over several lines where it is long, as people write it."""
        if len(text) < 90:
            return f"{key}: {text}\n"
        lines = textwrap.wrap(text, 96)
        return f"{key}: >-\n" + "".join(f"  {line}\n" for line in lines)

    def chance(self, share: float) -> bool:
        """Return true in that share of the cases."""
        return self.rng.random() < share

    def day(self, first: date, last: date) -> date:
        """Return a day between two."""
        return first + timedelta(self.rng.randrange((last - first).days + 1))
