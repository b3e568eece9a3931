"""Action: something about to happen that may surprise, or that once did."""

from collections.abc import Iterator
from typing import Annotated
from typing import Literal

from nacoord.model.declare import Field
from nacoord.model.declare import Matching
from nacoord.model.kinds.base import Part
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.base import SelfFault
from nacoord.model.kinds.base import Text
from nacoord.model.references import AgencyId
from nacoord.model.references import IssueId
from nacoord.model.references import PartyId
from nacoord.model.when import Day
from nacoord.model.when import Moment

Fingerprint = Annotated[str, Matching(r"^sha256:[0-9a-f]{16}$")]


class Tell(Part):
    """Somebody who must hear of it beforehand."""

    who: PartyId = Field(description="Who must be told.")
    by: Moment | None = Field(default=None, description="By when.")


class Told(Part):
    """Somebody who has heard of it."""

    who: PartyId = Field(description="Who was told.")
    on: Day = Field(description="The day.")
    by: PartyId | None = Field(default=None, description="By whom.")
    how: Text | None = Field(default=None, description="How: a call, a note, a meeting.")


class Clearance(Part):
    """What a stakeholder said of the text it was shown."""

    who: PartyId = Field(description="Who clears.")
    status: Literal["pending", "cleared", "objected"] = Field(description="What it said.")
    on: Day | None = Field(default=None, description="The day it said so.")
    text: Fingerprint | None = Field(
        default=None,
        description="The fingerprint of the text it was shown; the clearance is suspect once that changes.",
    )
    comment: Text | None = Field(default=None, description="What it said of it.")


class Signal(Part):
    """A sign that the action was coming, and who had it."""

    on: Day = Field(description="The day of the sign.")
    what: Text = Field(description="The sign.")
    held_by: tuple[AgencyId, ...] = Field(default=(), description="Who had it.")
    access: Literal["public", "official", "closed"] = Field(
        description="Who could know: anyone, officials, or only those with access to a sealed or classified matter."
    )


class Action(Record):
    """Something about to happen that may surprise a stakeholder, or that once did."""

    by: tuple[AgencyId, ...] = Field(min_length=1, description="Who acts.")
    when: Moment = Field(description="The day or window in which it happens.")
    status: Literal["expected", "happened", "withdrawn"] = Field(
        default="expected", description="Whether it has happened."
    )
    issues: tuple[IssueId, ...] = Field(min_length=1, description="The issues it hits.")
    text: Text | None = Field(
        seldom=True, default=None, description="The text to be cleared; without it, the summary is."
    )
    tell: tuple[Tell, ...] = Field(default=(), description="Who must hear of it beforehand.")
    told: tuple[Told, ...] = Field(default=(), description="Who has heard of it.")
    clearances: tuple[Clearance, ...] = Field(default=(), description="Who has cleared it.")
    signals: tuple[Signal, ...] = Field(
        seldom=True, default=(), description="Signs that it was coming, and who had them."
    )
    surprised: tuple[AgencyId, ...] = Field(
        seldom=True, default=(), description="Whom it did surprise."
    )

    def fingerprint(self) -> str:
        """Return the fingerprint of the text that is cleared: SHA-256 (FIPS 180-4), 64 bits of it.

        White space at line ends and around the text doesn't count.
        """
        import hashlib

        body = self.text or self.summary or self.title
        lines = (line.rstrip() for line in body.strip().splitlines())
        return "sha256:" + hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]

    def suspect(self, clearance: Clearance) -> bool:
        """Tell whether the text changed since it was cleared."""
        return clearance.status == "cleared" and clearance.text != self.fingerprint()

    def named(self) -> frozenset[str]:
        """Return the ids of those who must be told or asked to clear it."""
        return frozenset(
            {entry.who for entry in self.tell} | {entry.who for entry in self.clearances}
        )

    def self_faults(self) -> Iterator[SelfFault]:
        """Yield a clearance that doesn't say which text it cleared."""
        yield from super().self_faults()
        for index, clearance in enumerate(self.clearances):
            if clearance.status == "cleared" and not clearance.text:
                yield SelfFault(
                    "clearance-without-text",
                    f'"{clearance.who}" has cleared it, and nothing says which text',
                    ("clearances", index, "status"),
                    f"add text: {self.fingerprint()}, if it is the text as it now stands",
                )
