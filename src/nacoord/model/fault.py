"""Faults: what is wrong in a user's data, as values that are collected, never raised."""

from __future__ import annotations

from typing import Literal
from typing import NamedTuple

Severity = Literal["error", "warning"]
Path = tuple[str | int, ...]


class Origin(NamedTuple):
    """Where in the record set something stands.

    Attributes:
        file: path relative to where the user stands, as it should be printed.
        line: 1-based line, or None while only the field is known.
        column: 1-based column, counted in characters.
        source: the text of that line, for the excerpt under the message.
        width: how many characters of the line the fault spans.
    """

    file: str
    line: int | None = None
    column: int | None = None
    source: str | None = None
    width: int = 1


class Fault(NamedTuple):
    """One thing wrong in the data.

    Attributes:
        code: a row of `nacoord.model.faultcodes`, as in `unknown-agency`.
        severity: an error makes `check` fail; a warning does not, unless `--strict`.
        message: what is wrong, in one line, naming the value.
        origin: where; its line is filled in from `field` by the record layer.
        hint: what to do about it; may be empty.
        record: the id of the record it is in, when that is known.
        field: the path to the value inside the record, as `("leads", "foreign")`.
        unread: True when the record could not be read at all because of it.
        on_key: the caret belongs under the key of `field`, not under its value.
    """

    code: str
    severity: Severity
    message: str
    origin: Origin
    hint: str = ""
    record: str | None = None
    field: Path = ()
    unread: bool = False
    on_key: bool = False

    def at(self, origin: Origin) -> Fault:
        """Return the same fault with another origin."""
        return self._replace(origin=origin)


def dotted(field: Path) -> str:
    """Write a path as a person would: `("milestones", 0, "due")` is `milestones[0].due`."""
    text = ""
    for part in field:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
