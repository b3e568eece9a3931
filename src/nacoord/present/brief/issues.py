"""The issues by relationship: a paragraph for those that come first, a line for the others."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from itertools import groupby

from nacoord.desk.brief.answer import Brief
from nacoord.desk.brief.standing import Standing
from nacoord.desk.status.raised import Voice
from nacoord.model.office import Office
from nacoord.model.snapshot import Snapshot
from nacoord.present.dates import short
from nacoord.present.document.model import Block
from nacoord.present.document.model import Bullets
from nacoord.present.document.model import Column
from nacoord.present.document.model import Heading
from nacoord.present.document.model import Line
from nacoord.present.document.model import Note
from nacoord.present.document.model import Paragraph
from nacoord.present.document.model import Table
from nacoord.present.document.model import joined
from nacoord.present.document.model import line
from nacoord.present.document.model import record
from nacoord.present.document.model import strong

# On two pages an issue of these has a line of its own.
_NEAR = ("P1", "P2")


def issues(answer: Brief, snapshot: Snapshot) -> Iterator[Block]:
    """Yield where each issue stands, by relationship and theme."""
    office = snapshot.office
    for relationship, of_it in groupby(answer.standings, key=lambda each: each.relationship):
        yield Heading(1, line(office.relationships[relationship].title))
        standings = list(of_it)
        told = standings if answer.full else [each for each in standings if each.first]
        rest = [] if answer.full else [each for each in standings if not each.first]
        if told and not answer.full:
            yield Bullets(tuple(_told(answer, each, office) for each in told))
        for theme, of_theme in groupby(told, key=lambda each: each.theme) if answer.full else ():
            yield Heading(2, line(office.themes.get(theme, theme)))
            for each in of_theme:
                yield Paragraph(_told(answer, each, office))
        near = [each for each in rest if each.priority in _NEAR]
        if near:
            yield _table(answer, near)
        yield from _named([each for each in rest if each.priority not in _NEAR])


def _named(rest: Sequence[Standing]) -> Iterator[Block]:
    """Yield the issues of low priority by name and health."""
    if rest:
        told = [line(record(each.issue), f" {each.health}") for each in rest]
        yield Note(line("P3 or P4 (--full): ", joined(told, ", "), "."))


def _told(answer: Brief, each: Standing, office: Office) -> Line:
    status = f", {each.status}" if each.status != "active" else ""
    under = "" if answer.full else f"; {office.themes.get(each.theme, each.theme)}"
    reason = f" {_sentence(each.health_reason)}" if each.health_reason else ""
    return line(
        strong(each.title),
        " ",
        record(each.issue),
        f" ({each.priority} ",
        strong(each.health),
        f"{status}{under}).",
        f" {_sentence(each.summary)}" if each.summary and answer.full else "",
        reason,
        " Next: ",
        _next(answer, each),
        ".",
        *_voices(answer, "States, cities, tribes", each.states),
        *_voices(answer, "Agencies", each.federal),
        *((" Owner: ", record(each.owner), ".") if each.owner and answer.full else ()),
    )


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _next(answer: Brief, each: Standing) -> Line:
    if not each.next_step:
        return line(strong("no next step"))
    due = short(each.due, answer.today)
    when = strong(f"overdue since {due}") if each.overdue else due
    return line(
        each.next_step,
        *((", ", record(each.who)) if each.who else ()),
        *((", ", when) if each.due else ()),
    )


def _voices(answer: Brief, title: str, voices: Sequence[Voice]) -> Iterator[str | Line]:
    """Yield who holds what; beside others the newest first, and the rest counted."""
    if not voices:
        return
    shown = voices if answer.full else voices[:1]
    yield line(f" {title}: ")
    for at, voice in enumerate(shown):
        yield line("; " if at else "", record(voice.agency), f": {_inner(voice.stance)}")
    yield f" (+{len(voices) - len(shown)})." if len(shown) < len(voices) else "."


def _inner(text: str) -> str:
    return text.strip().removesuffix(".")


def _table(answer: Brief, rest: Sequence[Standing]) -> Table:
    columns = (
        Column("Also", 3),
        Column("State", firm=True),
        Column("Next step", 4),
        Column("Who", 2),
        Column("By", firm=True),
    )
    rows = tuple(
        (
            line(record(each.issue)),
            line(f"{each.priority} {each.health}"),
            line(each.next_step or "none"),
            line(record(each.who)) if each.who else (),
            line(strong(f"late, {short(each.due, answer.today)}"))
            if each.overdue
            else line(short(each.due, answer.today)),
        )
        for each in rest
    )
    return Table(columns, rows)
