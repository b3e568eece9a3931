"""Issues as people write them: most have ended; those that live have a next step, some a decision."""

from __future__ import annotations

from datetime import timedelta

from records.plan import TODAY
from records.plan import Plan
from records.plan import name
from records.sources import closing

THEMES = (
    "covid",
    "security",
    "labor",
    "infrastructure",
    "environment",
    "migration",
    "trade",
    "energy",
)
_RELATIONSHIPS = ("mexico", "canada", "trilateral")
_LINKS = ("related", "supports", "undermines", "depends-on", "blocks", "precedent")


def issue(made: Plan, number: int) -> str:
    """Return the text of an issue's file."""
    writer, rng = made.writer, made.writer.rng
    live = writer.chance(0.25)
    statuses = ("active", "monitoring", "blocked") if live else ("resolved", "dropped")
    weights = (6, 3, 1) if live else (8, 2)
    lines = [
        f"title: {writer.call(5)}\n",
        writer.block("summary", writer.say(22)),
        f"relationships: [{rng.choices(_RELATIONSHIPS, (5, 4, 1))[0]}]\n",
        f"theme: {rng.choice(THEMES)}\n",
        f"priority: {rng.choices(('P1', 'P2', 'P3', 'P4'), (1, 3, 4, 2))[0]}\n",
        f"status: {rng.choices(statuses, weights)[0]}\n",
        f"health: {rng.choices(('green', 'amber', 'red'), (6, 3, 1))[0]}\n",
        f"health_reason: {writer.say(9)}\n",
        f"leads:\n  foreign: {made.lead('foreign')}\n  domestic: {made.lead('domestic')}\n",
        f"owner: {name('people', rng.randrange(1 + made.counts['people'] // 8))}\n",
        _parties(made),
        _next_step(made, live),
        _decisions(made, live),
        writer.block("success", writer.say(14)) if writer.chance(0.8) else "",
        _milestones(made),
        _links(made, number),
        _clocks(made),
        closing(made, ("priority", "health", "leads", "parties", "next_step")),
    ]
    return "".join(lines)


def _parties(made: Plan) -> str:
    parties = made.some("agencies", 7, 40, least=1)
    roles = made.writer.rng.choices(("support", "inform", "lead"), (6, 4, 0.3), k=len(parties))
    return "parties:\n" + "".join(
        f"  - agency: {party}\n    role: {role}\n"
        for party, role in zip(parties, roles, strict=True)
    )


def _next_step(made: Plan, live: bool) -> str:
    writer = made.writer
    if not live or writer.chance(0.05):
        return ""
    due = writer.day(TODAY - timedelta(days=25), TODAY + timedelta(days=120))
    return f"next_step:\n  what: {writer.say(6)}\n  who: {made.pick('agencies')}\n  due: {due}\n"


def _decisions(made: Plan, live: bool) -> str:
    writer = made.writer
    if not writer.chance(0.3):
        return ""
    lines = ["decisions:\n"]
    for _ in range(1 + writer.count(0.6, 4)):
        open_ = live and writer.chance(0.5)
        due = TODAY + timedelta(writer.rng.randrange(-10, 90)) if open_ else made.past_day()
        lines.append(f"  - what: {writer.say(7)}\n    who: {made.pick('agencies')}\n")
        lines.append(f"    due: {due}\n")
        if not open_:
            lines.append(f"    decided:\n      on: {due}\n      how: {writer.say(9)}\n")
    return "".join(lines)


def _milestones(made: Plan) -> str:
    writer = made.writer
    lines = []
    for _ in range(writer.count(1.5, 8)):
        due = made.due_day()
        word = "due" if due >= TODAY else "done"
        lines.append(f"  - what: {writer.say(5)}\n    {word}: {due}\n")
    return "milestones:\n" + "".join(lines) if lines else ""


def _links(made: Plan, number: int) -> str:
    writer = made.writer
    lines = []
    for other in made.some("issues", 1.6, 12):
        kind = writer.rng.choices(_LINKS, (5, 3, 1, 2, 1, 1))[0]
        if other == name("issues", number):
            continue
        # Only on an earlier one, so that nothing depends on itself in a circle.
        if kind == "depends-on" and other > name("issues", number):
            kind = "related"
        lines.append(f"  - to: {other}\n    kind: {kind}\n    because: {writer.say(9)}\n")
    return "links:\n" + "".join(lines) if lines else ""


def _clocks(made: Plan) -> str:
    writer = made.writer
    lines = []
    for clock in made.some("clocks", 0.5, 4):
        started = made.past_day()
        lines.append(f"  - clock: {clock}\n    started: {started}\n")
        if made.sorts[int(clock[-5:])] == "steps" and writer.chance(0.5):
            met = started + timedelta(days=20)
            lines.append(f"    met:\n      - step: Filed with the body\n        on: {met}\n")
        if (TODAY - started).days > 300:
            lines.append(f"    ended:\n      how: met\n      on: {started + timedelta(days=200)}\n")
    return "clocks:\n" + "".join(lines) if lines else ""
