"""What a change comes to: its subject, and each record's fields before and after."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from typing import Any
from typing import Literal

from nacoord.desk.wording import sentence
from nacoord.model.difference import FieldChange
from nacoord.model.difference import difference
from nacoord.model.kinds.table import BY_FOLDER
from nacoord.model.kinds.table import KINDS
from nacoord.model.marking import DEFAULT
from nacoord.model.marking import PATTERN
from nacoord.model.marking import UNKNOWN
from nacoord.model.marking import highest
from nacoord.model.proposal import Proposal
from nacoord.model.proposal import Rename

# What is kept with the records and is none, by its folder.
_OTHERS = {"briefs": "brief"}


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One record of a change.

    Attributes:
        id: its id; after a rename the new one.
        kind: its kind.
        what: whether it came, went or changed.
        was: the id it had before, if that is another.
        fields: what differs; for a record that came or went, nothing.
        title: what it is called.
        marking: the highest marking that it had, before or after.
        hidden: the highest marking of each field that had one of its own, before or after.
    """

    id: str
    kind: str
    what: Literal["new", "changed", "removed", "renamed"]
    was: str | None
    fields: tuple[FieldChange, ...]
    title: str
    marking: str = DEFAULT
    hidden: Mapping[str, str] = field(default_factory=dict)

    def words(self, limit: int = 44) -> str:
        """Return what happened to it, without its id."""
        if self.what == "new":
            return f"new {self.kind} “{self.title}”"
        if self.what == "removed":
            return f"removed {self.kind} “{self.title}”"
        if self.what == "renamed":
            rest = [each for each in self.fields if each.field != "formerly"]
            return f"was {self.was}" + (f", {sentence(rest, limit)}" if rest else "")
        return sentence(self.fields, limit)


def leading(changes: Sequence[RecordChange]) -> tuple[Sequence[RecordChange], int]:
    """Return the changes worth telling one by one, and how many records merely follow a rename."""
    swaps = [(each.was, each.id) for each in changes if each.was]
    told = [each for each in changes if not _follows(each, swaps)]
    return told, len(changes) - len(told)


def _follows(change: RecordChange, swaps: Sequence[tuple[str, str]]) -> bool:
    """Tell whether a record changed in nothing but the id of one that was renamed."""
    ids = {id for swap in swaps for id in swap}
    return (
        change.what == "changed"
        and bool(swaps)
        and all(
            not ids.isdisjoint(each.entry.split()) or (each.old, each.new) in swaps
            for each in change.fields
        )
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a change comes to."""

    action: str
    subject: str
    changes: tuple[RecordChange, ...]

    @property
    def records(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The ids it changed, with the names of their fields, as the trailers say them."""
        return tuple((each.id, field_names(each)) for each in self.changes)

    @property
    def renamed(self) -> tuple[tuple[str, str], ...]:
        """Old and new ids."""
        return tuple((each.was, each.id) for each in self.changes if each.was)


def field_names(change: RecordChange) -> tuple[str, ...]:
    """Return the names of the fields that a change of one record touches, each once."""
    return tuple(dict.fromkeys(each.field for each in change.fields))


def outcome(proposals: Sequence[Proposal], pairs: Mapping[str, tuple[Any, ...]]) -> Outcome:
    """Return what proposals come to.

    Args:
        proposals: what was proposed.
        pairs: the value of each file that differs, before and after, by path.
    """
    renamed = {
        step.old: step.new for each in proposals for step in each.steps if isinstance(step, Rename)
    }
    changes = record_changes(pairs, renamed)
    action = proposals[0].action if len(proposals) == 1 else "batch"
    subject = proposals[0].subject if len(proposals) == 1 else ""
    return Outcome(action, subject or subject_of(changes), changes)


def record_changes(
    pairs: Mapping[str, tuple[Any, ...]], renamed: Mapping[str, str]
) -> tuple[RecordChange, ...]:
    """Return what happened to each record, from its files before and after."""
    # What only keeps an empty folder in git is no record.
    told = {path: values for path, values in pairs.items() if not path.endswith("/.gitkeep")}
    by_id = {id_of(path): (path, *values) for path, values in told.items()}
    came_from = {new: old for old, new in renamed.items() if old in by_id and new in by_id}
    gone = set(came_from.values())
    changes = []
    for id, (path, old, new) in by_id.items():
        if id in gone:
            continue
        was = came_from.get(id)
        before = by_id[was][1] if was else old
        folder = path.split("/")[0]
        kind = BY_FOLDER[folder].name if folder in BY_FOLDER else _OTHERS.get(folder, "office")
        what: Literal["new", "changed", "removed", "renamed"] = (
            "renamed"
            if was
            else "new"
            if before is None
            else "removed"
            if new is None
            else "changed"
        )
        fields = tuple(difference(before, new)) if what in ("changed", "renamed") else ()
        shown = new if isinstance(new, dict) else before if isinstance(before, dict) else {}
        # An office has a name.
        title = str(shown.get("title") or shown.get("name", ""))
        marking, hidden = _markings(before, new)
        changes.append(RecordChange(id, kind, what, was, fields, title, marking, hidden))
    return tuple(changes)


def _markings(*values: Any) -> tuple[str, dict[str, str]]:
    """Return the highest marking of versions of a record, and of each field of its own marking.

    A version that can't be read, or whose marking is none, could hold anything: it counts as the
    highest there is.
    """
    own: list[str] = []
    fields: dict[str, list[str]] = {}
    for value in values:
        if value is None:
            continue
        whole = value if isinstance(value, dict) else {"marking": ""}
        own.append(_known(whole.get("marking", DEFAULT)))
        if set(whole) == {"text"}:
            own.append(UNKNOWN)
        marked = whole.get("field_markings") or {}
        for name, marking in marked.items() if isinstance(marked, dict) else ():
            fields.setdefault(str(name), []).append(_known(marking))
    return highest(own), {name: highest(each) for name, each in fields.items()}


def _known(marking: Any) -> str:
    return marking if isinstance(marking, str) and re.fullmatch(PATTERN, marking) else UNKNOWN


def subject_of(changes: Sequence[RecordChange]) -> str:
    """Return a change in one line, like speech."""
    if len(changes) == 1:
        return f"{changes[0].id}: {changes[0].words()}"
    for what in ("new", "removed"):
        if all(each.what == what for each in changes):
            kinds = Counter(each.kind for each in changes)
            counted = ", ".join(_counted(kind, count) for kind, count in kinds.items())
            return f"{len(changes)} {what} records: {counted}"
    said = {each.words() for each in changes}
    ids = [each.id for each in changes]
    shown = ", ".join(ids[:4]) + (f" and {len(ids) - 4} more" if len(ids) > 4 else "")
    if len(said) == 1:
        return f"{shown}: {said.pop()}"
    names = list(dict.fromkeys(name for each in changes for name in field_names(each)))
    return f"{shown}: {', '.join(names[:4]) or 'changed'}" + (" and more" if len(names) > 4 else "")


def _counted(kind: str, count: int) -> str:
    """Return how many of a kind: `1 agency`, `2 agencies`."""
    many = KINDS[kind].folder if kind in KINDS else f"{kind}s"
    return f"{count} {kind if count == 1 else many}"


def id_of(path: str) -> str:
    """Return the id that a path of the record stands for.

    What is no record goes by its path, as `nacoord.yaml` and the saved briefs do.
    """
    folder, slash, name = path.rpartition("/")
    return name.removesuffix(".yaml") if slash and folder not in _OTHERS else path
