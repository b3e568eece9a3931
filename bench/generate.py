"""Records of any size for measuring: seeded, linked, of the sizes and shapes that people write.

    python bench/generate.py FOLDER SIZE

What takes part in a screen matters more than bytes: most of what is past is done with, as in an
office that has kept its record for ten years; a few agencies are in everything and most in little;
a word that is looked for stands in a few of a hundred records. All of it passes `nacoord check`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path

from records.clock import clock
from records.dealings import action
from records.dealings import commitment
from records.dealings import engagement
from records.issue import THEMES
from records.issue import issue
from records.parties import agency
from records.parties import person
from records.plan import Plan
from records.plan import name
from records.plan import plan
from records.words import Writer

WRITERS: dict[str, Callable[[Plan, int], str]] = {
    "issues": issue,
    "agencies": agency,
    "people": person,
    "commitments": commitment,
    "engagements": engagement,
    "actions": action,
    "clocks": clock,
}
_OFFICE = """\
format: 1
name: Measured office
time_zone: America/New_York
own_agency: agency-00000
lockstep_agency: agency-00001
relationships:
  mexico: {title: Mexico, countries: [MX]}
  canada: {title: Canada, countries: [CA]}
  trilateral: {title: North America, countries: [CA, MX]}
"""


def texts(size: int, seed: int = 7) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each file of a record of about `size` records."""
    themes = ", ".join(f"{theme}: {theme.title()}" for theme in THEMES)
    yield "nacoord.yaml", f"{_OFFICE}themes: {{{themes}}}\n"
    made = plan(Writer(seed), size)
    for folder, write in WRITERS.items():
        for number in range(made.counts[folder]):
            yield f"{folder}/{name(folder, number)}.yaml", write(made, number)


def generate(folder: Path, size: int, seed: int = 7) -> None:
    """Write a record of about `size` records that passes `check`."""
    for kind in WRITERS:
        (folder / kind).mkdir(parents=True, exist_ok=True)
    for path, text in texts(size, seed):
        (folder / path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    generate(Path(sys.argv[1]), int(sys.argv[2]))
