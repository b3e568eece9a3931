"""Clock: a deadline set by law or treaty."""

from collections.abc import Iterator
from typing import Literal

from nacoord.model.declare import Field
from nacoord.model.kinds.base import Part
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.base import SelfFault
from nacoord.model.kinds.base import Text
from nacoord.model.when import Day
from nacoord.model.when import Moment

Calendar = Literal["calendar", "business"]
Unit = Literal["days", "months", "years"]
Country = Literal["US", "MX", "CA"]

# A hundred years in days: no law counts further, and no slip of the keyboard should.
_MOST = 36_525


class Step(Part):
    """One deadline of a procedure, counted from the clock's start or from another step."""

    name: Text = Field(description="What must have happened.")
    after: Text | None = Field(
        default=None,
        description="The name of the step it is counted from; none means the clock's start.",
    )
    days: int = Field(
        strict=True, ge=0, le=_MOST, description="How many days, the first day not counted."
    )
    at_least: bool = Field(
        default=False,
        strict=True,
        description="A time to wait: after it something may be done, and it is never late.",
    )
    calendar: Calendar = Field(
        default="calendar", description="Whether weekends and holidays count."
    )
    holidays: tuple[Country, ...] = Field(
        default=("US",), description="Whose holidays a business day skips: US, MX, CA."
    )
    citation: Text | None = Field(default=None, description="The provision that sets it.")


class Recurrence(Part):
    """A deadline that comes round again."""

    every: int = Field(strict=True, gt=0, le=_MOST, description="How many units apart.")
    unit: Unit = Field(default="days", description="Days, months or years.")
    start: Day | None = Field(
        default=None, alias="from", description="Where it counts from, unless the issue says."
    )
    until: Day | None = Field(default=None, description="The last day on which it can fall.")


class FixedDate(Part):
    """A deadline with a date of its own."""

    due: Moment = Field(description="When.")
    what: Text | None = Field(default=None, description="What must have happened by then.")
    lead_days: int | None = Field(
        default=None,
        strict=True,
        ge=0,
        le=_MOST,
        description="How many days before that a decision is needed.",
    )
    citation: Text | None = Field(default=None, description="The provision or notice that sets it.")


class Clock(Record):
    """A deadline set by law or treaty: steps of a procedure, a recurrence, or fixed dates."""

    citation: Text | None = Field(default=None, description="The statute, treaty or notice.")
    steps: tuple[Step, ...] = Field(default=(), description="The deadlines of a procedure.")
    recurrence: Recurrence | None = Field(default=None, description="How it comes round again.")
    fixed: tuple[FixedDate, ...] = Field(
        default=(), description="Deadlines with dates of their own."
    )

    def deadline_names(self) -> tuple[str, ...]:
        """Return what an issue can say was met: steps, dates by what they are, the round's title."""
        fixed = (each.what or self.title for each in self.fixed)
        rounds = (self.title,) if self.recurrence else ()
        return (*(step.name for step in self.steps), *fixed, *rounds)

    def self_faults(self) -> Iterator[SelfFault]:
        """Yield a clock without a deadline or with two sorts, and steps that can't be counted."""
        yield from super().self_faults()
        sorts = [name for name in ("steps", "recurrence", "fixed") if getattr(self, name)]
        if len(sorts) != 1:
            what = "no deadline" if not sorts else " and ".join(sorts)
            yield SelfFault(
                "unclear-clock",
                f"the clock has {what}",
                (sorts[-1],) if sorts else (),
                "give it either steps, or a recurrence, or fixed dates",
                on_key=True,
            )
        names = [step.name for step in self.steps]
        for index, step in enumerate(self.steps):
            if step.after is not None and step.after not in names[:index]:
                yield SelfFault(
                    "unknown-step",
                    f'no step "{step.after}" stands before "{step.name}"',
                    ("steps", index, "after"),
                    "name an earlier step, or leave after out to count from the start",
                )
