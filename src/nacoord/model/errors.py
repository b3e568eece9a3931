"""The root of every exception nacoord raises on purpose.

Subclasses live beside the code that raises them. Faults in a user's data are not
exceptions: they are values (`nacoord.model.fault`).
"""

from __future__ import annotations


class NacoordError(Exception):
    """Work can't go on; the boundary in `cli` prints this and exits.

    Attributes:
        message: one sentence that says what happened, and where.
        hint: the next thing to type or do; empty when there is none.
        exit_code: the process's exit status (DESIGN: 1 refused, 2 usage, 3 unreadable,
            4 git or disk).
    """

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "", exit_code: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        if exit_code is not None:
            self.exit_code = exit_code


class UsageError(NacoordError):
    """What was typed can't be understood: an unknown scope, field, date or id."""

    exit_code = 2


class PastError(UsageError):
    """A change is asked of what was."""

    def __init__(self) -> None:
        super().__init__("what was can't be changed", hint="leave out --as-of")


class MissingLibraryError(NacoordError):
    """The library of an extra is not installed."""

    def __init__(self, what: str, extra: str, *, instead: str = "") -> None:
        hint = f"pip install 'nacoord[{extra}]'" + (f"; or {instead}" if instead else "")
        super().__init__(f"{what} needs a library that is not installed", hint=hint)
