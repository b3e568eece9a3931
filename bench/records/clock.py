"""Clocks as laws set them: steps, a round, or fixed dates."""

from __future__ import annotations

from records.plan import Plan
from records.sources import closing


def clock(made: Plan, number: int) -> str:
    """Return the text of a clock's file."""
    writer, rng = made.writer, made.writer.rng
    sort = made.sorts[number]
    lines = [f"title: {writer.call(6)}\ncitation: {writer.say(4)}\n"]
    if sort == "steps":
        lines.append("steps:\n  - name: Filed with the body\n    days: 30\n")
        last = "Filed with the body"
        for step in range(writer.count(2, 7)):
            words = f"{writer.say(4)} {step}"
            lines.append(f"  - name: {words}\n    after: {last}\n    days: {rng.randint(5, 120)}\n")
            if writer.chance(0.3):
                lines.append("    calendar: business\n    holidays: [US, MX]\n")
            last = words
    elif sort == "recurrence":
        lines.append(
            f"recurrence:\n  every: {rng.choice((90, 180, 365))}\n  from: {made.past_day()}\n"
        )
    else:
        lines.append("fixed:\n")
        for _ in range(1 + writer.count(0.5, 4)):
            lines.append(f"  - due: {made.due_day()}\n    what: {writer.say(6)}\n")
    lines.append(closing(made))
    return "".join(lines)
