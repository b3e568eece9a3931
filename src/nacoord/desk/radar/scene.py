"""What the rules of the radar look at: a record on a day, and what several rules ask of it."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from functools import cached_property

from nacoord.desk.contacts import Contact
from nacoord.desk.contacts import contacts
from nacoord.desk.deadlines import Deadline
from nacoord.desk.deadlines import deadlines
from nacoord.desk.radar.dues import Due
from nacoord.desk.radar.dues import dues
from nacoord.desk.radar.finding import Place
from nacoord.desk.sides import Side
from nacoord.desk.sides import side
from nacoord.model.facts import Facts
from nacoord.model.facts import Move
from nacoord.model.kinds.action import Action
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.issue import Issue
from nacoord.model.office import RadarThresholds
from nacoord.model.snapshot import Snapshot


@dataclass(frozen=True)
class Scene:
    """A record on a day, with what history says of it up to then."""

    snapshot: Snapshot
    today: date
    facts: Facts

    @property
    def limits(self) -> RadarThresholds:
        """When each rule begins to speak, as nacoord.yaml says."""
        return self.snapshot.office.thresholds.radar

    def ahead(self, days: int) -> date:
        """Return the day that many days from today."""
        return self.today + timedelta(days=days)

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """The live issues, by id."""
        return tuple(issue for issue in self.snapshot.issues if issue.live)

    @cached_property
    def expected(self) -> tuple[Action, ...]:
        """The actions that are still to come, by id."""
        return tuple(
            action
            for action in self.snapshot.actions
            if action.status == "expected" and action.when.end >= self.today
        )

    @cached_property
    def deadlines(self) -> tuple[Deadline, ...]:
        """The deadlines of the clocks that run on live issues, by day."""
        return tuple(deadlines(self.snapshot, self.today))

    @cached_property
    def dues(self) -> tuple[Due, ...]:
        """What is still to be done by a day: promises, next steps, decisions, milestones."""
        return tuple(dues(self.snapshot))

    @cached_property
    def contacts(self) -> dict[str, Contact]:
        """The contacts around today, by stakeholder."""
        return contacts(self.snapshot, self.today)

    @cached_property
    def first_tour(self) -> date | None:
        """The first day of the office's own people; None where no tour is in the record."""
        own = self.snapshot.office.own_agency
        tours = [
            person.tour.start
            for person in self.snapshot.people
            if person.agency == own and person.tour
        ]
        return min(tours, default=None)

    @property
    def began(self) -> date | None:
        """The day the office began: the first tour of its own people, else the first commit."""
        return self.first_tour or self.facts.began

    @cached_property
    def moves(self) -> dict[str, tuple[Move, ...]]:
        """What history saw change, by the name of the field, oldest first."""
        found: dict[str, list[Move]] = {}
        for move in self.facts.moves:
            found.setdefault(move.field, []).append(move)
        return {field: tuple(moves) for field, moves in found.items()}

    def place(self, record: str, *field: str | int) -> Place:
        """Return where in the record something stands."""
        return Place(record, field, self.snapshot.files.get(record, ""))

    def issue(self, id: str) -> Issue | None:
        """Return the issue with this id."""
        return self.snapshot.get(Issue, id)

    def side(self, ids: Iterable[str]) -> Side:
        """Tell whose move it is."""
        return side(self.snapshot, ids)

    def leads(self, issues: Iterable[str]) -> tuple[str, ...]:
        """Return who must hear of what concerns some issues: their leads and owners, each once."""
        return tuple(dict.fromkeys(id for each in issues for id in self._leads(each)))

    def _leads(self, id: str) -> Iterator[str]:
        issue = self.issue(id)
        if issue is not None:
            named = (issue.leads.foreign, issue.leads.domestic, issue.owner)
            known = (self.snapshot.records, self.snapshot.broken)
            yield from (lead for lead in named if lead and any(lead in each for each in known))

    def foreign(self, agency: Agency) -> bool:
        """Tell whether a stakeholder is of another country."""
        return self.side((agency.id,)) == "theirs"
