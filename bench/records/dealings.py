"""Promises, contacts and what is about to happen, as people write them."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from records.plan import TODAY
from records.plan import Plan
from records.plan import name
from records.sources import closing

_TYPES = ("call", "interagency", "bilateral", "visit", "deputies", "hearing", "site", "trilateral")


def commitment(made: Plan, number: int) -> str:
    """Return the text of a commitment's file: what was due is mostly met, with proof."""
    writer, rng = made.writer, made.writer.rng
    due = made.due_day()
    status = "open"
    if due < TODAY:
        endings = ("met", "missed", "withdrawn", "superseded", "open")
        # What is late is late by months; hardly anything stays open for years.
        late = 15 if (TODAY - due).days < 150 else 0.2
        status = rng.choices(endings, (80, 8, 5, 4, late))[0]
    lines = [
        f"title: {writer.call(6)}\n",
        writer.block("summary", writer.say(14)) if writer.chance(0.6) else "",
        f"by: [{', '.join(made.some('agencies', 1.1, 4, least=1))}]\n",
        f"to: [{', '.join(made.some('agencies', 1.4, 8, least=1))}]\n",
        f"issues: [{', '.join(made.some('issues', 1.1, 5, least=1))}]\n",
        _said(made, number),
        f"mandate: {writer.say(4)}\n" if writer.chance(0.4) else "",
        f"due: {due}\nstatus: {status}\n",
    ]
    if status == "superseded":
        other = (number + 1) % made.counts["commitments"]
        lines.append(f"superseded_by: {name('commitments', other)}\n")
    if status == "met":
        lines.append(f"evidence:\n  - what: {writer.say(6)}\n    on: {due}\n")
    if writer.chance(0.25):
        came = due - timedelta(days=40)
        lines.append(
            f"dates:\n  on_document: {came}\n  received: {came + timedelta(days=3)}\n"
            f"  tasked: {came + timedelta(days=5)}\n"
        )
    lines.append(closing(made))
    return "".join(lines)


def _said(made: Plan, number: int) -> str:
    if number not in made.made_at:
        return ""
    at = made.made_at[number]
    return (
        f"said:\n  engagement: {name('engagements', at)}\n  quote: {made.writer.say(12)}\n"
        f"  on: {made.held[at]}\n"
    )


def engagement(made: Plan, number: int) -> str:
    """Return the text of an engagement's file: outcomes once it was held."""
    writer, rng = made.writer, made.writer.rng
    held = made.held[number]
    lines = [
        f"title: {writer.call(5)}\n",
        writer.block("summary", writer.say(12)) if writer.chance(0.4) else "",
        f"type: {rng.choices(_TYPES, (8, 6, 5, 3, 2, 1, 1, 1))[0]}\ndate: {held}\n",
        f"until: {held + timedelta(days=1)}\n" if writer.chance(0.1) else "",
        f'time: "{rng.randint(8, 17):02}:{rng.choice((0, 30)):02}"\n' if writer.chance(0.4) else "",
        f"place: {writer.say(2)}\n" if writer.chance(0.3) else "",
        f"with: [{', '.join(made.some('agencies', 2, 25, least=1))}]\n",
        f"issues: [{', '.join(made.some('issues', 1.3, 10, least=1))}]\n",
    ]
    outcomes = writer.count(1.3, 8) if held < TODAY else 0
    if outcomes:
        lines.append("outcomes:\n")
        lines += [
            f"  - what: {writer.say(13)}\n    issue: {made.pick('issues')}\n"
            for _ in range(outcomes)
        ]
    promises = [name("commitments", each) for each in made.made.get(number, ())]
    if promises:
        lines.append(f"commitments: [{', '.join(promises)}]\n")
    lines.append(closing(made))
    return "".join(lines)


def action(made: Plan, number: int) -> str:
    """Return the text of an action's file: told and cleared, some of it, while it is to come."""
    del number
    writer = made.writer
    day = made.due_day()
    text = writer.say(18)
    lines = [
        f"title: {writer.call(5)}\n",
        writer.block("summary", writer.say(16)),
        f"by: [{', '.join(made.some('agencies', 1.1, 3, least=1))}]\nwhen: {day}\n",
        f"status: {'happened' if day < TODAY else 'expected'}\n",
        f"issues: [{', '.join(made.some('issues', 1.4, 8, least=1))}]\n",
        writer.block("text", text),
        *_tell(made, day < TODAY),
    ]
    clears = made.some("agencies", 0.8, 6)
    if clears:
        # Most saw the text as it stands, some an earlier one.
        stands = hashlib.sha256(text.encode()).hexdigest()[:16]
        lines.append("clearances:\n")
        for who in clears:
            seen = stands if writer.chance(0.85) else "0123456789abcdef"
            lines.append(f"  - who: {who}\n    status: cleared\n    on: {made.past_day()}\n")
            lines.append(f"    text: sha256:{seen}\n")
    lines.append(closing(made))
    return "".join(lines)


def _tell(made: Plan, past: bool) -> list[str]:
    lines = ["tell:\n"]
    told = []
    for who in made.some("agencies", 3, 20, least=1):
        lines.append(f"  - who: {who}\n")
        if past or made.writer.chance(0.6):
            told.append(f"  - who: {who}\n    on: {made.past_day()}\n    how: a call\n")
    return [*lines, "told:\n", *told] if told else lines
