"""Why the index doesn't answer; git does then, and nobody is told."""

from __future__ import annotations


class UnansweredError(Exception):
    """The index can't answer now: it isn't there, is locked, or doesn't know this."""


class DamagedError(UnansweredError):
    """What the index holds is not what was written; it is to be thrown away."""
