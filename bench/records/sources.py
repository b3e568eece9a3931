"""What stands at the end of a generated record of any kind: notes, tags, marking, sources."""

from __future__ import annotations

from records.plan import Plan

_TAGS = ("congress", "summit", "press", "budget", "court", "states", "tribes", "review")


def closing(made: Plan, judged: tuple[str, ...] = ()) -> str:
    """Return the closing lines of a record; `judged` are fields that the office itself vouches for."""
    writer, rng = made.writer, made.writer.rng
    lines = []
    notes = writer.count(0.5, 6)
    if notes:
        lines.append("notes:\n")
        for day in sorted(made.past_day() for _ in range(notes)):
            lines.append(f"  - on: {day}\n    by: Desk officer\n    text: {writer.say(14)}\n")
    if writer.chance(0.2):
        lines.append(f"tags: [{', '.join(sorted(rng.sample(_TAGS, rng.randint(1, 2))))}]\n")
    if writer.chance(0.2):
        lines.append(f"marking: {rng.choice(('public', 'public', 'deliberative'))}\n")
    lines.append("sources:\n")
    for _ in range(1 + writer.count(0.4, 4)):
        lines.append(f"  - cite: {writer.say(7)}\n    on: {made.past_day()}\n")
        lines.append(f"    confidence: {rng.choice(('high', 'high', 'medium', 'low'))}\n")
    if judged:
        lines.append("  - cite: The office's own assessment\n    covers:\n")
        lines += [f"      - {name}\n" for name in judged]
    return "".join(lines)
