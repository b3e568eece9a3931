"""The brief: two pages by default, everything where that is asked."""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.brief.answer import Brief
from nacoord.desk.brief.madefrom import pairs
from nacoord.model.snapshot import Snapshot
from nacoord.present.brief.asked import decisions
from nacoord.present.brief.asked import overdue
from nacoord.present.brief.days import changed
from nacoord.present.brief.days import coming
from nacoord.present.brief.days import radar
from nacoord.present.brief.figures import health
from nacoord.present.brief.figures import promises
from nacoord.present.brief.issues import issues
from nacoord.present.brief.meeting import meeting
from nacoord.present.dates import short_day
from nacoord.present.dates import today_words
from nacoord.present.document.model import Block
from nacoord.present.document.model import Document
from nacoord.present.document.model import Heading
from nacoord.present.document.model import Note
from nacoord.present.document.model import Paragraph
from nacoord.present.document.model import line
from nacoord.present.document.model import strong
from nacoord.present.terminal.console import Style


def document(answer: Brief, snapshot: Snapshot) -> Document:
    """Return the brief as a document."""
    when = today_words(answer.today, snapshot.office.reference_date)
    return Document(
        title=f"Brief: {answer.title}" if answer.title else "Brief",
        subtitle=answer.office,
        banner=answer.marking.upper(),
        date_line=when,
        on=answer.today,
        author=answer.office,
        blocks=tuple(_blocks(answer, snapshot)),
        made_from=pairs(answer.made_from) if answer.made_from else (),
        tight=not answer.full,
    )


def screen(answer: Brief, snapshot: Snapshot, style: Style) -> str:
    """Return the brief as a screen."""
    from nacoord.present.document.terminal import render

    return render(document(answer, snapshot), style)


def _blocks(answer: Brief, snapshot: Snapshot) -> Iterator[Block]:
    yield Heading(1, line("Bottom line"))
    yield from _bottom_line(answer)
    if answer.meeting:
        yield from meeting(answer, answer.meeting)
    since = short_day(answer.since, answer.today)
    back = (
        f"since the brief of {short_day(answer.last, answer.today)}"
        if answer.last
        else f"since {since}"
    )
    until = short_day(answer.until, answer.today)
    for title, blocks in (
        ("Decisions needed", decisions(answer, snapshot)),
        ("Overdue", overdue(answer)),
        ("May surprise", radar(answer)),
        (f"Changed {back}", changed(answer)),
        (f"Until {until}", coming(answer)),
    ):
        yield Heading(1, line(title))
        yield from blocks
    yield from issues(answer, snapshot)
    yield Heading(1, line("Promises and health"))
    yield from promises(answer)
    yield from health(answer)
    yield from _ending(answer)


def _bottom_line(answer: Brief) -> Iterator[Block]:
    if answer.own_words:
        for paragraph in answer.bottom_line:
            yield Paragraph(line(strong(paragraph)))
        yield Paragraph(line(_counted(answer)))
    else:
        yield Paragraph(line(strong(" ".join(answer.bottom_line)), f" {_counted(answer)}"))


def _counted(answer: Brief) -> str:
    if not answer.issues:
        return "No issue here is live."
    names = [name for name in ("red", "amber", "green") if name in answer.health]
    told = ", ".join(f"{answer.health[name]} {name}" for name in names)
    return f"{answer.issues} live issue{'s' * (answer.issues != 1)}: {told}."


def _ending(answer: Brief) -> Iterator[Block]:
    if answer.omitted:
        yield Note(line(f"Left out: {answer.omitted}."))
    made = answer.made_from
    if made is None:
        return
    of = f"commit {made.commit[:10]}" if made.commit else "files that no commit holds"
    shown = "" if answer.full else " Shortened; all of it: nacoord brief --full."
    yield Note(line(f"Made from {of} by nacoord {made.version}.{shown}"))
