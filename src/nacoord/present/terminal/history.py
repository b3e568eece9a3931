"""The screens of history: by day, by record, by line, between two moments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Any

from rich.console import Group
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from nacoord.desk.edits.outcome import leading
from nacoord.desk.wording import follow_words
from nacoord.model.snapshot import Snapshot
from nacoord.present.plain import clean
from nacoord.present.plain import one_line
from nacoord.present.terminal import look
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import to_text

if TYPE_CHECKING:
    from nacoord.desk.chronicle import BlamedLine
    from nacoord.desk.chronicle import Entry
    from nacoord.desk.edits.outcome import RecordChange
    from nacoord.model.difference import FieldChange

_MANY = 12


def log(answer: Sequence[Entry], snapshot: Snapshot, style: Style) -> str:
    """Return changes by day."""
    return to_text(Group(*(by_day(answer) or [Text("no changes", look.DIM)])), style)


def by_day(entries: Sequence[Entry]) -> list[RenderableType]:
    """Return changes under a heading a day, as lines."""
    blocks: list[RenderableType] = []
    day = None
    for entry in entries:
        if entry.on != day:
            blocks += [Text("")] if day else []
            blocks.append(look.heading(f"{entry.on:%A} {entry.on}"))
            day = entry.on
        blocks += _entry_lines(entry)
    return blocks


def _entry_lines(entry: Entry) -> list[RenderableType]:
    lines: list[RenderableType] = []
    told, followers = leading(entry.records)
    shown = told[:_MANY] or entry.records[:_MANY]
    if not entry.action and not entry.merge:
        lines.append(_indented(_head(entry, f"“{entry.subject}” (by hand)"), 2))
    elif followers and told:
        lines.append(_indented(_head(entry, entry.subject), 2))
        lines.append(_indented(Text(follow_words(followers), look.DIM), 4))
        shown = told[:_MANY] if len(told) > 1 else []
    elif len(entry.records) > 1 or entry.merge:
        lines.append(_indented(_head(entry, entry.subject), 2))
    if lines:
        for each in shown:
            lines.append(_indented(_named(each), 4))
    else:
        first = _named(shown[0])
        lines.append(_indented(_head(entry, first), 2))
    if len(told) > _MANY:
        rest = f"and {len(told) - _MANY} more records"
        lines.append(_indented(Text(rest, look.DIM), 4))
    if entry.why:
        lines += [_indented(Text(one_line(line), look.DIM), 4) for line in entry.why.splitlines()]
    return lines


def _head(entry: Entry, said: Text | str) -> Text:
    words = said if isinstance(said, Text) else Text(one_line(said))
    line = Text(f"{entry.commit[:7]} ", look.ID)
    line += words
    line += Text(f"  {one_line(entry.who)}", look.DIM)
    return line


def _named(change: RecordChange) -> Text:
    line = Text(f"{one_line(change.id)}: ", "bold")
    line += Text(one_line(change.words(72)))
    return line


def _indented(line: Text, by: int) -> RenderableType:
    line.overflow = "fold"
    return Padding(line, (0, 0, 0, by))


def history(answer: Sequence[Entry], snapshot: Snapshot, style: Style) -> str:
    """Return one record's history, every value in full."""
    blocks: list[RenderableType] = []
    for entry in answer:
        blocks += [Text("")] if blocks else []
        verb = "merge" if entry.merge else one_line(entry.action) or "by hand"
        head = look.heading(f"{entry.on}")
        head += Text(f"  {one_line(entry.who)}  {verb}  ")
        head += Text(entry.commit[:10], look.ID)
        blocks.append(head)
        why = entry.why or ("" if entry.action else entry.subject)
        blocks += [_indented(Text(one_line(line), look.DIM), 2) for line in why.splitlines()]
        for change in entry.records:
            if not change.fields and change.what != "renamed":
                blocks.append(_indented(Text(one_line(change.words())), 2))
            if change.what == "renamed":
                blocks.append(_indented(Text(one_line(f"was {change.was}")), 2))
            blocks += [line for each in change.fields for line in _field(each)]
    return to_text(Group(*(blocks or [Text("no such change", look.DIM)])), style)


def _field(change: FieldChange) -> list[RenderableType]:
    name = Text(one_line(change.field) or "record", "bold")
    if change.entry and change.old is not None and change.new is not None:
        name += Text(f" [{one_line(change.entry)}]")
    old, new = _shown(change.old), _shown(change.new)
    if change.old is None:
        return [_indented(name + Text("  ") + Text(f"+ {new}", look.GOOD), 2)]
    if change.new is None:
        return [_indented(name + Text("  ") + Text(f"− {old}", look.BAD), 2)]
    if len(old) + len(new) < 48:
        return [_indented(name + Text(f"  {old} → {new}"), 2)]
    return [
        _indented(name, 2),
        _indented(Text(f"− {old}", look.BAD), 4),
        _indented(Text(f"+ {new}", look.GOOD), 4),
    ]


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return one_line(", ".join(f"{key}: {_shown(each)}" for key, each in value.items()))
    if isinstance(value, list):
        return one_line(", ".join(_shown(each) for each in value))
    return one_line(str(value))


def blame(answer: Sequence[BlamedLine], snapshot: Snapshot, style: Style) -> str:
    """Return every line of a record with who last set it, and below why."""
    width = max((len(one_line(line.entry.who)) for line in answer if line.entry), default=6)
    width = min(width, 10 if style.width < 72 else 18)
    blocks: list[RenderableType] = []
    reasons: dict[str, Entry] = {}
    for line in answer:
        entry = line.entry
        if entry:
            reasons.setdefault(entry.commit, entry)
            who = one_line(entry.who)
            who = who if len(who) <= width else who[: width - 1] + "…"
            left = f"{entry.commit[:7]} {who:<{width}} "
            left += f"{entry.on} " if style.width >= 72 else ""
        else:
            left = f"{'-' * 7} {'(edited)':<{width}} " + (f"{'':10} " if style.width >= 72 else "")
        # A text's own style would be that of all that is added to it.
        blocks.append(_beside(Text.assemble((left, look.DIM), clean(line.text)), style))
    blocks.append(Text(""))
    for commit, entry in reasons.items():
        why = f": {' '.join(entry.why.split())}" if entry.why else ""
        reason = Text(f"{commit[:7]} ", look.ID)
        reason += Text(one_line(f"{entry.subject}{why}"))
        reason.overflow = "fold"
        blocks.append(reason)
    return to_text(Group(*blocks), style)


def _beside(line: Text, style: Style) -> Text:
    if style.terminal:
        # In a pipe a line is a line; a terminal shows what fits.
        line.no_wrap, line.overflow = True, "ellipsis"
        line.truncate(style.width, overflow="ellipsis")
    else:
        line.no_wrap, line.overflow = True, "ignore"
    return line


def diff(answer: Sequence[RecordChange], snapshot: Snapshot, style: Style) -> str:
    """Return what differs, record by record."""
    blocks: list[RenderableType] = []
    for change in answer:
        line = Text(one_line(change.id), look.ID)
        if change.what == "changed":
            blocks += [line, *(each for one in change.fields for each in _field(one))]
            continue
        line += Text("  ")
        line += Text(one_line(change.words(72)))
        line.overflow = "fold"
        blocks.append(line)
    return to_text(Group(*(blocks or [Text("no difference", look.DIM)])), style)
