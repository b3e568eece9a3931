"""Engagement: a contact with a stakeholder."""

from collections.abc import Iterator
from typing import Annotated
from typing import Literal

from nacoord.model.declare import Field
from nacoord.model.declare import Matching
from nacoord.model.kinds.base import Part
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.base import SelfFault
from nacoord.model.kinds.base import Text
from nacoord.model.references import CommitmentId
from nacoord.model.references import IssueId
from nacoord.model.references import PartyId
from nacoord.model.references import PersonId
from nacoord.model.when import Day

EngagementType = Literal[
    "principals",
    "deputies",
    "interagency",
    "bilateral",
    "trilateral",
    "call",
    "visit",
    "hearing",
    "site",
]
TimeOfDay = Annotated[str, Matching(r"^([01]\d|2[0-3]):[0-5]\d$")]


class Outcome(Part):
    """What came of it."""

    what: Text = Field(description="The outcome.")
    issue: IssueId | None = Field(default=None, description="The issue it bears on.")


class Engagement(Record):
    """A contact: a meeting, a call, a visit, a hearing."""

    type: EngagementType = Field(description="What sort of contact.")
    date: Day = Field(
        description="The day, in the office's time zone; the first, when it has several."
    )
    until: Day | None = Field(default=None, description="The last day, when it has several.")
    time: TimeOfDay | None = Field(
        seldom=True,
        default=None,
        description="When it starts, as 14:30, in the office's time zone.",
    )
    place: Text | None = Field(seldom=True, default=None, description="Where.")
    attendees: tuple[PartyId, ...] = Field(
        min_length=1, alias="with", description="With whom: agencies or persons."
    )
    issues: tuple[IssueId, ...] = Field(default=(), description="What it is about.")
    outcomes: tuple[Outcome, ...] = Field(seldom=True, default=(), description="What came of it.")
    commitments: tuple[CommitmentId, ...] = Field(
        seldom=True, default=(), description="Promises made there."
    )
    prepared_by: PersonId | None = Field(seldom=True, default=None, description="Who prepares it.")

    def self_faults(self) -> Iterator[SelfFault]:
        """Yield an engagement that ends before it starts."""
        yield from super().self_faults()
        if self.until and self.until < self.date:
            yield SelfFault(
                "reversed-dates",
                f"it lasts until {self.until}, before it starts on {self.date}",
                ("until",),
                "exchange the two dates or mend one",
            )
