"""The issues: for a person one by one, for an agency in a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nacoord.desk.handover.answer import Handover
from nacoord.desk.handover.portfolio import Held
from nacoord.desk.handover.portfolio import Role
from nacoord.desk.handover.portfolio import Share
from nacoord.desk.handover.portfolio import Task
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
from nacoord.present.document.model import records
from nacoord.present.document.model import strong

_ROLES: dict[Role, str] = {
    "leads abroad": "Leads abroad",
    "leads at home": "Leads at home",
    "leads": "Leads too",
    "supports": "Support",
    "is informed": "Informed",
}
_BONDS = {
    "undermines": "Undermines",
    "supports": "Supports",
    "depends-on": "Depends on",
    "blocks": "Blocks",
    "related": "Related to",
    "precedent": "Precedent for",
}


def portfolio(answer: Handover) -> Iterator[Block]:
    """Yield where each live issue stands, then the others by name."""
    if not answer.portfolio:
        yield Paragraph(line("No live issue."))
        if answer.post:
            yield Note(line(f"What the agency holds: nacoord handover {answer.post.agency}"))
    elif answer.post:
        for held in answer.portfolio:
            yield Heading(2, line(record(held.issue), f": {held.title}"))
            yield Paragraph(_state(held))
            if held.summary:
                yield Paragraph(line(held.summary))
            yield Bullets(tuple(_facts(answer, held)))
    else:
        yield _table(answer)
    if answer.resting:
        told = [line(record(each.issue), f" ({each.status})") for each in answer.resting]
        yield Paragraph(line("Not tended now: ", joined(told, ", ")))


def _state(held: Held) -> Line:
    reason = f": {held.health_reason}" if held.health_reason else ""
    return line(f"{held.priority}, {held.status}, ", strong(held.health), reason)


def _facts(answer: Handover, held: Held) -> Iterator[Line]:
    step = held.next_step
    yield line(strong("Next: "), *(task(step, answer.today) if step else line("no next step")))
    for decision in held.decisions:
        yield line(strong("To be decided: "), task(decision, answer.today))
    yield line(strong("Done when: "), held.success or "the record doesn't say")
    if held.owner != answer.id:
        yield line(strong("Owner: "), record(held.owner) if held.owner else "nobody")
    for role, name in _ROLES.items():
        ids = [share.agency for share in held.parties if share.role == role]
        if ids:
            yield line(strong(f"{name}: "), records(ids))
    for bond in held.bonds:
        because = f": {bond.because}" if bond.because else ""
        yield line(strong(_BONDS[bond.kind]), " ", record(bond.to), because)


def task(asked: Task, today: date) -> Line:
    """Return a step or a question, who has it and by when."""
    due = short(asked.due, today)
    if asked.overdue:
        due = f"overdue since {due}"
    told = [line(record(asked.who)), line(strong(due) if asked.overdue else due)]
    whose = joined([each for each in told if each], ", ")
    return line(asked.what, *(line(" (", whose, ")") if whose else ()))


def _table(answer: Handover) -> Table:
    columns = (
        Column("Issue", 3),
        Column("State", firm=True),
        Column("Its part", 2),
        Column("Next step", 3),
        Column("Owner", 1),
    )
    rows = []
    for held in answer.portfolio:
        step = held.next_step
        rows.append(
            (
                line(f"{held.title} ", record(held.issue)),
                line(f"{held.priority} {held.health}"),
                _part(answer, held.shares),
                task(step, answer.today) if step else line("none"),
                line(record(held.owner)) if held.owner else line("nobody"),
            )
        )
    return Table(columns, tuple(rows))


def _part(answer: Handover, shares: tuple[Share, ...]) -> Line:
    """Return the agency's own role bare, and those of its parts with their ids."""
    own = [line(share.role) for share in shares if share.agency == answer.id]
    parts: dict[Role, list[str]] = {}
    for share in shares:
        if share.agency != answer.id:
            parts.setdefault(share.role, []).append(share.agency)
    told = [line(records(ids), f" {_plural(role, ids)}") for role, ids in parts.items()]
    return joined([*own, *told], "; ")


def _plural(role: Role, ids: list[str]) -> str:
    """Return what several do: lead, support, are informed."""
    if len(ids) == 1:
        return role
    verb, _, rest = role.partition(" ")
    many = "are" if verb == "is" else verb.removesuffix("s")
    return f"{many} {rest}".strip()
