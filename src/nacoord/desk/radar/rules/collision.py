"""Two dated things on coupled issues fall within days of each other, and one can spoil the other.

It speaks of an action that is expected (an arrest, a tariff, a permit decision) within
`collision_days` of a contact that is ahead, when somebody from beside the federal government at that
contact is hit by the action and has not been told of it; and of an action within that many days of
another agency's action or of a promise due from the other side, when their issues undermine or block
one another.

Issues are coupled when they are the same, when one links to the other, or when somebody at the contact
leads or supports the issue that the action hits.

Why it matters: each is right by itself; in one week they undo each other, and the table is where it
shows.

What to do: tell those at the table beforehand, or move one of the two.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from datetime import date

from nacoord.desk.contacts import attending
from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.rules.held_signal import hit
from nacoord.desk.radar.scene import Scene
from nacoord.desk.radar.words import listed
from nacoord.desk.radar.words import when_words
from nacoord.model.kinds.action import Action
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.engagement import Engagement
from nacoord.model.when import When

_AT_ODDS = frozenset({"undermines", "blocks"})
# A precedent is of the past: it couples nothing that is dated.
_COUPLING = frozenset({"undermines", "blocks", "supports", "depends-on", "related"})


def find(scene: Scene) -> Iterator[Finding]:
    """Yield each pair of dated things that can spoil each other."""
    if not scene.expected:
        return
    ahead = [
        each for each in scene.snapshot.engagements if (each.until or each.date) >= scene.today
    ]
    coupled = _linked(scene, _COUPLING)
    at_odds = _linked(scene, _AT_ODDS)
    for action in scene.expected:
        yield from _at_the_table(scene, action, ahead, coupled)
        yield from _at_odds(scene, action, at_odds)


def _linked(scene: Scene, kinds: frozenset[str]) -> dict[str, set[str]]:
    """Return for each live issue those that a link of these kinds ties it to, either way."""
    found: dict[str, set[str]] = {}
    for issue in scene.issues:
        for link in issue.links:
            if link.kind in kinds:
                found.setdefault(issue.id, set()).add(link.to)
                found.setdefault(link.to, set()).add(issue.id)
    return found


def _apart(one: When, other: When) -> int:
    """Return how many days lie between two moments; 0 when they overlap or are the same day."""
    return max(0, (other.start - one.end).days, (one.start - other.end).days)


def _at_the_table(
    scene: Scene, action: Action, ahead: Iterable[Engagement], coupled: dict[str, set[str]]
) -> Iterator[Finding]:
    """Yield one finding for all contacts near an action at which somebody would learn of it."""
    told = {entry.who for entry in action.told} | set(action.by)
    involved = {entry.who for entry in action.tell} | set(hit(scene, action))
    beside = set(action.issues) | _beside(action.issues, coupled)
    near: list[tuple[Engagement, list[str]]] = []
    for engagement in ahead:
        span = _span(engagement)
        if _apart(action.when, span) > scene.limits.collision_days:
            continue
        there = {id for id in attending(scene.snapshot, engagement) if _outside(scene, id)}
        learning = sorted((there & involved) - told)
        abroad = any(scene.side((id,)) == "theirs" for id in learning)
        if learning and (abroad or not beside.isdisjoint(engagement.issues)):
            near.append((engagement, learning))
    if near:
        yield _told_there(scene, action, near)


def _told_there(scene: Scene, action: Action, near: list[tuple[Engagement, list[str]]]) -> Finding:
    near.sort(key=lambda pair: (_apart(action.when, _span(pair[0])), pair[0].date, pair[0].id))
    learning = tuple(dict.fromkeys(id for _, ids in near for id in ids))
    contacts = ", ".join(f"“{each.title}” ({each.date})" for each, _ in near[:2])
    more = f" and {len(near) - 2} more contacts" if len(near) > 2 else ""
    return Finding(
        action.id,
        f"“{action.title}” ({when_words(action.when)}, {listed(action.by)}) beside"
        f" {contacts}{more}; not told: {listed(learning)}",
        "those at the table are hit by it, and would learn of it there or after",
        tuple(dict.fromkeys((*learning, *scene.leads(action.issues)))),
        f"nacoord tell {action.id} {' '.join(learning[:4])}",
        tuple(dict.fromkeys((*action.issues, *(id for each, _ in near for id in each.issues)))),
        _first(scene.today, action.when, *(_span(each) for each, _ in near)),
        (scene.place(action.id, "when"), *(scene.place(each.id, "date") for each, _ in near)),
    )


def _span(engagement: Engagement) -> When:
    return When(engagement.date, engagement.until or engagement.date, "")


def _outside(scene: Scene, id: str) -> bool:
    """Tell whether somebody is beside the federal government: abroad, a state, a city, Congress."""
    agency = scene.snapshot.get(Agency, id)
    return agency is not None and agency.level != "federal"


def _beside(issues: Iterable[str], coupled: dict[str, set[str]]) -> set[str]:
    return {other for id in issues for other in coupled.get(id, ())}


def _first(today: date, *moments: When) -> date:
    """Return the first day of the earlier of two moments; today when it has begun."""
    return max(today, min(moment.start for moment in moments))


def _at_odds(scene: Scene, action: Action, at_odds: dict[str, set[str]]) -> Iterator[Finding]:
    against = _beside(action.issues, at_odds) - set(action.issues)
    if not against:
        return
    for other in scene.expected:
        # Of two actions the pair is told once, under the id that comes first.
        if other.id > action.id and set(other.by) != set(action.by):
            yield from _pair(
                scene, action, other.id, other.title, other.when, other.issues, against, "when"
            )
    for due in scene.dues:
        if due.kind == "promise" and scene.side(due.who) == "theirs":
            yield from _pair(
                scene, action, due.record, due.what, due.when, due.issues, against, "due"
            )


def _pair(
    scene: Scene,
    action: Action,
    id: str,
    title: str,
    when: When,
    issues: tuple[str, ...],
    against: set[str],
    field: str,
) -> Iterator[Finding]:
    shared = sorted(against & set(issues))
    if not shared or _apart(action.when, when) > scene.limits.collision_days:
        return
    if when.end < scene.today:
        return
    yield Finding(
        action.id,
        f"“{action.title}” ({when_words(action.when)}) beside “{title}” ({when_words(when)}):"
        f" {action.issues[0]} and {shared[0]} undermine each other",
        "each is right by itself; in one week they undo each other",
        scene.leads((*action.issues, *shared)),
        f"nacoord impact {action.issues[0]} --to {shared[0]}",
        tuple(dict.fromkeys((*action.issues, *issues))),
        _first(scene.today, action.when, when),
        (scene.place(action.id, "when"), scene.place(id, field)),
    )
