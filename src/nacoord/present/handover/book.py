"""The book for a successor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from nacoord.desk.handover.answer import Body
from nacoord.desk.handover.answer import Handover
from nacoord.desk.handover.answer import Post
from nacoord.model.snapshot import Snapshot
from nacoord.present.dates import distance
from nacoord.present.dates import short
from nacoord.present.dates import short_day
from nacoord.present.dates import today_words
from nacoord.present.document.model import Block
from nacoord.present.document.model import Bullets
from nacoord.present.document.model import Document
from nacoord.present.document.model import Heading
from nacoord.present.document.model import Line
from nacoord.present.document.model import Paragraph
from nacoord.present.document.model import line
from nacoord.present.document.model import record
from nacoord.present.document.model import records
from nacoord.present.document.model import strong
from nacoord.present.handover.ahead import coming
from nacoord.present.handover.ahead import expected
from nacoord.present.handover.ahead import promises
from nacoord.present.handover.asking import asking
from nacoord.present.handover.lately import lately
from nacoord.present.handover.people import people
from nacoord.present.handover.people import positions
from nacoord.present.handover.portfolio import portfolio
from nacoord.present.terminal.console import Style


def document(answer: Handover, snapshot: Snapshot) -> Document:
    """Return the book as a document."""
    when = today_words(answer.today, snapshot.office.reference_date)
    return Document(
        title=f"Hand-over: {answer.title}",
        subtitle=answer.office,
        banner=answer.marking.upper(),
        date_line=when,
        on=answer.today,
        author=answer.office,
        blocks=tuple(_blocks(answer, snapshot)),
    )


def screen(answer: Handover, snapshot: Snapshot, style: Style) -> str:
    """Return the book as a screen."""
    from nacoord.present.document.terminal import render

    return render(document(answer, snapshot), style)


def _blocks(answer: Handover, snapshot: Snapshot) -> Iterator[Block]:
    if answer.summary:
        yield Paragraph(line(answer.summary))
    yield Bullets(tuple(_glance(answer, snapshot)))
    for title, blocks in (
        ("Portfolio" if answer.post else "Its issues", portfolio(answer)),
        ("Open promises", promises(answer)),
        ("Still to be told", expected(answer)),
        (f"About to happen, until {short_day(answer.until, answer.today)}", coming(answer)),
        ("Who knows whom", people(answer, snapshot)),
        ("Who stands where", positions(answer)),
        (f"The last {(answer.today - answer.since).days} days", lately(answer)),
        ("Not in the record: ask", asking(answer)),
    ):
        yield Heading(1, line(title))
        yield from blocks


def _glance(answer: Handover, snapshot: Snapshot) -> Iterator[Line]:
    """Yield the whole in a few lines."""
    if answer.post:
        yield from _post(answer, answer.post, snapshot)
    elif answer.body:
        yield from _body(answer.body)
    yield line(strong("Issues: "), *_counted(answer))
    yield line(strong("Open promises: "), *_owed(answer))
    waiting = sum(len(held.decisions) for held in answer.portfolio)
    if waiting:
        verb = "waits" if waiting == 1 else "wait"
        yield line(strong("Decisions: "), f"{waiting} {verb} to be taken")
    untold = sum(len(each.untold) for each in answer.expected)
    if untold:
        many = len(answer.expected)
        yield line(
            strong("Untold: "),
            f"{untold} {'has' if untold == 1 else 'have'} not heard yet of {many} expected action{'s' * (many != 1)}",
        )


def _post(answer: Handover, post: Post, snapshot: Snapshot) -> Iterator[Line]:
    yield line(strong("Post: "), record(answer.id), f", {snapshot.name(post.agency)}")
    yield line(strong("Task: "), post.role)
    if post.start or post.end:
        since = f"since {_full(post.start)}" if post.start else ""
        until = f"until {_full(post.end)}" if post.end else "no end is set"
        days = f", {_left(post.days_left)}" if post.days_left is not None else ""
        yield line(strong("Tour: "), ", ".join(part for part in (since, until) if part), days)
    if post.home_agency:
        yield line(strong("On detail from: "), record(post.home_agency))
    if post.agencies:
        yield line(strong("Tends: "), records(post.agencies))


def _full(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _left(days: int) -> str:
    if days < 0:
        return f"which was {distance(days)}"
    return f"{days} day{'s' * (days != 1)} left"


def _body(body: Body) -> Iterator[Line]:
    yield line(strong("Level: "), f"{body.level}{f', {body.country}' if body.country else ''}")
    if body.parent:
        yield line(strong("Part of: "), record(body.parent))
    if body.parts:
        yield line(strong("Parts: "), records(body.parts))
    if body.counterparts:
        yield line(strong("Counterparts: "), records(body.counterparts))
    if body.cadence_days:
        days = "day" if body.cadence_days == 1 else f"{body.cadence_days} days"
        yield line(strong("Contact: "), f"at least every {days}")


def _counted(answer: Handover) -> Iterator[str]:
    many = len(answer.portfolio)
    health = Counter(held.health for held in answer.portfolio)
    told = [f"{health[name]} {name}" for name in ("red", "amber", "green") if health[name]]
    yield f"{many or 'none is'} live" + (f" ({', '.join(told)})" if told else "")
    if answer.resting:
        yield f", {len(answer.resting)} not tended now"


def _owed(answer: Handover) -> Iterator[str]:
    if not answer.promises:
        yield "none"
        return
    overdue = sum(1 for each in answer.promises if each.days is not None and each.days < 0)
    yield f"{len(answer.promises)}, {overdue or 'none'} overdue"
    ahead = [each for each in answer.promises if each.days is not None and each.days >= 0]
    if ahead:
        yield f", the next is due {short(ahead[0].due, answer.today)}"
