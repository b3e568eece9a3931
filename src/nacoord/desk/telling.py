"""Who knows of an action: who has been told and has cleared it, who has not, who might be told too."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from typing import Literal

from nacoord.desk.lookup import is_within
from nacoord.desk.sides import Side
from nacoord.desk.sides import agency_of
from nacoord.desk.sides import side_if_read
from nacoord.model.kinds.action import Action
from nacoord.model.kinds.action import Tell
from nacoord.model.kinds.agency import AgencyLevel
from nacoord.model.kinds.issue import Issue
from nacoord.model.kinds.issue import PartyRole
from nacoord.model.snapshot import Snapshot
from nacoord.model.when import When

_ROLES: tuple[PartyRole, ...] = ("lead", "support", "inform")


@dataclass(frozen=True, slots=True)
class NotTold:
    """Somebody who must be told of an action and has not been.

    Attributes:
        who: the id.
        name: the title.
        side: ours, which is anybody of our own country, or theirs; None when its file is missing or can't be read.
        by: by when it must be told; None when no day is set.
        days: days from today until then; negative when late.
        late: whether that day is past, or where none is set, the action has begun.
    """

    who: str
    name: str
    side: Side | None
    by: When | None
    days: int | None
    late: bool


@dataclass(frozen=True, slots=True)
class NotCleared:
    """Somebody whose clearance of an action's text is open.

    Attributes:
        who: the id.
        name: the title.
        side: ours, which is anybody of our own country, or theirs; None when its file is missing or can't be read.
        status: pending; objected; or suspect, when the text changed since it was cleared.
        on: the day it said so, if it is known.
        comment: what it said of the text.
    """

    who: str
    name: str
    side: Side | None
    status: Literal["pending", "objected", "suspect"]
    on: date | None
    comment: str


@dataclass(frozen=True, slots=True)
class NotListed:
    """A lead or party of an issue that an action hits, whom nothing says to tell.

    Attributes:
        who: the id.
        name: the title.
        level: what sort of body it is.
        role: the strongest role it has in those issues.
        issues: those issues.
    """

    who: str
    name: str
    level: AgencyLevel
    role: PartyRole
    issues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """One action, and who knows of it.

    Attributes:
        action: its id.
        title: its title.
        by: who acts.
        when: the day or window of it.
        days: days from today until it begins; 0 within its window, negative after it.
        status: expected, happened or withdrawn.
        issues: the issues it hits.
        told: who has been told.
        cleared: who has cleared the text as it stands.
        untold: who has not been told, by the day on which they must be.
        uncleared: whose clearance is open.
        unlisted: who might be told too.
        commands: what to type once they have been told and have cleared it.
    """

    action: str
    title: str
    by: tuple[str, ...]
    when: When
    days: int
    status: str
    issues: tuple[str, ...]
    told: tuple[str, ...]
    cleared: tuple[str, ...]
    untold: tuple[NotTold, ...]
    uncleared: tuple[NotCleared, ...]
    unlisted: tuple[NotListed, ...]
    commands: tuple[str, ...]

    @property
    def open(self) -> bool:
        """True when somebody must still be told, or must still clear it."""
        return self.status == "expected" and bool(self.untold or self.uncleared)


def heard(snapshot: Snapshot, action: Action) -> set[str]:
    """Return who acts or has been told, and the bodies where the persons among them serve."""
    known = {*action.by, *(entry.who for entry in action.told)}
    served = (agency_of(snapshot, id) for id in known)
    return known | {agency.id for agency in served if agency}


def untold(snapshot: Snapshot, action: Action) -> tuple[Tell, ...]:
    """Return those who must be told and have not heard, in the record's order."""
    known = heard(snapshot, action)
    return tuple(entry for entry in action.tell if entry.who not in known)


def telling(snapshot: Snapshot, today: date, action: Action) -> Telling:
    """Return who knows of an action and who does not."""
    cleared = [each for each in action.clearances if each.status == "cleared"]
    found = Telling(
        action=action.id,
        title=action.title,
        by=action.by,
        when=action.when,
        days=action.when.days_from(today),
        status=action.status,
        issues=action.issues,
        told=tuple(dict.fromkeys(each.who for each in action.told)),
        cleared=tuple(each.who for each in cleared if not action.suspect(each)),
        untold=tuple(_not_told(snapshot, today, action)),
        uncleared=tuple(_not_cleared(snapshot, action)),
        unlisted=tuple(_not_listed(snapshot, action)),
        commands=(),
    )
    return replace(found, commands=_commands(found))


def narrowed(found: Telling, them: Collection[str]) -> Telling:
    """Return what of it concerns some stakeholders alone."""
    own = replace(
        found,
        untold=tuple(each for each in found.untold if each.who in them),
        uncleared=tuple(each for each in found.uncleared if each.who in them),
        unlisted=tuple(each for each in found.unlisted if each.who in them),
    )
    return replace(own, commands=_commands(own))


def _not_told(snapshot: Snapshot, today: date, action: Action) -> list[NotTold]:
    found = []
    for entry in untold(snapshot, action):
        late = entry.by.end < today if entry.by else action.when.start < today
        days = (entry.by.end - today).days if entry.by else None
        whose = side_if_read(snapshot, entry.who)
        found.append(NotTold(entry.who, snapshot.name(entry.who), whose, entry.by, days, late))
    return sorted(found, key=lambda each: (each.by.end if each.by else date.max, each.side or ""))


def _not_cleared(snapshot: Snapshot, action: Action) -> Iterator[NotCleared]:
    for entry in action.clearances:
        whose = side_if_read(snapshot, entry.who)
        name = snapshot.name(entry.who)
        comment = entry.comment or ""
        if entry.status != "cleared":
            yield NotCleared(entry.who, name, whose, entry.status, entry.on, comment)
        elif action.suspect(entry):
            yield NotCleared(entry.who, name, whose, "suspect", entry.on, comment)


def _not_listed(snapshot: Snapshot, action: Action) -> list[NotListed]:
    """Return those of the issues' leads and parties that are not asked, not told and don't act.

    A part of a body that acts acts with it; whoever is to clear the text is shown it.
    """
    acting = {*action.by, snapshot.office.own_agency}
    knows: set[str] = set()
    for id in (*action.named(), *(each.who for each in action.told)):
        agency = agency_of(snapshot, id)
        knows.add(agency.id if agency else id)
    roles: dict[str, dict[str, PartyRole]] = {}
    for issue in (snapshot.get(Issue, id) for id in action.issues):
        if issue is None:
            continue
        held = {party.agency: party.role for party in issue.parties}
        held |= {lead: "lead" for lead in (issue.leads.foreign, issue.leads.domestic) if lead}
        for who, role in held.items():
            roles.setdefault(who, {})[issue.id] = role
    found = []
    for who, by_issue in roles.items():
        agency = agency_of(snapshot, who)
        if agency is not None and who not in knows and not is_within(snapshot, who, acting):
            strongest = min(by_issue.values(), key=_ROLES.index)
            found.append(NotListed(who, agency.title, agency.level, strongest, tuple(by_issue)))
    return sorted(found, key=lambda each: (_ROLES.index(each.role), each.who))


def _commands(found: Telling) -> tuple[str, ...]:
    if not found.open:
        return ()
    tell = " ".join(["nacoord tell", found.action, *(each.who for each in found.untold)])
    clear = (f"nacoord clear {found.action} {each.who}" for each in found.uncleared)
    return (*([tell] if found.untold else []), *clear)
