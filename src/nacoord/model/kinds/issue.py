"""Issue: what the office tends."""

from collections.abc import Iterator
from typing import Literal

from nacoord.model.declare import Field
from nacoord.model.kinds.base import Part
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.base import SelfFault
from nacoord.model.kinds.base import Text
from nacoord.model.references import AgencyId
from nacoord.model.references import ClockId
from nacoord.model.references import IssueId
from nacoord.model.references import PartyId
from nacoord.model.references import PersonId
from nacoord.model.when import Day
from nacoord.model.when import Moment

Priority = Literal["P1", "P2", "P3", "P4"]
IssueStatus = Literal["proposed", "active", "monitoring", "blocked", "resolved", "dropped"]
Health = Literal["green", "amber", "red"]
PartyRole = Literal["lead", "support", "inform"]
LinkKind = Literal["undermines", "supports", "depends-on", "blocks", "related", "precedent"]

LIVE = frozenset({"active", "monitoring", "blocked"})
ENDED = frozenset({"resolved", "dropped"})


class Leads(Part):
    """The agency that leads abroad, and the one that leads at home."""

    foreign: AgencyId | None = Field(default=None, description="Leads with the other government.")
    domestic: AgencyId | None = Field(default=None, description="Leads at home.")


class Party(Part):
    """A stakeholder in the issue."""

    agency: AgencyId = Field(description="Who.")
    role: PartyRole = Field(description="What is asked of it.")


class NextStep(Part):
    """The one thing to be done next."""

    what: Text = Field(description="The step, as an instruction.")
    who: PartyId | None = Field(default=None, description="Who takes it.")
    due: Moment | None = Field(default=None, description="By when.")


class Decided(Part):
    """How a decision went."""

    on: Day = Field(description="The day it was taken.")
    how: Text = Field(description="What was decided.")


class Decision(Part):
    """A decision that the issue waits for."""

    what: Text = Field(description="The question to be decided.")
    who: PartyId | None = Field(default=None, description="Who decides it.")
    due: Moment | None = Field(default=None, description="By when it is needed.")
    decided: Decided | None = Field(default=None, description="How it went, once taken.")


class Milestone(Part):
    """A mark on the way."""

    what: Text = Field(description="What will have happened.")
    due: Moment | None = Field(default=None, description="By when.")
    done: Day | None = Field(default=None, description="The day it was reached.")


class Link(Part):
    """How this issue bears on another."""

    to: IssueId = Field(description="The other issue.")
    kind: LinkKind = Field(description="What this one does to it.")
    because: Text | None = Field(default=None, description="Why.")


class StepMet(Part):
    """A step of a clock that has been met."""

    step: Text = Field(description="The name of the step.")
    on: Day = Field(description="The day it was met.")


class ClockEnd(Part):
    """What stopped a clock."""

    how: Literal["met", "stayed", "superseded"] = Field(description="What happened to it.")
    on: Day = Field(description="The day.")
    because: Text | None = Field(default=None, description="By what.")


class ClockRun(Part):
    """A clock as it applies to this issue; without `started` it has not started."""

    clock: ClockId = Field(description="The clock.")
    started: Day | None = Field(default=None, description="The day it counts from.")
    met: tuple[StepMet, ...] = Field(default=(), description="Steps met so far.")
    ended: ClockEnd | None = Field(default=None, description="What stopped it, if anything did.")


class Issue(Record):
    """What the office tends: one question of policy with Mexico, Canada or both."""

    relationships: tuple[Text, ...] = Field(
        min_length=1, description="Which relationships it belongs to, as nacoord.yaml names them."
    )
    theme: Text = Field(description="Its theme, as nacoord.yaml names them.")
    priority: Priority = Field(description="P1 is tended daily, P4 when there is time.")
    status: IssueStatus = Field(description="Where it stands.")
    health: Health = Field(description="Whether it is going well.")
    health_reason: Text | None = Field(default=None, description="Why the health is what it is.")
    leads: Leads = Field(default=Leads(), description="Who leads abroad and at home.")
    owner: PersonId | None = Field(default=None, description="Who in the office tends it.")
    parties: tuple[Party, ...] = Field(
        seldom=True, default=(), description="Its stakeholders, and what is asked of each."
    )
    next_step: NextStep | None = Field(default=None, description="The one thing to be done next.")
    decisions: tuple[Decision, ...] = Field(default=(), description="Decisions it waits for.")
    success: Text | None = Field(
        seldom=True, default=None, description="How we will know that it is done."
    )
    milestones: tuple[Milestone, ...] = Field(default=(), description="Marks on the way.")
    links: tuple[Link, ...] = Field(
        seldom=True, default=(), description="How it bears on other issues."
    )
    clocks: tuple[ClockRun, ...] = Field(default=(), description="The clocks that run on it.")

    @property
    def live(self) -> bool:
        """True while the issue is being tended: active, monitoring or blocked."""
        return self.status in LIVE

    @property
    def ended(self) -> bool:
        """True once the issue is over: resolved or dropped."""
        return self.status in ENDED

    def agencies(self) -> frozenset[str]:
        """Return the ids of every agency with a lead or a role in the issue."""
        leads = {lead for lead in (self.leads.foreign, self.leads.domestic) if lead}
        return frozenset(leads | {party.agency for party in self.parties})

    def self_faults(self) -> Iterator[SelfFault]:
        """Yield ill health without a reason, a party named twice and a link to itself."""
        yield from super().self_faults()
        if self.health != "green" and not self.health_reason:
            yield SelfFault(
                "health-without-reason",
                f"health is {self.health} and nothing says why",
                ("health",),
                "add health_reason",
            )
        seen: set[str] = set()
        for index, party in enumerate(self.parties):
            if party.agency in seen:
                yield SelfFault(
                    "repeated-party",
                    f'"{party.agency}" is a party twice',
                    ("parties", index, "agency"),
                    "keep one of the two, with one role",
                )
            seen.add(party.agency)
        for index, link in enumerate(self.links):
            if link.to == self.id:
                yield SelfFault(
                    "self-link",
                    f"the issue {link.kind} itself",
                    ("links", index, "to"),
                    "name another issue or remove the link",
                )
