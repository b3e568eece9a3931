"""What generated records must agree on: how many there are, who leads what, who met whom when."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import timedelta

from records.words import Writer

# The day on which the office that is measured stands, and when its record begins.
TODAY = date(2022, 6, 15)
BEGUN = date(2012, 1, 2)
LAST = TODAY + timedelta(days=400)

# Of a hundred records, how many are of each kind: between the sample, where the bodies of a first
# day weigh most, and an old record, where promises and contacts do.
SHARES = {
    "issues": 10,
    "agencies": 24,
    "people": 8,
    "commitments": 28,
    "engagements": 20,
    "actions": 7,
    "clocks": 3,
}
STEMS = {
    "issues": "issue",
    "agencies": "agency",
    "people": "person",
    "commitments": "promise",
    "engagements": "meeting",
    "actions": "action",
    "clocks": "clock",
}
# The office itself, State, and what else has dealings on both sides.
_BOTH = 0.25
_LEVELS = (
    ("federal", 24, "domestic"),
    ("state", 18, "domestic"),
    ("local", 14, "domestic"),
    ("tribal", 7, "domestic"),
    ("congress", 7, "domestic"),
    ("foreign", 20, "foreign"),
    ("multilateral", 4, "foreign"),
    ("private", 6, "domestic"),
)


@dataclass
class Plan:
    """The facts that records share.

    Attributes:
        counts: how many records of each kind, by folder.
        levels: the level of each agency.
        spheres: the sphere of each agency.
        sides: the agencies that can lead on a side, by the side.
        held: the day of each engagement.
        made_at: the engagement at which a commitment was made, by the commitment; not for all.
        made: the other way round.
        sorts: the sort of deadline each clock has.
    """

    writer: Writer
    counts: dict[str, int]
    levels: list[str] = field(default_factory=list)
    spheres: list[str] = field(default_factory=list)
    sides: dict[str, list[int]] = field(default_factory=dict)
    held: list[date] = field(default_factory=list)
    made_at: dict[int, int] = field(default_factory=dict)
    made: dict[int, list[int]] = field(default_factory=dict)
    sorts: list[str] = field(default_factory=list)

    def pick(self, folder: str) -> str:
        """Return the id of a record of a kind: the earlier ones are named much oftener."""
        return name(folder, int(self.counts[folder] * self.writer.rng.random() ** 2))

    def some(self, folder: str, usual: float, most: int, least: int = 0) -> list[str]:
        """Return ids of a kind, none twice, in the order of their numbers."""
        wanted = max(least, self.writer.count(usual, min(most, self.counts[folder])))
        return sorted({self.pick(folder) for _ in range(wanted)})

    def lead(self, side: str) -> str:
        """Return an agency that can lead on a side."""
        able = self.sides[side]
        return name("agencies", able[int(len(able) * self.writer.rng.random() ** 3)])

    def past_day(self, last: date = TODAY) -> date:
        """Return a day of the record's years up to one; the later ones are fuller."""
        share = 1 - self.writer.rng.random() ** 2
        return BEGUN + timedelta(int((last - BEGUN).days * share))

    def due_day(self) -> date:
        """Return a day on which something is due: one in eight is still to come."""
        return self.writer.day(TODAY, LAST) if self.writer.chance(0.12) else self.past_day()


def name(folder: str, number: int) -> str:
    """Return the id of a record."""
    return f"{STEMS[folder]}-{number:05}"


def plan(writer: Writer, size: int) -> Plan:
    """Decide what the records of a set of about `size` share."""
    counts = {folder: max(4, size * share // 100) for folder, share in SHARES.items()}
    made = Plan(writer, counts)
    _agencies(made)
    made.held = [made.due_day() for _ in range(counts["engagements"])]
    for commitment in range(counts["commitments"]):
        if writer.chance(0.3):
            engagement = writer.rng.randrange(counts["engagements"])
            made.made_at[commitment] = engagement
            made.made.setdefault(engagement, []).append(commitment)
    made.sorts = writer.rng.choices(("steps", "recurrence", "fixed"), (6, 2, 2), k=counts["clocks"])
    return made


def _agencies(made: Plan) -> None:
    rng = made.writer.rng
    names, weights, spheres = zip(*_LEVELS, strict=True)
    own = dict(zip(names, spheres, strict=True))
    made.levels = rng.choices(names, weights, k=made.counts["agencies"])
    made.levels[:3] = ["federal"] * 3
    made.spheres = [own[level] for level in made.levels]
    for number, level in enumerate(made.levels):
        if number < 2 or (level == "federal" and rng.random() < _BOTH):
            made.spheres[number] = "both"
    for side in ("foreign", "domestic"):
        made.sides[side] = [
            number for number, sphere in enumerate(made.spheres) if sphere in (side, "both")
        ]
