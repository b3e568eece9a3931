"""Agencies and people as people write them."""

from __future__ import annotations

from datetime import timedelta

from records.plan import TODAY
from records.plan import Plan
from records.plan import name
from records.sources import closing


def agency(made: Plan, number: int) -> str:
    """Return the text of an agency's file; names end in its number, so that none leads to two."""
    writer, rng = made.writer, made.writer.rng
    level = made.levels[number]
    country = "" if level == "multilateral" else rng.choice(("MX", "CA"))
    if level not in ("foreign", "multilateral"):
        country = "US"
    lines = [
        f"title: {writer.call(3)} {number}\n",
        writer.block("summary", writer.say(10)),
        f"level: {level}\nsphere: {made.spheres[number]}\n",
        f"country: {country}\n" if country else "",
        # Of an earlier one, so that none is its own forebear.
        f"parent: {name('agencies', rng.randrange(number))}\n"
        if number > 2 and writer.chance(0.3)
        else "",
    ]
    counterparts = [each for each in made.some("agencies", 0.4, 5) if each[-5:] != f"{number:05}"]
    if counterparts:
        lines.append(f"counterparts: [{', '.join(counterparts)}]\n")
    if writer.chance(0.7):
        lines.append(f"aliases: [A{number}, {writer.say(2)} {number} office]\n")
    if writer.chance(0.4):
        lines.append(f"cadence_days: {rng.choice((7, 14, 30, 30, 90))}\n")
    lines.append(_positions(made))
    lines.append(closing(made))
    return "".join(lines)


def _positions(made: Plan) -> str:
    writer = made.writer
    lines = [
        f"  - issue: {issue}\n    stance: {writer.say(10)}\n    since: {made.past_day()}\n"
        f"    confidence: {writer.rng.choice(('high', 'medium', 'low'))}\n"
        for issue in made.some("issues", 0.6, 20)
    ]
    return "positions:\n" + "".join(lines) if lines else ""


def person(made: Plan, number: int) -> str:
    """Return the text of a person's file: the first eighth serve in the office itself."""
    writer = made.writer
    own = number <= made.counts["people"] // 8
    start = made.past_day()
    end = start + timedelta(days=730)
    if own and writer.chance(0.5):
        end = TODAY + timedelta(writer.rng.randrange(20, 700))
    lines = [
        f"title: {writer.call(3)}\n",
        f"agency: {name('agencies', 0) if own else made.pick('agencies')}\n",
        f"role: {writer.say(5)}\n",
        f"emails: [{name('people', number)}@nao.example]\n" if writer.chance(0.6) else "",
        f"tour:\n  start: {min(start, end)}\n  end: {end}\n" if own or writer.chance(0.4) else "",
    ]
    tends = made.some("issues", 3 if own else 0.5, 30)
    if tends:
        lines.append(f"portfolio: [{', '.join(tends)}]\n")
    lines.append(closing(made))
    return "".join(lines)
