"""Commitment: a promise, either way."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from nacoord.model.declare import Field
from nacoord.model.kinds.base import Part
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.base import SelfFault
from nacoord.model.kinds.base import Text
from nacoord.model.references import AgencyId
from nacoord.model.references import CommitmentId
from nacoord.model.references import EngagementId
from nacoord.model.references import IssueId
from nacoord.model.when import Day
from nacoord.model.when import Moment

CommitmentStatus = Literal["open", "met", "missed", "withdrawn", "superseded"]


class Said(Part):
    """Where and how the promise was made."""

    engagement: EngagementId | None = Field(
        default=None, description="The contact at which it was made."
    )
    source: Text | None = Field(default=None, description="The document that holds it.")
    quote: Text | None = Field(default=None, description="The words themselves.")
    on: Day | None = Field(default=None, description="The day it was made.")


class Evidence(Part):
    """Proof that a promise was kept."""

    what: Text = Field(description="What shows it.")
    on: Day | None = Field(default=None, description="The day it was kept.")
    url: Text | None = Field(default=None, description="Where the proof can be read.")


class Dates(Part):
    """The stations of a tasker or letter, each its own date (GAO-14-424, GAO-23-105231)."""

    on_document: Day | None = Field(default=None, description="The date on the document.")
    received: Day | None = Field(default=None, description="When it came in.")
    tasked: Day | None = Field(default=None, description="When somebody was told to answer.")
    interim: Day | None = Field(default=None, description="When an interim answer went out.")
    answered: Day | None = Field(default=None, description="When the answer went out.")


_STATIONS = ("on_document", "received", "tasked", "interim", "answered")


class Commitment(Record):
    """A promise: by whom, to whom, by when, and whether it was kept."""

    by: tuple[AgencyId, ...] = Field(min_length=1, description="Who promised.")
    to: tuple[AgencyId, ...] = Field(min_length=1, description="To whom.")
    issues: tuple[IssueId, ...] = Field(min_length=1, description="What it is about.")
    said: Said | None = Field(seldom=True, default=None, description="Where and how it was made.")
    mandate: Text | None = Field(
        seldom=True,
        default=None,
        description="The statute, order, treaty or communiqué that it rests on.",
    )
    due: Moment | None = Field(default=None, description="By when.")
    status: CommitmentStatus = Field(description="Whether it is open, kept, missed or given up.")
    superseded_by: CommitmentId | None = Field(
        default=None, description="The promise that replaced it."
    )
    evidence: tuple[Evidence, ...] = Field(
        seldom=True, default=(), description="Proof; needed before it is met."
    )
    dates: Dates = Field(
        seldom=True, default=Dates(), description="The stations of a tasker or letter."
    )

    def self_faults(self) -> Iterator[SelfFault]:
        """Yield a promise met without evidence, and stations out of order."""
        yield from super().self_faults()
        if self.status == "met" and not self.evidence:
            yield SelfFault(
                "met-without-evidence",
                "the commitment is met and nothing proves it",
                ("status",),
                "add evidence, or set status back to open",
            )
        set_dates = [(name, date) for name in _STATIONS if (date := getattr(self.dates, name))]
        for (earlier, first), (later, second) in pairwise(set_dates):
            if second < first:
                yield SelfFault(
                    "reversed-dates",
                    f"{later} ({second}) is before {earlier} ({first})",
                    ("dates", later),
                    "mend the date that is wrong",
                )
