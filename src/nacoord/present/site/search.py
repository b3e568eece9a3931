"""The page of search: a list of every record, and an index of the words in them.

The index holds for each word in which records it stands, by their places in the list; words are folded,
so that `quebec` finds Québec. It is a block of JSON, which no browser runs.
"""

from __future__ import annotations

import json
import string
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from nacoord.desk.lookup import names
from nacoord.desk.site.answer import Site
from nacoord.desk.texts import texts
from nacoord.model.folding import fold
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.table import KINDS
from nacoord.model.kinds.table import kind_of
from nacoord.present.plain import clean
from nacoord.present.site.links import Links

# What stands at the ends of words and is not searched for.
_ENDS = string.punctuation + "“”‘’«»–—…"
_DIGITS = string.digits + string.ascii_lowercase


@dataclass(frozen=True, slots=True)
class Listed:
    """A record in the list."""

    title: Markup
    id: str
    kind: str
    others: list[str]


def listed(site: Site, link: Links) -> list[tuple[str, list[Listed]]]:
    """Return every record that has a page, by kind."""
    found: dict[str, list[Listed]] = {name: [] for name in KINDS}
    for record in _records(site):
        others = [name for name in names(record) if name not in (record.id, record.title)]
        kind = kind_of(record).name
        found[kind].append(Listed(link.title(record.id), record.id, kind, others))
    return [(KINDS[kind].folder, records) for kind, records in found.items() if records]


def index(site: Site) -> Markup:
    """Return the index as JSON that can stand in HTML: the words, and for each the records it is in.

    Of the places only the steps are kept, in base 36.
    """
    places: dict[str, list[int]] = {}
    for at, record in enumerate(_records(site)):
        for word in set(_words(record)):
            places.setdefault(word, []).append(at)
    vocabulary = sorted(places)
    steps = (" ".join(_steps(places[word])) for word in vocabulary)
    data = json.dumps(
        {"words": " ".join(vocabulary), "places": ";".join(steps)}, separators=(",", ":")
    )
    # In a script's text only `<` could end it or begin a comment (HTML, section 13.2.5.4).
    return Markup(data.replace("<", "\\u003c"))  # noqa: S704


def _records(site: Site) -> list[Record]:
    """Return the records in the order of the list: by kind, then by id."""
    order = list(KINDS)
    found = [record for id, record in site.snapshot.records.items() if id in site.pages]
    return sorted(found, key=lambda record: (order.index(kind_of(record).name), record.id))


def _words(record: Record) -> Iterator[str]:
    """Yield the words of a record, folded; what can't be shown is in them as it is shown."""
    for text in (*names(record), *(text for _, text in texts(record))):
        for word in fold(clean(text)).split():
            bare = word.strip(_ENDS)
            if bare:
                yield bare


def _steps(places: list[int]) -> Iterator[str]:
    before = 0
    for place in places:
        yield _base36(place - before)
        before = place


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits or "0"
