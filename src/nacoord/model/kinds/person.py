"""Person: a post or an officer."""

from collections.abc import Iterator

from nacoord.model.declare import Field
from nacoord.model.kinds.base import Email
from nacoord.model.kinds.base import Part
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.base import SelfFault
from nacoord.model.kinds.base import Text
from nacoord.model.references import AgencyId
from nacoord.model.references import AnyId
from nacoord.model.when import Day


class Tour(Part):
    """The time an officer serves in the post; the last day is included."""

    start: Day = Field(description="The first day.")
    end: Day | None = Field(default=None, description="The last day.")


class Person(Record):
    """A post or an officer, in the office or at a stakeholder."""

    agency: AgencyId = Field(description="Where the person serves.")
    role: Text = Field(description="What the person does there.")
    home_agency: AgencyId | None = Field(
        seldom=True, default=None, description="The agency a detailee came from and returns to."
    )
    emails: tuple[Email, ...] = Field(
        seldom=True, default=(), description="Addresses; the git author's is matched to them."
    )
    tour: Tour | None = Field(default=None, description="From when to when.")
    portfolio: tuple[AnyId, ...] = Field(
        default=(), description="The issues and agencies the person tends."
    )

    def self_faults(self) -> Iterator[SelfFault]:
        """Yield a tour that ends before it starts."""
        yield from super().self_faults()
        if self.tour and self.tour.end and self.tour.end < self.tour.start:
            yield SelfFault(
                "reversed-dates",
                f"the tour ends on {self.tour.end}, before it starts on {self.tour.start}",
                ("tour", "end"),
                "exchange the two dates or mend one",
            )
