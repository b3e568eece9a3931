"""Fault codes explained, for `nacoord explain` and for docs/faults.md."""

from __future__ import annotations

from nacoord.model.faultcodes import FAULT_CODES
from nacoord.model.faultcodes.code import FaultCode
from nacoord.present.plain import clean

# An example line longer than this shows nothing more by its length.
_LONG = 100


def explanation(row: FaultCode) -> str:
    """Return what a code means, with its examples, as plain text."""
    where = "In the record's folder" if row.shell else f"In {row.file}"
    return (
        f"{row.severity}[{row.code}]\n\n{row.summary} {row.why}\n\n"
        f"{where}, this has it:\n\n{_indented(row.bad)}\n"
        f"{'This' if row.shell else 'and this'} doesn't:\n\n{_indented(row.good)}"
    )


def _indented(example: str) -> str:
    return "".join(f"    {line}\n" for line in _cut(example).split("\n"))


def overview() -> str:
    """Return every code with its summary, one a line."""
    width = max(map(len, FAULT_CODES))
    return "".join(f"{row.code:<{width}}  {row.summary}\n" for row in _sorted())


def _sorted() -> list[FaultCode]:
    return sorted(FAULT_CODES.values(), key=lambda row: row.code)


def page() -> str:
    """Return docs/faults.md: every code as `explain` shows it."""
    parts = [
        "# Fault codes\n\n"
        "<!-- Written by `make golden` from src/nacoord/model/faultcodes; don't edit. -->\n\n"
        "What `nacoord check` can find, as `nacoord explain CODE` shows it. Each example is run by a test.\n"
    ]
    for row in _sorted():
        language = "sh" if row.shell else "yaml"
        where = "" if row.shell else f" in `{row.file}`"
        bad, good = (f"```{language}\n{_cut(example)}\n```\n" for example in (row.bad, row.good))
        parts.append(
            f"\n## {row.code}\n\n{row.summary} ({row.severity}) {row.why}\n\n"
            f"With the fault{where}:\n\n{bad}\nWithout it:\n\n{good}"
        )
    return "".join(parts)


def _cut(example: str) -> str:
    lines = clean(example).rstrip("\n").split("\n")
    return "\n".join(line if len(line) <= _LONG else line[:_LONG] + "…" for line in lines)
