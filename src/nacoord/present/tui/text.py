"""An answer as the lines of a page: what the command of its kind prints at that width, in colour."""

from __future__ import annotations

import re
from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from typing import NamedTuple

from rich.console import Group
from rich.console import RenderableType
from rich.text import Text

from nacoord.desk.listing import Listing
from nacoord.model.errors import NacoordError
from nacoord.model.fault import Fault
from nacoord.present.plain import clean
from nacoord.present.terminal import look
from nacoord.present.terminal.blocks import NARROW
from nacoord.present.terminal.blocks import WIDE
from nacoord.present.terminal.blocks import grid
from nacoord.present.terminal.blocks import stacked
from nacoord.present.terminal.change import change_screen
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import to_text
from nacoord.present.terminal.faults import fault_lines
from nacoord.present.terminal.faults import summary
from nacoord.present.terminal.table import render
from nacoord.present.tui.door import Answer
from nacoord.present.tui.door import Made
from nacoord.present.tui.keys import SECTIONS

# The code of look.ID (ECMA-48, SGR), in which screens paint ids and little else; a record's text has
# no codes, so it can't look so.
_ID = re.compile(r"\x1b\[36m([^\x1b]*)\x1b\[0m")
_CODES = re.compile(r"\x1b\[[0-9;]*m")
_WORD = re.compile(r"[a-z0-9][a-z0-9-]*")
# What a list of issues still shows where it has not room for every column.
_WITHOUT_ROOM = (
    (NARROW, ("id", "priority", "health")),
    (WIDE, ("id", "priority", "health", "title", "next_step.due")),
)
# Screens that have a longer form.
_LONGER = frozenset({"status", "radar"})


class Stop(NamedTuple):
    """A place on a page that names a record: its line, where it begins and ends there, the id."""

    line: int
    start: int
    end: int
    id: str


def answer_text(answer: Answer, style: Style) -> str:
    """Return an answer as text."""
    question = answer.question
    if question.kind == "check":
        return _faults(answer.found, len(answer.snapshot.records), style)
    found = answer.found
    if question.kind == "list":
        found = _fitting(found, style.width)
    longer = question.everything and question.kind in _LONGER
    wanted = {"everything": True} if longer else {}
    return render(question.kind, found, answer.snapshot, style, **wanted)


def _fitting(listing: Listing, width: int) -> Listing:
    """Return a list of issues without the columns that would leave its titles no room."""
    if listing.kind != "issue":
        return listing
    for below, columns in _WITHOUT_ROOM:
        if width < below:
            kept = [listing.columns.index(name) for name in columns]
            rows = tuple([tuple([row[at] for at in kept]) for row in listing.rows])
            return listing._replace(columns=columns, rows=rows)
    return listing


def made_text(made: Made, style: Style) -> str:
    """Return what a change would do as text."""
    said = to_text(Group(*(_line(line, look.DIM) for line in made.said)), style)
    return change_screen(made.outcome, made.commit, made.texts, style) + (said if made.said else "")


def refused_text(error: NacoordError, style: Style) -> str:
    """Return why something was refused as text: the faults, the message, what to do."""
    faults = getattr(error, "faults", ())
    lines: list[RenderableType] = [
        _line(line, look.BAD if number == 0 else "")
        for fault in faults
        for number, line in enumerate(fault_lines(fault))
    ]
    lines.append(_line(error.message, look.LATE))
    lines += [_line(f"  {line}", "") for line in error.hint.splitlines()]
    return to_text(Group(*lines), style)


def keys_text(style: Style) -> str:
    """Return every key and what it does."""
    blocks: list[RenderableType] = []
    for title, keys in SECTIONS:
        blocks += [Text("")] if blocks else []
        blocks.append(look.heading(title))
        if style.width < 48:
            blocks.append(
                stacked([(Text(each.shown, look.ID), [Text(each.says)]) for each in keys])
            )
        else:
            blocks += [
                Text.assemble((f"  {each.shown:<13}", look.ID), each.says, overflow="fold")
                for each in keys
            ]
    return to_text(Group(*blocks), style)


def stops_in(lines: Sequence[str], ids: Collection[str]) -> list[Stop]:
    """Return the places on a page that name a record, in the order in which they are read."""
    found = []
    for number, line in enumerate(lines):
        if "\x1b[36m" not in line:
            continue
        for painted in _ID.finditer(line):
            before = len(_CODES.sub("", line[: painted.start()]))
            for word in _WORD.finditer(painted[1]):
                if word[0] in ids:
                    place = (before + word.start(), before + word.end())
                    found.append(Stop(number, *place, word[0]))
    return found


def _faults(faults: Sequence[Fault], records: int, style: Style) -> str:
    lines: list[RenderableType] = []
    for fault in faults:
        for number, line in enumerate(fault_lines(fault)):
            lines.append(_line(line, look.BAD if number == 0 and fault.severity == "error" else ""))
    return to_text(Group(*lines, _line(summary(faults, records), look.HEADING)), style)


def _line(content: str, style: str) -> Text:
    return Text(clean(content), style, overflow="fold")


def fields_text(named: Mapping[str, str], style: Style) -> str:
    """Return the fields that can be set, and what each means."""
    rows = [(Text(name, look.ID), [Text(says, look.DIM)]) for name, says in named.items()]
    if style.width < NARROW:
        return to_text(stacked(rows), style)
    return to_text(grid([[name, *says] for name, says in rows], flexible=1, fold=True), style)
