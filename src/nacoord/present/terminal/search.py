"""What a search found: the record, and the words around the hit."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from nacoord.desk.search import Hit
from nacoord.desk.search import Hits
from nacoord.model.folding import fold
from nacoord.model.snapshot import Snapshot
from nacoord.present.plain import one_line
from nacoord.present.terminal import look
from nacoord.present.terminal.blocks import join
from nacoord.present.terminal.blocks import stacked
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import to_plain
from nacoord.present.terminal.console import to_text
from nacoord.present.terminal.look import text

_AROUND = 36
_INDENT = 4


def render(answer: Hits, snapshot: Snapshot, style: Style) -> str:
    """Return the hits as text, best first."""
    if not answer.hits:
        return ""
    needles = [fold(word) for phrase in answer.words for word in phrase.split()]
    if not style.color:
        return to_plain(_plain(answer, needles), style)
    rows = []
    for hit in answer.hits:
        head = join(
            [text(hit.id, look.ID), text(hit.kind, look.DIM), _lit(hit.title, needles)], "  "
        )
        rows.append((head, [_context(hit, needles)]))
    return to_text(stacked(rows, indent=_INDENT), style)


def _plain(answer: Hits, needles: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines without colour, and how far each is indented."""
    for hit in answer.hits:
        yield 0, "  ".join([word for word in (hit.id, hit.kind, one_line(hit.title)) if word])
        if hit.field:
            yield _INDENT, f"{one_line(hit.field)}: {one_line(_part(hit, needles))}"


def _context(hit: Hit, needles: list[str]) -> Text:
    if not hit.field:
        return Text("")
    return join([text(f"{hit.field}:", look.DIM), _lit(_part(hit, needles), needles)])


def _part(hit: Hit, needles: list[str]) -> str:
    """Return the words around the hit."""
    plain = one_line(hit.text)
    folded = fold(plain)
    at = next((folded.find(needle) for needle in needles if needle in folded), 0)
    start, end = max(0, at - _AROUND), at + 2 * _AROUND
    return ("…" if start else "") + plain[start:end] + ("…" if end < len(plain) else "")


def _lit(plain: str, needles: list[str]) -> Text:
    """Return text with the words that were looked for in bold."""
    found = text(plain)
    folded = fold(found.plain)
    if len(folded) == len(found.plain):
        for needle in needles:
            at = folded.find(needle)
            while at >= 0 and needle:
                found.stylize("bold", at, at + len(needle))
                at = folded.find(needle, at + 1)
    return found
