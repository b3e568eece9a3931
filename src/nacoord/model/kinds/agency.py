"""Agency: a stakeholder, at home or abroad, of any level of government or none."""

from typing import Literal

from nacoord.model.declare import Field
from nacoord.model.kinds.base import Level
from nacoord.model.kinds.base import Part
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.base import Text
from nacoord.model.references import AgencyId
from nacoord.model.references import IssueId
from nacoord.model.when import Day

AgencyLevel = Literal[
    "federal", "state", "local", "tribal", "congress", "foreign", "multilateral", "private"
]
Sphere = Literal["foreign", "domestic", "both"]

# States, cities and tribes stand on even footing with federal agencies.
SUBNATIONAL = frozenset({"state", "local", "tribal"})


class Position(Part):
    """Where the stakeholder stands on an issue."""

    issue: IssueId = Field(description="The issue.")
    stance: Text = Field(description="What it holds or asks for, in a sentence.")
    since: Day | None = Field(default=None, description="Since when.")
    source: Text | None = Field(default=None, description="Where that was said.")
    confidence: Level | None = Field(default=None, description="How sure the office is.")


class Agency(Record):
    """A stakeholder: an agency, a state, a city, a tribe, a committee, a ministry, a firm."""

    level: AgencyLevel = Field(description="What sort of body it is.")
    sphere: Sphere = Field(description="Whether it works abroad, at home or both.")
    country: Text | None = Field(
        default=None,
        description="ISO 3166-1 alpha-2 code, as text: US, MX, CA; none for multilateral bodies.",
    )
    parent: AgencyId | None = Field(default=None, description="The body it is part of.")
    counterparts: tuple[AgencyId, ...] = Field(
        seldom=True, default=(), description="Whom it deals with abroad."
    )
    aliases: tuple[Text, ...] = Field(default=(), description="Other names, in any language.")
    cadence_days: int | None = Field(
        default=None,
        strict=True,
        gt=0,
        description="The office means to be in contact at least every so many days.",
    )
    positions: tuple[Position, ...] = Field(
        default=(), description="Where it stands, issue by issue."
    )
