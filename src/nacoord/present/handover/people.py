"""Who knows whom, and who stands where."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from itertools import groupby

from nacoord.desk.handover.answer import Handover
from nacoord.desk.handover.people import Met
from nacoord.desk.handover.people import Stakeholder
from nacoord.model.folding import fold
from nacoord.model.snapshot import Snapshot
from nacoord.present.dates import short_day
from nacoord.present.document.model import Block
from nacoord.present.document.model import Column
from nacoord.present.document.model import Heading
from nacoord.present.document.model import Line
from nacoord.present.document.model import Note
from nacoord.present.document.model import Paragraph
from nacoord.present.document.model import Table
from nacoord.present.document.model import line
from nacoord.present.document.model import record
from nacoord.present.document.model import records

_CIRCLES = {
    "foreign": "Abroad",
    "states": "States, cities and tribes",
    "federal": "Federal agencies",
    "congress": "Congress",
    "others": "Others",
}

# More issues than this are counted, not named.
_MOST = 6


def people(answer: Handover, snapshot: Snapshot) -> Iterator[Block]:
    """Yield the stakeholders by country and circle: whom to call, last contact, next contact."""
    if not answer.people:
        yield Paragraph(line("The record names no stakeholder."))
        return
    for title, group in groupby(answer.people, key=lambda each: _title(each, snapshot)):
        members = list(group)
        known = [each for each in members if each.known]
        unknown = [each.agency for each in members if not each.known]
        yield Heading(2, line(title))
        if known:
            yield _table(answer, known)
        if unknown:
            yield Note(line("No post to call and no contact on record: ", records(unknown)))


def _title(each: Stakeholder, snapshot: Snapshot) -> str:
    """Return the name of a circle; abroad, of a country, as the office's relationships name it."""
    if each.circle == "foreign":
        for relationship in snapshot.office.relationships.values():
            if relationship.countries == (each.country,):
                return relationship.title
        return each.country or _CIRCLES["foreign"]
    return _CIRCLES[each.circle]


def _table(answer: Handover, members: Sequence[Stakeholder]) -> Table:
    columns = (
        Column("Stakeholder", 3),
        Column("Issues", 3),
        Column("To call", 3),
        Column("Last contact", 3),
        Column("Next", 3),
    )
    rows = tuple(
        (
            _name(each),
            _issues(each),
            records(post.person for post in each.posts),
            _met(answer, each.last, "none on record"),
            _met(answer, each.next, "none planned"),
        )
        for each in members
    )
    return Table(columns, rows)


def _name(each: Stakeholder) -> Line:
    """Return the title and the id, unless the one is spelt like the other."""
    if fold(each.title).replace(" ", "-") == each.agency:
        return line(each.title)
    return line(f"{each.title} ", record(each.agency))


def _issues(each: Stakeholder) -> Line:
    many = len(each.issues)
    return records(each.issues) if many <= _MOST else line(f"{many} of these issues")


def _met(answer: Handover, met: Met | None, none: str) -> Line:
    if met is None:
        return line(none)
    return line(f"{short_day(met.on, answer.today)} ", record(met.engagement))


def positions(answer: Handover) -> Iterator[Block]:
    """Yield positions, issue by issue."""
    if not answer.positions:
        yield Paragraph(line("No position is on record."))
        return
    columns = (
        Column("Issue", 2),
        Column("Who", 2),
        Column("Holds", 5),
        Column("Since", firm=True),
    )
    rows = tuple(
        (
            line(record(each.issue)),
            line(record(each.agency)),
            line(each.stance, " (not sure)" if each.confidence == "low" else ""),
            line(short_day(each.since, answer.today) if each.since else ""),
        )
        for each in answer.positions
    )
    yield Table(columns, rows)
