"""The office itself: what `nacoord.yaml` says."""

import re
from typing import Annotated
from typing import Any

from nacoord.model.declare import BadValueError
from nacoord.model.declare import Checked
from nacoord.model.declare import Field
from nacoord.model.declare import Matching
from nacoord.model.kinds.base import ID_PATTERN
from nacoord.model.kinds.base import Part
from nacoord.model.kinds.base import Text
from nacoord.model.references import AgencyId
from nacoord.model.when import Day

# The format that is read and written; an older one is migrated (record/migrations).
FORMAT = 1
# No format will have a greater number.
LATEST = 9999
FILE = "nacoord.yaml"
VERSION_PATTERN = r"[0-9]{1,6}(\.[0-9]{1,6}){0,3}"


def _format(value: Any) -> Any:
    if value == FORMAT:
        return value
    shown = str(value)
    raise BadValueError(
        "unknown-format",
        f"{shown if len(shown) <= 20 else shown[:19] + '…'} is not a format",
        f"formats are whole numbers; the newest this nacoord reads is {FORMAT}",
    )


def _zone(value: str) -> str:
    # The names are checked by shape only: the zone itself is opened in cli, which has a clock.
    if re.fullmatch(r"[A-Za-z_]+(/[A-Za-z0-9_+-]+)*", value):
        return value
    raise BadValueError(
        "bad-time-zone",
        f'"{value}" is not a time zone',
        "use an IANA name, for example America/New_York",
    )


def _ids(value: dict[str, Any]) -> dict[str, Any]:
    for key in value:
        if not re.fullmatch(ID_PATTERN, key):
            raise BadValueError(
                "bad-id", f'"{key}" is not an id', "use small letters, digits and hyphens"
            )
    return value


class Relationship(Part):
    """A relationship the office tends."""

    title: Text = Field(description="What it is called.")
    countries: tuple[Text, ...] = Field(
        min_length=1, description="The other countries in it, as ISO codes."
    )


class Cadence(Part):
    """How many days an issue may rest before it counts as stale, by priority."""

    P1: int = Field(default=7, strict=True, gt=0, description="Days for P1.")
    P2: int = Field(default=14, strict=True, gt=0, description="Days for P2.")
    P3: int = Field(default=30, strict=True, gt=0, description="Days for P3.")
    P4: int = Field(default=90, strict=True, gt=0, description="Days for P4.")


class RadarThresholds(Part):
    """When a rule of the radar begins to speak."""

    action_days: int = Field(
        default=14, strict=True, gt=0, description="An action this near must have been told of."
    )
    due_days: int = Field(
        default=7, strict=True, gt=0, description="A promise, step or decision this near is due."
    )
    clock_days: int = Field(
        default=30, strict=True, gt=0, description="A legal deadline this near is named."
    )
    collision_days: int = Field(
        default=5, strict=True, ge=0, description="Dated things this near each other collide."
    )
    signal_days: int = Field(
        default=90, strict=True, gt=0, description="A sign of an action warns for so many days."
    )
    slips: int = Field(
        default=2, strict=True, gt=0, description="A due date put off so many times is slipping."
    )
    tour_days: int = Field(
        default=60, strict=True, gt=0, description="A tour that ends this soon needs a successor."
    )
    changed_days: int = Field(
        default=14, strict=True, gt=0, description="A position is new for so many days."
    )
    unrecorded_days: int = Field(
        default=14,
        strict=True,
        gt=0,
        description="A contact without outcomes is asked about so long.",
    )


class Thresholds(Part):
    """When a thing begins to count."""

    soon_days: int = Field(
        default=14, strict=True, gt=0, description="How far ahead `status` looks."
    )
    recent_days: int = Field(
        default=7, strict=True, gt=0, description="How far back `status` looks."
    )
    stale_days: Cadence = Field(default=Cadence(), description="How long an issue may rest.")
    radar: RadarThresholds = Field(
        default=RadarThresholds(), description="When a rule of the radar begins to speak."
    )


class Calendars(Part):
    """Days off beside the holidays of each country, as dates the office knows of."""

    closed: dict[str, tuple[Day, ...]] = Field(
        default={}, description="By country code: days that are no business days there."
    )


class Office(Part):
    """An office: what `nacoord.yaml` says of it."""

    format: Annotated[int, Checked(_format)] = Field(
        strict=True, description="The version of the record's format."
    )
    needs: Annotated[str, Matching(f"^{VERSION_PATTERN}$")] | None = Field(
        default=None,
        description="The lowest version of nacoord that reads this format; `migrate` writes it.",
    )
    name: Text = Field(description="What the office is called.")
    time_zone: Annotated[str, Checked(_zone)] = Field(
        default="America/New_York", description="Where its days begin and end (IANA name)."
    )
    own_agency: AgencyId = Field(description="The agency that the office itself is.")
    lockstep_agency: AgencyId | None = Field(
        default=None, description="The agency it works in lockstep with; a party to every issue."
    )
    relationships: Annotated[dict[str, Relationship], Checked(_ids)] = Field(
        min_length=1, description="The relationships it tends, by id."
    )
    themes: Annotated[dict[str, Text], Checked(_ids)] = Field(
        min_length=1, description="Its themes, by id, in the order in which screens show them."
    )
    thresholds: Thresholds = Field(
        default=Thresholds(), description="When a thing begins to count."
    )
    calendars: Calendars = Field(default=Calendars(), description="Days off.")
    reference_date: Day | None = Field(
        default=None, description="The day that is today in this record; for samples and exercises."
    )

    def wider(self, relationship: str) -> frozenset[str]:
        """Return a relationship and those that contain it, as trilateral contains mexico."""
        own = set(self.relationships[relationship].countries)
        return frozenset(
            name for name, other in self.relationships.items() if own <= set(other.countries)
        )
