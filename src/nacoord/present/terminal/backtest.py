"""The back-test's screen: each past surprise, and how long before it the radar would have spoken."""

from __future__ import annotations

from collections import Counter
from statistics import median

from rich.console import Group
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from nacoord.desk.radar.backtest import Backtest
from nacoord.desk.radar.backtest import Case
from nacoord.desk.radar.backtest import FalseAlarm
from nacoord.desk.radar.words import days
from nacoord.model.kinds.action import Signal
from nacoord.model.snapshot import Snapshot
from nacoord.present.dates import long_day
from nacoord.present.terminal import look
from nacoord.present.terminal.blocks import join
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import to_text
from nacoord.present.terminal.look import heading
from nacoord.present.terminal.look import text

_OUTCOME = {
    "warned": ("warned", look.GOOD),
    "faded": ("too early", look.DECIDE),
    "sealed": ("could not", look.DIM),
    "no sign": ("no sign", look.DIM),
}
_ALARM = {
    "faded": "nothing more came for so long that it fell silent",
    "withdrawn": "the action was withdrawn",
    "never happened": "nothing says that it happened",
    "nobody surprised": "it happened and is not said to have surprised anybody",
}


def render(answer: Backtest, snapshot: Snapshot, style: Style) -> str:
    """Return the back-test as text."""
    title = join(
        [heading(f"{answer.scope.title}: the radar replayed"), text(long_day(answer.today))], " · "
    )
    title.overflow = "fold"
    blocks: list[RenderableType] = [title]
    if not answer.cases:
        blocks.append(
            text(
                "No surprise of the past is in the record: an action that happened and says whom it surprised."
            )
        )
    for case in answer.cases:
        blocks += [Text(""), *_case(case)]
    if answer.false_alarms:
        blocks += [Text(""), heading("FALSE ALARMS")]
        blocks += [_indented(_alarm(alarm)) for alarm in answer.false_alarms]
    if answer.cases:
        blocks += [Text(""), heading("IN SUM"), *(_indented(text(line)) for line in _sum(answer))]
    return to_text(Group(*blocks), style)


def _case(case: Case) -> list[RenderableType]:
    word, style = _OUTCOME[case.outcome]
    when = text(case.when.text.replace("/", " to "))
    head = join([when, text(word, style), text(case.title), text(case.action, look.ID)], "  ")
    head.overflow = "fold"
    return [head, *(_indented(text(line)) for line in _said(case))]


def _said(case: Case) -> list[str]:
    lines = []
    if case.outcome == "warned":
        lines.append(f"{days(case.days or 0)} before, by {case.rule}")
        if case.first is not None and case.first != case.days:
            lines[0] += (
                f"; first {days(case.first or 0)} before, but that warning had fallen silent"
            )
    elif case.outcome == "faded":
        lines.append(
            f"spoke {days(case.first or 0)} before, by {case.rule}, and had fallen silent when it came"
        )
    elif case.outcome == "sealed":
        lines.append("could not have been caught: the only sign was closed")
    else:
        lines.append("no sign before the day is in the record, so there was nothing to speak of")
    lines += [f"needed: {_sign(sign)}" for sign in case.needed]
    lines += [f"closed: {_sign(sign)}" for sign in case.closed]
    if case.named:
        missed = [id for id in case.surprised if id not in case.named]
        named = f"would have named {', '.join(case.named)}"
        lines.append(named + (f"; not {', '.join(missed)}" if missed else ", all it surprised"))
    elif case.outcome in ("warned", "faded"):
        lines.append(f"would not have named whom it surprised: {', '.join(case.surprised)}")
    return lines


def _sign(sign: Signal) -> str:
    held = f", held by {', '.join(sign.held_by)}" if sign.held_by else ""
    return f"{sign.on} {sign.what} ({sign.access}{held})"


def _alarm(alarm: FalseAlarm) -> Text:
    span = text(f"{alarm.first} to {alarm.last}")
    why = text(_ALARM[alarm.kind], look.DIM)
    return join([span, text(alarm.rule), text(alarm.action, look.ID), why], "  ")


def _sum(answer: Backtest) -> list[str]:
    counts = Counter(case.outcome for case in answer.cases)
    leads = sorted(case.days for case in answer.cases if case.days is not None)
    lines = [
        f"{len(answer.cases)} surprises: {counts['warned']} with a warning on the eve, "
        f"{counts['faded']} warned too early, {counts['sealed']} that an unclassified record could "
        f"not have held, {counts['no sign']} without a sign before the day."
    ]
    if leads:
        week = sum(lead >= 7 for lead in leads)
        lines.append(
            f"Of the {counts['warned']} warnings, {week} came a week or more before; the median is "
            f"{median(leads):g} days, from {leads[0]} to {leads[-1]}."
        )
    surprised = sum(len(case.surprised) for case in answer.cases if case.outcome == "warned")
    named = sum(len(case.named) for case in answer.cases if case.outcome == "warned")
    if surprised:
        lines.append(f"Of the {surprised} whom those surprised, they would have named {named}.")
    lines += _limits(answer)
    return lines


def _limits(answer: Backtest) -> list[str]:
    """Say what the replay cannot show."""
    lines = []
    signs = sum(case.replay == "signs" for case in answer.cases)
    if signs:
        lines.append(
            f"{signs} replayed from their signs, as if each had been recorded on its day: the signs, and "
            "whom an issue concerns, are known with hindsight."
        )
    if answer.began:
        lines.append(f"History was replayed from {answer.began} on.")
    if answer.quiet == 0:
        lines.append(
            "The record holds no past action that surprised nobody, so how often the radar would have "
            "spoken in vain cannot be learned from it."
        )
    else:
        lines.append(f"{answer.quiet} other actions happened and surprised nobody.")
    return lines


def _indented(line: Text) -> RenderableType:
    line.overflow = "fold"
    return Padding(line, (0, 0, 0, 2))
