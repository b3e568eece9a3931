"""Did you mean: the known word that is nearest to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable

from nacoord.model.folding import fold

# Below this likeness (0 to 100, rapidfuzz's ratio) a guess confuses more than it helps.
_LIKELY = 62


def closest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Return the known words nearest to one, best first; none when nothing is near."""
    from rapidfuzz import fuzz
    from rapidfuzz import process

    found = process.extract(
        word, list(known), processor=fold, scorer=fuzz.ratio, score_cutoff=_LIKELY, limit=most
    )
    return [name for name, score, _ in found if score >= found[0][1] - 12]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `did you mean "x"?`, or an empty text when nothing is near."""
    guesses = closest(word, known)
    if not guesses:
        return ""
    quoted = [f'"{guess}"' for guess in guesses]
    words = quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + f" or {quoted[-1]}"
    return f"did you mean {words}?"
