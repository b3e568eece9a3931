"""Faults as lines that people and editors read.

The first line is an interface: `FILE:LINE:COLUMN: error[CODE]: MESSAGE`.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

from nacoord.model.fault import Fault
from nacoord.present.plain import clean
from nacoord.present.plain import one_line

# Enough of a long line to see where the caret points.
_WIDTH = 100


def fault_lines(fault: Fault) -> Iterator[str]:
    """Yield the lines of one fault: the message, the source line, a caret, the hint."""
    origin = fault.origin
    place = f":{origin.line}:{origin.column}" if origin.line else ""
    message = one_line(fault.message)
    joined = f"; {fault.hint}" if fault.hint.startswith("did you mean") else ""
    yield f"{one_line(origin.file)}{place}: {fault.severity}[{fault.code}]: {message}{one_line(joined)}"
    if origin.line and origin.source is not None and origin.source.strip():
        yield from _excerpt(origin.source, origin.column or 1, origin.width, origin.line)
    if fault.hint and not joined:
        yield f"  = {one_line(fault.hint)}"


def _excerpt(source: str, column: int, width: int, line: int) -> Iterator[str]:
    start = max(0, column - 1 - _WIDTH // 2) if len(source) > _WIDTH else 0
    shown = source[start : start + _WIDTH]
    before = clean(shown[: column - 1 - start].replace("\t", " "))
    under = clean(shown[column - 1 - start : column - 1 - start + width])
    gutter = f"{line:>5} | "
    lead, tail = "…" if start else "", "…" if start + _WIDTH < len(source) else ""
    yield f"{gutter}{lead}{clean(shown.replace(chr(9), ' '))}{tail}"
    carets = "^" * max(1, _cells(under))
    yield f"{' ' * 5} | {' ' * (_cells(before) + len(lead))}{carets}"


def _cells(text: str) -> int:
    """Return how many columns a text takes on a terminal; wide characters take two."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def summary(faults: Sequence[Fault], records: int) -> str:
    """Return the last line of a check: how many faults, in how many files."""
    if not faults:
        return f"{records:,} records, no fault"
    errors = sum(fault.severity == "error" for fault in faults)
    counts = [(errors, "error"), (len(faults) - errors, "warning")]
    words = " and ".join(f"{count} {word}{'s' * (count != 1)}" for count, word in counts if count)
    files = len({fault.origin.file for fault in faults})
    return f"{words} in {files} file{'s' * (files != 1)}, {records:,} records read"
