"""Very many edits of one text, made at a time as far as they are apart."""

from __future__ import annotations

from bisect import bisect
from bisect import insort
from collections.abc import Callable
from collections.abc import Sequence

from nacoord.model.edit import Edit
from nacoord.model.edit import EditError
from nacoord.model.edit import normal
from nacoord.record import yamltext
from nacoord.record.writing.marks import Marks

Span = tuple[int, int, str]


def made_together(
    text: str, edits: Sequence[Edit], spans_of: Callable[[Marks, Edit], list[Span]]
) -> str:
    """Return a text with edits made in it, as many as don't touch each other at a time.

    A file is read for each time only, so that very many edits of one take no longer than they must.
    Where they get into each other's way, what comes out says something else; the caller has to look.

    Args:
        spans_of: what an edit comes to in a text: from where to where, and what stands there then.
    """
    done = 0
    while done < len(edits):
        document = yamltext.read(text.encode())
        if document.problems:
            return text
        marks = Marks(document.text, document.node)
        found: list[Span] = []
        for edit in edits[done:]:
            try:
                spans = spans_of(marks, normal(document.value, edit))
            except EditError:
                spans = []
            if not spans or any(_touches(found, span) for span in spans):
                break
            for span in spans:
                insort(found, span)
            done += 1
        if not found:
            return text
        parts, at = [], 0
        for start, end, new in found:
            parts += [text[at:start], new]
            at = end
        text = "".join([*parts, text[at:]])
    return text


def _touches(spans: Sequence[Span], span: Span) -> bool:
    """Tell whether a span reaches one of others, which are in order and apart."""
    at = bisect(spans, span)
    return any(
        span[0] <= end and start <= span[1] for start, end, _ in spans[max(0, at - 1) : at + 1]
    )
