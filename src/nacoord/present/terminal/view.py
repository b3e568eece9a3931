"""One record, field by field, and what refers to it."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from rich.console import Group
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from nacoord.desk.view import View
from nacoord.model.declare import Declared
from nacoord.model.kinds.base import file_order
from nacoord.model.kinds.issue import Party
from nacoord.model.references import references
from nacoord.model.snapshot import Snapshot
from nacoord.present.plain import clean
from nacoord.present.terminal import look
from nacoord.present.terminal.blocks import join
from nacoord.present.terminal.blocks import stacked
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import to_text
from nacoord.present.terminal.listing import shown
from nacoord.present.terminal.look import heading
from nacoord.present.terminal.look import text

_LABEL = 14
# What stands above the fields.
_IN_HEAD = frozenset({"title", "summary", "marking"})
# Below this a label gets a line of its own.
_NARROW = 60


def render(answer: View, snapshot: Snapshot, style: Style) -> str:
    """Return the record as text."""
    record = answer.record
    head = [
        heading(record.title),
        join(
            [text(record.id, look.ID), text(answer.kind), text(record.marking), text(answer.file)],
            " · ",
        ),
    ]
    blocks: list[RenderableType] = [*head, Text("")]
    if record.summary:
        blocks += [*_paragraphs(record.summary), Text("")]
    ids = frozenset(ref.id for ref in references(record) if ref.id in snapshot.records)
    named = {info.key: name for name, info in type(record).model_fields.items()}
    for key in file_order(type(record)):
        name = named[key]
        if name in _IN_HEAD or name not in record.model_fields_set:
            continue
        info = type(record).model_fields[name]
        lines = list(_lines(getattr(record, name), snapshot, ids))
        if lines:
            blocks.append(_field(info.key, lines, style.width))
    for key, value in record.extras.items():
        blocks.append(_field(key, list(_lines(value, snapshot, frozenset())), style.width))
    if answer.referrers:
        blocks += [Text(""), heading("Referred to by"), _referrers(answer)]
    return to_text(Group(*blocks), style)


def _paragraphs(content: str) -> list[RenderableType]:
    return [Text(clean(part), overflow="fold") for part in content.strip().splitlines()]


def _field(label: str, lines: list[Text], width: int) -> RenderableType:
    for line in lines:
        line.overflow = "fold"
    name = text(label.replace("_", " "), look.DIM)
    if width < _NARROW:
        return Group(name, *(Padding(line, (0, 0, 0, 2)) for line in lines))
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=_LABEL, overflow="fold")
    table.add_column(overflow="fold")
    table.add_row(name, Group(*lines))
    return table


def _lines(value: Any, snapshot: Snapshot, ids: Collection[str]) -> Iterator[Text]:
    """Yield the lines of a field's value; what refers to another record is painted as its id."""
    if isinstance(value, tuple) and value and isinstance(value[0], Party):
        for role, parties in groupby(sorted(value, key=_rank), key=lambda party: party.role):
            named = Text(", ").join(_named(party.agency, ids) for party in parties)
            yield text(f"{role}:").append(" ").append_text(named)
    elif isinstance(value, tuple) and value and isinstance(value[0], Declared):
        for item in value:
            yield _entry(item, ids, "- ")
    elif isinstance(value, tuple):
        yield Text(", ").join(_named(shown(item), ids) for item in value)
    elif isinstance(value, Declared):
        yield _entry(value, ids, "")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield text(f"{key}: {shown(item)}")
    elif isinstance(value, str) and "\n" in value.strip():
        yield from (Text(clean(line)) for line in value.strip().splitlines())
    elif value is not None:
        content = shown(value)
        name = snapshot.name(content) if content in snapshot.records else ""
        line = text(content, look.ID if content in ids else look.HEALTH.get(content, ""))
        yield Text.assemble(line, " ", text(f"({name})")) if name else line


def _named(content: str, ids: Collection[str]) -> Text:
    return text(content, look.ID if content in ids else "")


def _rank(party: Party) -> int:
    return ("lead", "support", "inform").index(party.role)


def _entry(item: Declared, ids: Collection[str], bullet: str) -> Text:
    """Return an entry on one line: its first field bare, the others with their names."""
    parts: list[Text] = []
    for name, info in type(item).model_fields.items():
        value = getattr(item, name)
        if value in (None, (), "") or value is False:
            continue
        if isinstance(value, Declared):
            content = _entry(value, ids, "")
        elif isinstance(value, tuple):
            content = Text(", ").join(
                _entry(part, ids, "") if isinstance(part, Declared) else _named(shown(part), ids)
                for part in value
            )
        else:
            content = _named(shown(value), ids)
        parts.append(Text.assemble(f"{info.key}: ", content) if parts or not bullet else content)
    return Text.assemble(bullet, Text("; ").join(parts))


def _referrers(answer: View) -> RenderableType:
    rows = []
    for kind, referrers in groupby(answer.referrers, key=lambda referrer: referrer.kind):
        details = [
            join([text(item.id, look.ID), text(item.title), text(f"({item.field})", look.DIM)])
            for item in referrers
        ]
        rows.append((text(kind, look.DIM), details))
    return stacked(rows)
