"""Letters and taskers on the screen of clocks."""

from __future__ import annotations

from rich.console import RenderableType
from rich.text import Text

from nacoord.desk.clocks.answer import Clocks
from nacoord.desk.clocks.letters import ANSWER_WITHIN
from nacoord.desk.clocks.letters import Letter
from nacoord.present.dates import short
from nacoord.present.dates import short_day
from nacoord.present.terminal import look
from nacoord.present.terminal.blocks import join
from nacoord.present.terminal.blocks import stacked
from nacoord.present.terminal.look import heading
from nacoord.present.terminal.look import text

_PASSED = {
    "on_document": "dated",
    "received": "received",
    "tasked": "tasked",
    "interim": "interim answer",
    "answered": "answered",
}
_WAITS = {
    "received": "not received yet",
    "tasked": "waits to be tasked",
    "answered": "waits for its answer",
}

_SINCE = {
    "on_document": "its own date",
    "received": "receipt",
    "tasked": "it was tasked",
    "interim": "the interim answer",
    "answered": "the answer",
}


def section(answer: Clocks, width: int, everything: bool) -> list[RenderableType]:
    """Return the letters that wait, with `everything` the others too; nothing when there is none."""
    shown = [letter for letter in answer.letters if everything or letter.waits_for]
    if not shown:
        return []
    return [
        Text(""),
        heading("LETTERS AND TASKERS"),
        stacked([_letter(letter, answer) for letter in shown]),
    ]


def _letter(letter: Letter, answer: Clocks) -> tuple[Text, list[Text]]:
    head = join([text(letter.commitment, look.ID), text(letter.title)], "  ")
    where = _WAITS.get(letter.waits_for, "" if letter.status == "open" else letter.status)
    due = f"due {short(letter.due, answer.today)}" if letter.due and letter.waits_for else ""
    return head, [
        text(_age(letter, answer), look.LATE if letter.late else ""),
        join([text(part) for part in (*_stations(letter, answer), where)], " · "),
        join([text(part) for part in (f"by {', '.join(letter.by)}", due)], " · "),
    ]


def _age(letter: Letter, answer: Clocks) -> str:
    passed = {station.name for station in letter.stations}
    whole = (
        f"{letter.age} working day{'s' * (letter.age != 1)} since {_SINCE[letter.counted_from]}"
        + (", to the answer" if "answered" in passed else "")
    )
    if letter.late:
        return f"late: no answer, full or interim, in {ANSWER_WITHIN} working days ({letter.citation}); {whole}"
    if letter.limit and letter.waits_for and "interim" not in passed:
        by = short_day(letter.limit, answer.today)
        return f"{whole}; answer, full or interim, by {by} ({letter.citation})"
    return whole


def _stations(letter: Letter, answer: Clocks) -> list[str]:
    said = []
    for station in letter.stations:
        words = f"{_PASSED[station.name]} {short_day(station.on, answer.today)}"
        if station.name == "received" and letter.transit is not None:
            words += f" ({letter.transit} day{'s' * (letter.transit != 1)} on the way)"
        said.append(words)
    return said
