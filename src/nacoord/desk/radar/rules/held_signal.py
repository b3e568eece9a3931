"""There is a sign that an action is coming, and those it hits have not been told.

It speaks from the day of the sign, however far the action is, for `signal_days` after the newest sign;
when the action itself, or the day by which somebody must be told, is within `action_days`, `untold`
speaks instead. Those it hits are the ones named to be told;
where nobody is named, the leads of its issues, those who support them, and the states, cities and
tribes in them. Whoever holds a sign, or has been told, counts as knowing; who tells a person tells
the body where the person serves.

Why it matters: before most of the surprises in the sample record somebody had a sign, days or months
ahead.

What to do: tell them, and record it with `nacoord tell ACTION WHO`.
"""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.rules.untold import near
from nacoord.desk.radar.scene import Scene
from nacoord.desk.radar.words import listed
from nacoord.desk.telling import heard
from nacoord.model.kinds.action import Action
from nacoord.model.kinds.agency import SUBNATIONAL
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.issue import Issue


def find(scene: Scene) -> Iterator[Finding]:
    """Yield each action with a fresh sign that somebody it hits does not know of."""
    oldest = scene.ahead(-scene.limits.signal_days)
    for action in scene.expected:
        signs = [
            (sign.on, at)
            for at, sign in enumerate(action.signals)
            if oldest <= sign.on <= scene.today
        ]
        if not signs or near(scene, action):
            continue
        missing = unaware(scene, action)
        if missing:
            newest, at = max(signs)
            holders = action.signals[at].held_by or action.by
            yield Finding(
                action.id,
                f"a sign of “{action.title}” since {newest}, held by {listed(holders)};"
                f" not told: {listed(missing)}",
                "a sign that stays with one agency is a surprise to the others",
                missing,
                f"nacoord tell {action.id} {' '.join(missing)}",
                action.issues,
                None,
                (scene.place(action.id, "signals", at),),
            )


def unaware(scene: Scene, action: Action) -> tuple[str, ...]:
    """Return those whom an action hits and who neither hold a sign of it nor have been told."""
    aware = heard(scene.snapshot, action)
    aware |= {id for sign in action.signals for id in sign.held_by if sign.on <= scene.today}
    named = [entry.who for entry in action.tell] or list(hit(scene, action))
    own = scene.snapshot.office.own_agency
    return tuple(dict.fromkeys(id for id in named if id not in aware and id != own))


def hit(scene: Scene, action: Action) -> Iterator[str]:
    """Yield those whom an action hits: leads, supporters, and states, cities and tribes."""
    for id in action.issues:
        issue = scene.issue(id)
        if issue is None:
            continue
        at_work = working(issue)
        yield from at_work
        for party in issue.parties:
            agency = scene.snapshot.get(Agency, party.agency)
            if party.agency not in at_work and agency and agency.level in SUBNATIONAL:
                yield party.agency


def working(issue: Issue) -> tuple[str, ...]:
    """Return who leads or supports an issue."""
    leads = (lead for lead in (issue.leads.foreign, issue.leads.domestic) if lead)
    return (*leads, *(party.agency for party in issue.parties if party.role != "inform"))
