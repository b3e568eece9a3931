"""What to have read before a meeting."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from datetime import date

from rich.console import Group
from rich.console import RenderableType
from rich.text import Text

from nacoord.desk.owed import Ask
from nacoord.desk.owed import Promise
from nacoord.desk.readahead import AtHand
from nacoord.desk.readahead import Meeting
from nacoord.desk.readahead import ReadAhead
from nacoord.desk.readahead import Stance
from nacoord.desk.sensitive import Marked
from nacoord.desk.sensitive import Sensitive
from nacoord.model.snapshot import Snapshot
from nacoord.model.when import When
from nacoord.present.dates import distance
from nacoord.present.dates import long_day
from nacoord.present.dates import short
from nacoord.present.dates import short_day
from nacoord.present.terminal import look
from nacoord.present.terminal.blocks import apart
from nacoord.present.terminal.blocks import folded
from nacoord.present.terminal.blocks import join
from nacoord.present.terminal.blocks import labelled
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import to_text
from nacoord.present.terminal.history import by_day
from nacoord.present.terminal.look import heading
from nacoord.present.terminal.look import text

# How many of the other issues, of the asks and of the changes the screen names.
_FURTHER = 10
_ASKS = 10
_CHANGES = 12

Row = tuple[Text, Sequence[Text], Text]


def render(answer: ReadAhead, snapshot: Snapshot, style: Style) -> str:
    """Return the screen as text."""
    return to_text(apart(_blocks(answer, style.width)), style)


def _blocks(answer: ReadAhead, width: int) -> Iterator[RenderableType]:
    today = answer.today
    yield _head(answer)
    if not answer.them:
        yield text("Only the office itself is there.")
        return
    yield _section("LAST CONTACT", _contacts(answer), width)
    since = f" SINCE {short_day(answer.since, today).upper()}" if answer.since else ""
    promised = {
        "THEY PROMISED": answer.theirs,
        "PROMISED TO THEM": answer.ours,
        f"KEPT{since}": answer.kept,
    }
    for title, promises in promised.items():
        if promises:
            yield _section(title, [_promise(each, today) for each in promises], width)
    if not (answer.theirs or answer.ours):
        yield text("No promise is open either way.")
    yield from _issues(answer, width)
    care = [_care(each, today) for each in answer.sensitive]
    closed = [_closed(answer.marked)] if answer.marked else []
    if care or closed:
        yield _section("SENSITIVE", [*care, *closed], width)
    yield _asks(answer, width)
    if answer.awaited:
        rows = [_ask(each, today) for each in answer.awaited]
        yield _section("WHAT THEY WAIT FOR", rows, width)
    yield _changes(answer, since)


def _section(title: str, rows: Sequence[Row], width: int) -> RenderableType:
    return Group(heading(title), labelled(rows, width))


def _head(answer: ReadAhead) -> RenderableType:
    title = heading(f"Read-ahead: {answer.title}")
    meeting = answer.meeting
    if meeting is None:
        none = f"No engagement with them is planned. Today is {long_day(answer.today)}."
        return Group(folded(title), folded(text(none)))
    when = long_day(meeting.when.start)
    if not meeting.when.exact:
        when += f" to {long_day(meeting.when.end)}"
    when += f", {meeting.time}" if meeting.time else ""
    facts = [
        text(meeting.engagement, look.ID),
        text(meeting.type),
        text(f"{when}, {distance(meeting.days)}"),
        text(meeting.place),
    ]
    if meeting.engagement != answer.asked:
        facts.insert(0, text(f"next: {meeting.title}"))
    people = [
        text(f"with {', '.join(meeting.attendees)}"),
        text(f"prepared by {meeting.prepared_by}" if meeting.prepared_by else ""),
    ]
    came = (folded(text(f"came of it: {each}")) for each in meeting.outcomes)
    return Group(folded(title), folded(join(facts, " · ")), folded(join(people, " · ")), *came)


def _contacts(answer: ReadAhead) -> list[Row]:
    rows: list[Row] = []
    for id in answer.them:
        last = answer.last.get(id)
        if last is None:
            rows.append((text(id, look.ID), [text("none in the record")], Text("")))
        else:
            rows.append((text(id, look.ID), _contact(last, answer), text(last.engagement, look.ID)))
    return rows


def _contact(last: Meeting, answer: ReadAhead) -> list[Text]:
    when = f"{short(last.when, answer.today)}, {distance(last.days)}"
    came = [text(f"came of it: {each}") for each in last.outcomes]
    return [text(last.title), text(when), *(came or [text("what came of it is not recorded")])]


def _promise(each: Promise, today: date) -> Row:
    between = text(f"{', '.join(each.by)} to {', '.join(each.to)}")
    if each.kept:
        how = text(f"{short_day(each.kept, today)}: {each.proof}")
        return text("kept", look.GOOD), [text(each.what), how, between], text(each.record, look.ID)
    late = each.days is not None and each.days < 0
    label = text("late", look.LATE) if late else text("open")
    lines = [text(each.what), join([_due(each.due, each.days, today), between], " · ")]
    return label, lines, text(each.record, look.ID)


def _due(due: When | None, days: int | None, today: date) -> Text:
    late = days is not None and days < 0
    content = f"due {short(due, today)}, {distance(days)}" if due else "no day set"
    return text(content, look.LATE if late else "")


def _issues(answer: ReadAhead, width: int) -> Iterator[RenderableType]:
    rows = [_at_hand(each, answer.today) for each in answer.issues]
    further = list(answer.further[:_FURTHER])
    hidden = len(answer.further) - len(further)
    more = f" and {hidden} more" if hidden else ""
    also = folded(text(f"They are also in {', '.join(further)}{more}.", look.DIM))
    if rows:
        lines = [also] if further else []
        yield Group(heading("ISSUES AT HAND"), labelled(rows, width), *lines)
    else:
        yield text("They are in no live issue.")


def _at_hand(issue: AtHand, today: date) -> Row:
    label = join([text(issue.priority), look.health(issue.health)])
    step = [
        text(f"next: {issue.next_step}" if issue.next_step else "no next step"),
        text(issue.who),
        text(short(issue.due, today), look.LATE if issue.overdue else ""),
    ]
    status = "" if issue.status == "active" else f" ({issue.status})"
    stances = [_stance(each, today) for each in issue.positions]
    lines = [text(f"{issue.title}{status}"), join(step, " · "), *stances]
    return label, lines, text(issue.issue, look.ID)


def _stance(each: Stance, today: date) -> Text:
    since = f"since {short_day(each.since, today)}" if each.since else ""
    sure = f"confidence {each.confidence}" if each.confidence else ""
    about = ", ".join(part for part in (since, sure) if part)
    return text(f"{each.agency}: {each.stance}" + (f" ({about})" if about else ""))


def _care(each: Sensitive, today: date) -> Row:
    id = text(each.record, look.ID)
    if each.care == "red":
        return text("red", look.HEALTH["red"]), [text(each.what or "no reason given")], id
    if each.care == "undermines":
        return (
            text("collision"),
            [text(f"{each.record} undermines {each.other}"), text(each.what)],
            Text(""),
        )
    who = ", ".join(each.who)
    when = text(short(each.when, today))
    if each.care == "objected":
        said = f"“{each.what}”" if each.what else ""
        return text("objection", look.LATE), [join([text(f"of {who}"), text(said)], ": "), when], id
    if each.care == "unlisted":
        lines = [
            text(f"They may not know: {each.what}"),
            join([when, text(f"{who}: on no list")], " · "),
        ]
        return text("no list"), lines, id
    by = f" by {short(each.by, today)}" if each.by else ""
    must = text(
        f"{who}: to be told{by}" + (", late" if each.late else ""), look.LATE if each.late else ""
    )
    lines = [text(f"They don't know yet: {each.what}"), join([when, must], " · ")]
    return text("not told", look.DECIDE), lines, id


def _closed(marked: Sequence[Marked]) -> Row:
    lines = []
    for each in marked:
        fields = ", ".join(f"{name} {marking}" for name, marking in each.fields.items())
        said = ", ".join(part for part in (each.marking, fields) if part)
        lines.append(text(f"{each.record}: {said}"))
    return text("not shared", look.DECIDE), lines, Text("")


def _asks(answer: ReadAhead, width: int) -> RenderableType:
    if not answer.asks:
        return text("Nothing of theirs is late or due soon.")
    pressing = sum(each.at_hand or (each.days or 0) < 0 for each in answer.asks)
    shown = answer.asks[: max(_ASKS, pressing)]
    body = _section("WHAT WE ASK OF THEM", [_ask(each, answer.today) for each in shown], width)
    hidden = len(answer.asks) - len(shown)
    more = text(f"and {hidden} more, about other issues (--json has them)", look.DIM)
    return Group(body, *([folded(more)] if hidden else []))


def _ask(each: Ask, today: date) -> Row:
    name = {"step": "next step", "commitment": "promise"}.get(each.kind, each.kind)
    due = join([text(", ".join(each.who)), _due(each.due, each.days, today)], " · ")
    return text(name, look.DIM), [text(each.what), due], text(each.record, look.ID)


def _changes(answer: ReadAhead, since: str) -> RenderableType:
    if answer.since is None:
        return folded(text("There was no contact before, so no day to tell changes from."))
    if answer.changes is None:
        return folded(text("There is no history, so what changed since can't be told."))
    days = f"{short_day(answer.since, answer.today)} to {short_day(answer.today, answer.today)}"
    if not answer.changes:
        return folded(text(f"No change is in the history from {days}."))
    shown = answer.changes[:_CHANGES]
    blocks = by_day(shown)
    hidden = len(answer.changes) - len(shown)
    if hidden:
        more = f"and {hidden} more; see all with: nacoord log --since {answer.since}"
        blocks.append(folded(text(more, look.DIM)))
    return Group(heading(f"CHANGED{since}"), *blocks)
