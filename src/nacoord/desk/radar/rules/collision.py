"""Two dated things fall within days of each other, and one can spoil the other.

It speaks of an action that is expected (an arrest, a tariff, a permit decision) within
`collision_days` of a contact that is ahead, when somebody from beside the federal government at that
contact is hit by the action and has not been told of it: whoever is to be told, leads or supports an
issue that it hits, or has a position on one; and a state, city or tribe in one, when the contact is about
that issue or one linked to it.

It also speaks of an action within as many days of another agency's action, of a promise due from the
other side, or of a contact ahead with another country or Congress, when their issues undermine or block
one another and they share none.

Why it matters: each is right by itself; so close together they undo each other, and the table is where
it shows.

What to do: tell those at the table beforehand, or move one of the two.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nacoord.desk.radar.dated import Calendar
from nacoord.desk.radar.dated import Dated
from nacoord.desk.radar.dated import actions
from nacoord.desk.radar.dated import apart
from nacoord.desk.radar.dated import contact
from nacoord.desk.radar.dated import promises
from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.rules.held_signal import hit
from nacoord.desk.radar.rules.held_signal import working
from nacoord.desk.radar.scene import Scene
from nacoord.desk.radar.words import listed
from nacoord.desk.radar.words import when_words
from nacoord.desk.sides import agency_of
from nacoord.desk.telling import heard
from nacoord.model.kinds.action import Action
from nacoord.model.when import When

_AT_ODDS = frozenset({"undermines", "blocks"})
# A precedent is of the past: it ties nothing that is dated.
_TYING = frozenset({"undermines", "blocks", "supports", "depends-on", "related"})


@dataclass(frozen=True, slots=True)
class _Hit:
    """Whom an action hits that has not been told: `hard` wherever we meet, `soft` where it is spoken of."""

    hard: frozenset[str]
    soft: frozenset[str]
    around: frozenset[str]

    def at(self, met: Dated) -> list[str]:
        """Return who of them is at a contact."""
        spoken_of = not self.around.isdisjoint(met.issues)
        return sorted(met.there & (self.hard | self.soft if spoken_of else self.hard))


def find(scene: Scene) -> Iterator[Finding]:
    """Yield each pair of dated things that can spoil each other."""
    if not scene.expected:
        return
    contacts = [contact(scene, each) for each in scene.snapshot.engagements]
    ahead = Calendar(each for each in contacts if each.there and each.when.end >= scene.today)
    others = Calendar((*actions(scene), *promises(scene)))
    odds, tied, voices = _at_odds(scene), _tied(scene), _voices(scene)
    for action in scene.expected:
        near = ahead.within(action.when, scene.limits.collision_days)
        whom = _hit(scene, action, tied, voices)
        untold = [(each, who) for each in near if (who := whom.at(each))]
        if untold:
            yield _told_there(scene, action, untold)
        against = _against(action, odds)
        if against:
            told_of = {each.id for each, _ in untold}
            dated = [each for each in near if each.wary and each.id not in told_of]
            dated += others.within(action.when, scene.limits.collision_days)
            yield from _pairs(scene, action, dated, against)


def _at_odds(scene: Scene) -> dict[str, dict[str, str]]:
    """Return for each live issue those it is at odds with, and which does what to which."""
    found: dict[str, dict[str, str]] = {}
    for issue in scene.issues:
        for link in issue.links:
            other = scene.issue(link.to)
            if link.kind in _AT_ODDS and other is not None and other.live:
                said = f"{issue.id} {link.kind} {other.id}"
                found.setdefault(issue.id, {}).setdefault(other.id, said)
                found.setdefault(other.id, {}).setdefault(issue.id, said)
    return found


def _against(action: Action, odds: dict[str, dict[str, str]]) -> dict[str, tuple[str, str]]:
    """Return the issues that those of an action are at odds with: with which of them, and how."""
    return {
        other: (id, said)
        for id in reversed(action.issues)
        for other, said in odds.get(id, {}).items()
        if other not in action.issues
    }


def _tied(scene: Scene) -> dict[str, set[str]]:
    """Return for each issue those that a link ties it to, either way."""
    found: dict[str, set[str]] = {}
    for issue in scene.issues:
        for link in issue.links:
            if link.kind in _TYING:
                found.setdefault(issue.id, set()).add(link.to)
                found.setdefault(link.to, set()).add(issue.id)
    return found


def _voices(scene: Scene) -> dict[str, set[str]]:
    """Return for each issue who has a position on it."""
    found: dict[str, set[str]] = {}
    for agency in scene.snapshot.agencies:
        for position in agency.positions:
            found.setdefault(position.issue, set()).add(agency.id)
    return found


def _hit(
    scene: Scene, action: Action, tied: dict[str, set[str]], voices: dict[str, set[str]]
) -> _Hit:
    know = heard(scene.snapshot, action)
    named = (agency_of(scene.snapshot, entry.who) for entry in action.tell)
    hard = {agency.id for agency in named if agency}
    around, soft = set(action.issues), set(hit(scene, action))
    for id in action.issues:
        issue = scene.issue(id)
        around |= tied.get(id, set())
        hard |= voices.get(id, set())
        hard |= set(working(issue)) if issue else set()
    return _Hit(frozenset(hard - know), frozenset(soft - know), frozenset(around))


def _told_there(scene: Scene, action: Action, near: list[tuple[Dated, list[str]]]) -> Finding:
    near.sort(key=lambda pair: (apart(action.when, pair[0].when), pair[0].when.start, pair[0].id))
    learning = tuple(dict.fromkeys(id for _, ids in near for id in ids))
    contacts = ", ".join(f"“{each.title}” ({each.when})" for each, _ in near[:2])
    further = len(near) - 2
    more = f" and {further} more contact{'s' * (further > 1)}" if further > 0 else ""
    return Finding(
        action.id,
        f"“{action.title}” ({when_words(action.when)}, {listed(action.by)}) beside"
        f" {contacts}{more}; not told: {listed(learning)}",
        "they are hit by it, and have not heard of it from us when we meet",
        tuple(dict.fromkeys((*learning, *scene.leads(action.issues)))),
        f"nacoord tell {action.id} {' '.join(learning)}",
        tuple(dict.fromkeys((*action.issues, *(id for each, _ in near for id in each.issues)))),
        _first(scene.today, action.when, *(each.when for each, _ in near)),
        (scene.place(action.id, "when"), *(scene.place(each.id, each.field) for each, _ in near)),
    )


def _first(today: date, *moments: When) -> date:
    """Return the first day of the earliest of some moments; today when it has begun."""
    return max(today, min(moment.start for moment in moments))


def _pairs(
    scene: Scene, action: Action, dated: Iterable[Dated], against: dict[str, tuple[str, str]]
) -> Iterator[Finding]:
    """Yield a finding for each of some dated things near an action with an issue at odds with its own."""
    for other in dated:
        odd = next((id for id in against if id in other.issues), None)
        if odd is not None and not _together(action, other):
            yield _pair(scene, action, other, odd, *against[odd])


def _together(action: Action, other: Dated) -> bool:
    """Tell whether two things are one's own, told already, or held together by being about both."""
    # Of two actions the pair is told once, under the id that comes first.
    own = bool(other.by) and (other.id <= action.id or other.by == set(action.by))
    return own or not set(action.issues).isdisjoint(other.issues)


def _pair(scene: Scene, action: Action, other: Dated, odd: str, own: str, said: str) -> Finding:
    return Finding(
        action.id,
        f"“{action.title}” ({when_words(action.when)}) beside “{other.title}”"
        f" ({when_words(other.when)}): {said}",
        "each is right by itself; so close together they undo each other",
        scene.leads((*action.issues, odd)),
        f"nacoord impact {own} --to {odd}",
        tuple(dict.fromkeys((*action.issues, *other.issues))),
        _first(scene.today, action.when, other.when),
        (scene.place(action.id, "when"), scene.place(other.id, other.field)),
    )
