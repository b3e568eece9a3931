"""What the app may ask and do. It gets this from cli, and knows neither files nor git nor the day."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any
from typing import Literal
from typing import NamedTuple
from typing import Protocol

from nacoord.model.errors import NacoordError
from nacoord.model.snapshot import Snapshot
from nacoord.present.terminal.console import Style

if TYPE_CHECKING:
    from nacoord.desk.edits.outcome import Outcome

How = Literal["set", "note"]
# `perhaps`: something changed so shortly before it was looked at that it may have changed again since.
Moved = Literal["no", "perhaps", "yes"]


@dataclass(frozen=True, slots=True)
class Question:
    """What a page asks.

    Attributes:
        kind: the answer's kind, as in `nacoord.present.terminal.table`; or `check`.
        scope: the part of the work, None for everything.
        words: what else is said: the words after `list`, the id of a record.
        everything: whether every section is shown whole, as `--all` does.
    """

    kind: str
    scope: str | None = None
    words: str = ""
    everything: bool = False


class Answer(NamedTuple):
    """An answer, and what is said beside it.

    Attributes:
        question: what was asked.
        found: the answer itself.
        snapshot: the record it is of.
        notes: what is said beside it, as of which moment it is.
        alarms: what could not be read and so is missing in it.
    """

    question: Question
    found: Any
    snapshot: Snapshot
    notes: tuple[str, ...] = ()
    alarms: tuple[str, ...] = ()


class Asked(NamedTuple):
    """A change as it was typed.

    Attributes:
        how: whether fields are set or a note is added.
        id: the record.
        text: FIELD=VALUE, one a line; or what the note says.
        why: the reason, which is kept with the change; may be empty.
    """

    how: How
    id: str
    text: str
    why: str


class Made(NamedTuple):
    """A change that was made, or, without a commit, what it would be.

    Attributes:
        outcome: what it comes to.
        commit: its id; empty when it was only tried.
        texts: the files that differ: path, bytes before, bytes after.
        said: what else there is to say, as warnings.
    """

    outcome: Outcome
    commit: str
    texts: Sequence[tuple[str, bytes | None, bytes | None]]
    said: tuple[str, ...]


class Door(Protocol):
    """The record, asked and changed by what `nacoord`'s commands are made of.

    What is refused raises NacoordError, as it does there.
    """

    style: Style
    past: str
    """The moment of --as-of, at which nothing can be changed; empty for now."""

    def moved(self) -> Moved:
        """Tell whether the record, its history or the day changed since this was last asked."""

    def again(self) -> None:
        """Read the record again at the next question."""

    def ask(self, question: Question) -> Answer:
        """Answer a question."""

    def scope(self, word: str) -> str | None:
        """Return the id of the part of the work that a typed word means; None for everything."""

    def record(self, word: str) -> str:
        """Return the id of the record that a typed word means."""

    def fields(self, id: str) -> Mapping[str, str]:
        """Return the fields that a record can have, and what each means."""

    def change(self, asked: Asked, seen: Made | None = None) -> Made:
        """Try a change; or make it, when what it comes to was seen and is still the same."""

    def edit(self, id: str, why: str) -> None:
        """Let the user change a record in the editor, on a terminal of its own."""


class MovedError(NacoordError):
    """A change would not be what was shown of it, since the record changed meanwhile."""
