"""The answer of a sync: what came in, what went out, and what people disagree about."""

from __future__ import annotations

from dataclasses import dataclass

from nacoord.desk.chronicle import Entry
from nacoord.model.merging.disagreement import Dispute


@dataclass(frozen=True, slots=True)
class Passed:
    """Commits that go one way.

    Attributes:
        count: how many they are, without merges.
        entries: those that touch the record, in words, the newest first.
    """

    count: int
    entries: tuple[Entry, ...]

    @property
    def who(self) -> tuple[str, ...]:
        """Who made them, each once, the newest first."""
        return tuple(dict.fromkeys(entry.who for entry in self.entries))

    @property
    def words(self) -> str:
        """How many, as people say it."""
        return counted(self.count)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a sync comes to.

    Attributes:
        remote: the branch there, as `origin/main`.
        url: its address, without a password.
        trial: True when nothing but a fetch was done, as with --dry-run.
        came_in: what is there and was not here.
        went_out: what is here and was not there.
        sent: whether that is there now.
        head: the commit that is checked out now; with `trial` the one before.
        merge: the commit that merged both; None where none was needed, or made.
        disputes: what people disagree about; then nothing was merged or sent.
        unsent: the records that were edited by hand and not committed, so that they stay here.
    """

    remote: str
    url: str
    trial: bool
    came_in: Passed
    went_out: Passed
    sent: bool
    head: str
    merge: str | None
    disputes: tuple[Dispute, ...]
    unsent: tuple[str, ...]


def counted(count: int) -> str:
    """Return a number of changes in words."""
    return "1 change" if count == 1 else f"{count} changes"


def merge_subject(named: str, theirs: int, ours: int) -> str:
    """Return the subject of the commit that merges what came in with what is here."""
    return f"sync: {counted(theirs)} of {named} with {ours} of ours"
