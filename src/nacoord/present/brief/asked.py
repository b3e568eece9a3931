"""What is asked of somebody: decisions, and what is overdue."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

from nacoord.desk.brief.answer import Brief
from nacoord.desk.status.pressing import Pressing
from nacoord.model.snapshot import Snapshot
from nacoord.present.brief.cut import cut
from nacoord.present.dates import short
from nacoord.present.dates import short_day
from nacoord.present.document.model import Block
from nacoord.present.document.model import Column
from nacoord.present.document.model import Line
from nacoord.present.document.model import Paragraph
from nacoord.present.document.model import Table
from nacoord.present.document.model import line
from nacoord.present.document.model import record
from nacoord.present.document.model import records
from nacoord.present.document.model import strong

# How many of each the two pages have room for.
_DECISIONS = 8
_OVERDUE = 8


def decisions(answer: Brief, snapshot: Snapshot) -> Iterator[Block]:
    """Yield what must be decided, by when and by whom."""
    if not answer.decisions:
        until = short_day(answer.until, answer.today)
        yield Paragraph(line(f"None until {until}."))
        return
    shown, note = cut(answer, answer.decisions, _DECISIONS, "decisions")
    columns = (
        Column("By", firm=True),
        Column("Decision", 5),
        Column("Whose", firm=True),
        Column("On", firm=True),
    )
    rows = (
        (_by(answer, each), _question(snapshot, each), _who(each), line(record(each.record)))
        for each in shown
    )
    yield Table(columns, tuple(rows))
    yield from note


def overdue(answer: Brief) -> Iterator[Block]:
    """Yield what is late: ours, then theirs, each by who owes it."""
    if not answer.overdue:
        yield Paragraph(line("Nothing."))
        return
    shown, note = cut(answer, answer.overdue, _OVERDUE, "overdue")
    columns = (
        Column("Whose", firm=True),
        Column("Who", 1),
        Column("What", 4),
        Column("Late", firm=True),
        Column("Record", 2),
    )
    yield Table(columns, tuple(_overdue(answer, shown)))
    yield from note
    for side in ("ours", "theirs"):
        if not any(each.side == side for each in answer.overdue):
            yield Paragraph(line(f"Of {side} nothing is overdue."))


def _overdue(answer: Brief, shown: Sequence[Pressing]) -> Iterator[tuple[Line, ...]]:
    found = sorted(shown, key=lambda each: (each.side, each.who, each.days or 0))
    for each in found:
        late = f"{-(each.days or 0)} d, {short(each.due, answer.today)}"
        yield line(each.side), _who(each), line(each.what), line(late), line(record(each.record))


def _by(answer: Brief, each: Pressing) -> Line:
    if each.due is None:
        return line("no day set")
    late = each.days is not None and each.days < 0
    due = short(each.due, answer.today)
    return line(strong(f"late, {due}")) if late else line(strong(due))


def _who(each: Pressing) -> Line:
    return line(records(each.who)) if each.who else line("nobody named")


def _question(snapshot: Snapshot, each: Pressing) -> Line:
    title = snapshot.name(each.record)
    return line(each.what) if title in each.what else line(each.what, f" ({title})")
