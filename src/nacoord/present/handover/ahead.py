"""What is owed, what is expected and untold, and what the days ahead hold."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from typing import get_args

from nacoord.desk.handover.answer import Handover
from nacoord.desk.handover.promises import Promise
from nacoord.desk.handover.promises import Relation
from nacoord.desk.handover.telling import Expected
from nacoord.present.dates import short
from nacoord.present.document.model import Block
from nacoord.present.document.model import Column
from nacoord.present.document.model import Heading
from nacoord.present.document.model import Line
from nacoord.present.document.model import Paragraph
from nacoord.present.document.model import Table
from nacoord.present.document.model import joined
from nacoord.present.document.model import line
from nacoord.present.document.model import record
from nacoord.present.document.model import records
from nacoord.present.document.model import strong


def promises(answer: Handover) -> Iterator[Block]:
    """Yield the open promises, the overdue first, in a table for each reason why they are here."""
    if not answer.promises:
        yield Paragraph(line("None is open."))
        return
    for relation in get_args(Relation):
        found = [each for each in answer.promises if each.relation == relation]
        if found:
            yield Heading(2, _title(answer, relation))
            yield _promises(answer, found, whose=relation == "on the issues")


def _title(answer: Handover, relation: Relation) -> Line:
    if relation == "on the issues":
        return line("On these issues")
    what = "Owed by" if relation == "owed by" else "Owed to"
    if answer.post:
        bodies = dict.fromkeys([answer.post.agency, *answer.post.agencies])
        return line(f"{what} ", records(bodies), ", on other issues" if answer.portfolio else "")
    return line(f"{what} it")


def _promises(answer: Handover, promises: Sequence[Promise], *, whose: bool) -> Table:
    columns = (
        Column("Due", firm=True),
        *((Column("Whose", firm=True),) if whose else ()),
        Column("Promise", 4),
        Column("By", 2),
        Column("To", 2),
    )
    rows = tuple(
        (
            _due(answer, promise),
            *((line(promise.side),) if whose else ()),
            line(f"{promise.title} ", record(promise.commitment)),
            records(promise.by),
            records(promise.to),
        )
        for promise in promises
    )
    return Table(columns, rows)


def _due(answer: Handover, promise: Promise) -> Line:
    if promise.due is None:
        return line("no date")
    due = short(promise.due, answer.today)
    late = promise.days is not None and promise.days < 0
    return line(strong(f"{due}, late")) if late else line(due)


def expected(answer: Handover) -> Iterator[Block]:
    """Yield the actions that are expected, and who has not heard of them."""
    if not answer.expected:
        yield Paragraph(line("No action is expected."))
        return
    columns = (
        Column("When", firm=True),
        Column("What", 3),
        Column("By", 1),
        Column("Still to be told", 4),
    )
    rows = tuple(
        (
            line(short(each.when, answer.today)),
            line(f"{each.title} ", record(each.action)),
            records(each.by),
            _untold(answer, each),
        )
        for each in answer.expected
    )
    yield Table(columns, rows)


def _untold(answer: Handover, each: Expected) -> Line:
    days: dict[tuple[str, bool], list[str]] = {}
    for entry in each.untold:
        days.setdefault((short(entry.by, answer.today), entry.late), []).append(entry.who)
    told = []
    for (day, late), who in days.items():
        by = f" by {day}" if day else ""
        told.append(line(records(who), strong(f"{by}, late") if late else by))
    if not told:
        said = f"nobody; {each.told} told" if each.told else "nobody is named"
        told.append(line(said))
    if each.uncleared:
        told.append(line("not cleared by ", records(each.uncleared)))
    return joined(told, "; ")


def coming(answer: Handover) -> Iterator[Block]:
    """Yield what is dated in the days ahead."""
    if not answer.coming:
        yield Paragraph(line("Nothing is dated in these days."))
        return
    columns = (
        Column("When", firm=True),
        Column("Sort", firm=True),
        Column("What", 4),
        Column("Who", 3),
    )
    rows = tuple(
        (
            line(short(each.when, answer.today)),
            line(each.kind),
            line(f"{each.what} ", record(each.record)),
            records(each.who),
        )
        for each in answer.coming
    )
    yield Table(columns, rows)
