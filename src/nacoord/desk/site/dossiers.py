"""What belongs to one record of a site, found through who refers to whom, worked out once for all."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from nacoord.desk.clocks.answer import Clocks
from nacoord.desk.clocks.answer import clocks
from nacoord.desk.contacts import NO_CONTACT
from nacoord.desk.contacts import Contact
from nacoord.desk.contacts import contacts
from nacoord.desk.deadlines import Deadline
from nacoord.desk.deadlines import reckon
from nacoord.desk.impact.answer import Impact
from nacoord.desk.impact.answer import impact
from nacoord.desk.impact.begin import parts
from nacoord.desk.impact.web import Web
from nacoord.desk.impact.web import weave
from nacoord.desk.lookup import scope_of
from nacoord.desk.telling import untold
from nacoord.desk.view import Referrer
from nacoord.desk.view import all_referrers
from nacoord.model.kinds.action import Action
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.agency import Position
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.commitment import Commitment
from nacoord.model.kinds.engagement import Engagement
from nacoord.model.kinds.issue import Issue
from nacoord.model.kinds.person import Person
from nacoord.model.references import references
from nacoord.model.snapshot import Snapshot
from nacoord.model.snapshot import snapshot as put_together

R = TypeVar("R", bound=Record)
# An action, and the ids of those who must be told of it and have not been.
Coming = tuple[Action, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class IssueFile:
    """What belongs to an issue.

    Attributes:
        impact: what else moves if it moves.
        clocks: its deadlines, and the clocks on it that have not started.
        positions: who stands where on it: the agency, and what it holds.
        promises: the promises about it, the open ones first.
        actions: the actions that hit it, the latest first, each with who has not been told of it.
        contacts: the contacts about it, the latest first.
    """

    impact: Impact
    clocks: Clocks
    positions: tuple[tuple[Agency, Position], ...]
    promises: tuple[Commitment, ...]
    actions: tuple[Coming, ...]
    contacts: tuple[Engagement, ...]


@dataclass(frozen=True, slots=True)
class PartyFile:
    """What belongs to a stakeholder or a person.

    Attributes:
        roles: the issues it is in, each with what it does there, live ones first.
        made: what it promised, the open ones first.
        received: what others promised it, the open ones first.
        contact: of an agency, the last and the next contact with it or a body that is part of it.
        contacts: the contacts with it, the latest first.
        actions: the actions it takes, or must be told of, the latest first, each with who has not been
            told of it.
        people: of an agency, who serves there.
        bodies: of an agency, the bodies that are part of it.
    """

    roles: tuple[tuple[Issue, tuple[str, ...]], ...]
    made: tuple[Commitment, ...]
    received: tuple[Commitment, ...]
    contact: Contact
    contacts: tuple[Engagement, ...]
    actions: tuple[Coming, ...]
    people: tuple[Person, ...]
    bodies: tuple[Agency, ...]


class Dossiers:
    """The files on the records of a Snapshot, for a day."""

    def __init__(self, snapshot: Snapshot, today: date) -> None:
        self._snapshot = snapshot
        self._today = today
        self._untold: dict[str, tuple[str, ...]] = {}

    @cached_property
    def _referrers(self) -> dict[str, tuple[Referrer, ...]]:
        return all_referrers(self._snapshot)

    @cached_property
    def _open_web(self) -> Web:
        return weave(self._snapshot, ())

    @cached_property
    def _whole_web(self) -> Web:
        return weave(self._snapshot, (), everything=True)

    @cached_property
    def _contacts(self) -> dict[str, Contact]:
        return contacts(self._snapshot, self._today)

    @cached_property
    def _roles(self) -> dict[str, dict[str, list[str]]]:
        """By agency or person and issue, what it does there, the weightiest first."""
        found: dict[str, dict[str, list[str]]] = {}
        for issue in self._snapshot.issues:
            owner = [("owns", issue.owner)] if issue.owner else []
            for does, who in (*owner, *parts(issue)):
                said = found.setdefault(who, {}).setdefault(issue.id, [])
                if does not in said:
                    said.append(does)
        for person in self._snapshot.people:
            for id in person.portfolio:
                if self._snapshot.get(Issue, id):
                    said = found.setdefault(person.id, {}).setdefault(id, [])
                    if not said:
                        said.append("tends")
        return found

    @cached_property
    def _deadlines(self) -> dict[str, list[Deadline]]:
        found: dict[str, list[Deadline]] = {}
        for deadline in reckon(self._snapshot, self._today):
            found.setdefault(deadline.clock, []).append(deadline)
        return found

    def referrers(self, id: str) -> tuple[Referrer, ...]:
        """Return who refers to a record, by kind and id."""
        return self._referrers.get(id, ())

    def deadlines(self, clock: str) -> tuple[Deadline, ...]:
        """Return the deadlines of a clock on every issue, by day."""
        return tuple(self._deadlines.get(clock, ()))

    def issue(self, issue: Issue) -> IssueFile:
        """Return what belongs to an issue."""
        near = self._near(issue)
        moved = impact(
            self._snapshot,
            self._today,
            issue,
            issue.ended,
            web=self._whole_web if issue.ended else self._open_web,
            near=near,
        )
        agencies = self._referring(issue.id, Agency)
        return IssueFile(
            impact=moved,
            clocks=clocks(near, self._today, scope_of(near, issue)),
            positions=tuple(
                (agency, position)
                for agency in agencies
                for position in agency.positions
                if position.issue == issue.id
            ),
            promises=_open_first(self._referring(issue.id, Commitment)),
            actions=self._actions(issue.id),
            contacts=_newest_first(self._referring(issue.id, Engagement)),
        )

    def party(self, record: Agency | Person) -> PartyFile:
        """Return what belongs to an agency or a person."""
        id = record.id
        promises = list(self._referring(id, Commitment))
        found = [
            (issue, tuple(does))
            for key, does in self._roles.get(id, {}).items()
            if (issue := self._snapshot.get(Issue, key))
        ]
        found.sort(key=lambda pair: (pair[0].ended, not pair[0].live, pair[0].priority, pair[0].id))
        return PartyFile(
            roles=tuple(found),
            made=_open_first(each for each in promises if id in each.by),
            received=_open_first(each for each in promises if id in each.to),
            contact=self._contacts.get(id, NO_CONTACT),
            contacts=_newest_first(
                each for each in self._referring(id, Engagement) if id in each.attendees
            ),
            actions=self._actions(id),
            people=tuple(each for each in self._referring(id, Person) if each.agency == id),
            bodies=tuple(each for each in self._referring(id, Agency) if each.parent == id),
        )

    def _actions(self, id: str) -> tuple[Coming, ...]:
        """Return the actions that refer to a record, the latest first."""
        found = sorted(
            self._referring(id, Action),
            key=lambda each: (each.when.end, each.when.start, each.id),
            reverse=True,
        )
        return tuple((action, self._unheard(action)) for action in found)

    def _unheard(self, action: Action) -> tuple[str, ...]:
        if action.id not in self._untold:
            expected = action.status == "expected"
            entries = untold(self._snapshot, action) if expected else ()
            self._untold[action.id] = tuple(entry.who for entry in entries)
        return self._untold[action.id]

    def _referring(self, id: str, model: type[R]) -> Iterator[R]:
        for referrer in self.referrers(id):
            record = self._snapshot.get(model, referrer.id)
            if record is not None:
                yield record

    def _near(self, issue: Issue) -> Snapshot:
        """Return the part of the record in which everything is that could hang on an issue."""
        whole = self._snapshot
        around = [whole.records[each.id] for each in self.referrers(issue.id)]
        core = [issue, *(each for each in around if not isinstance(each, Issue))]
        named = {each.id for record in core for each in references(record)}
        ids = {record.id for record in core} | named | {whole.office.own_agency}
        people = (whole.get(Person, id) for id in named)
        ids |= {person.agency for person in people if person}
        return put_together(
            whole.office,
            [
                (whole.files[id], whole.records[id])
                for id in ids & whole.records.keys()
                if id == issue.id or not isinstance(whole.records[id], Issue)
            ],
        )


def _open_first(promises: Iterable[Commitment]) -> tuple[Commitment, ...]:
    return tuple(
        sorted(
            promises,
            key=lambda each: (
                each.status != "open",
                each.due.end if each.due else date.max,
                each.id,
            ),
        )
    )


def _newest_first(contacts: Iterable[Engagement]) -> tuple[Engagement, ...]:
    return tuple(sorted(contacts, key=lambda each: (each.date, each.id), reverse=True))
