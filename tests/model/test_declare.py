"""Declared classes: what is said, what is not, and what is brought later."""

from typing import Annotated

import pytest

from nacoord.model.declare import REST
from nacoord.model.declare import Declared
from nacoord.model.declare import Field
from nacoord.model.declare import parts_in
from nacoord.model.declare import whole_of
from nacoord.model.kinds.table import KINDS
from nacoord.model.references import Kinds
from nacoord.model.when import Day
from nacoord.model.when import Moment
from nacoord.model.when import parse_day
from nacoord.model.when import parse_when


class Stop(Declared):
    """A stop on the way."""

    place: str = Field(description="Where.")
    on: Day | None = Field(default=None, description="When.")


class Trip(Declared):
    """A trip."""

    title: str = Field(description="What it is called.")
    due: Moment | None = Field(default=None, description="By when.")
    stops: tuple[Stop, ...] = Field(default=(), description="Its stops.")
    first: Stop = Field(default=Stop(place="home"), description="The first.")
    who: Annotated[str, Kinds(("person",))] | None = Field(default=None, description="Who goes.")
    told: dict[str, tuple[Day, ...]] = Field(default={}, description="Who was told when.")
    words: str | None = Field(default=None, seldom=True, description="Many words.")
    days: tuple[Day, ...] = Field(default=(), alias="on", seldom=True, description="Its days.")


SAID = {
    "title": "A trip",
    "~due": "2021-02",
    "~stops": ({"place": "Laredo", "~on": "2021-01-20"}, {"place": "Tijuana"}),
    "~told": {"texas": ("2021-01-02",)},
    "words": "many",
    "~days": ("2021-01-20",),
}
MADE = Trip(
    title="A trip",
    due=parse_when("2021-02"),
    stops=(Stop(place="Laredo", on=parse_day("2021-01-20")), Stop(place="Tijuana")),
    told={"texas": (parse_day("2021-01-02"),)},
    words="many",
    days=(parse_day("2021-01-20"),),
)


def said() -> dict[str, object]:
    """Return what a file says, for one instance."""
    stops = tuple(dict(stop) for stop in SAID["~stops"])  # type: ignore[arg-type, call-overload]
    return {**SAID, "~stops": stops}


def kept() -> Trip:
    """Return an instance whose seldom fields come later."""
    rest = {"words": "many", "~days": ("2021-01-20",)}
    return Trip.of({**{k: v for k, v in said().items() if k not in rest}, REST: ([rest].pop, 0)})


@pytest.mark.parametrize("trip", [Trip.of(said()), kept()], ids=["read", "kept"])
def test_what_a_file_says_is_what_was_made(trip: Trip) -> None:
    assert trip.model_fields_set == {"title", "due", "stops", "told", "words", "days"}
    assert trip == MADE
    assert hash(trip) == hash(MADE)
    assert trip.stops[0].on == parse_day("2021-01-20")
    assert trip.stops[1].model_fields_set == {"place"}


def test_seldom_fields_come_when_they_are_asked_for() -> None:
    trip = kept()

    assert (trip.title, str(trip.due), trip.who) == ("A trip", "2021-02", None)
    assert REST in vars(trip)
    assert trip.words == "many"
    assert REST not in vars(trip)
    assert trip.days == (parse_day("2021-01-20"),)


def test_what_is_not_said_is_its_default() -> None:
    trip = Trip(title="Bare")

    assert (trip.due, trip.stops, trip.first.place, trip.told, trip.words) == (None, (), "home", {}, None)  # fmt: skip
    assert trip.model_fields_set == {"title"}


@pytest.mark.parametrize("trip", [Trip.of(said()), kept()], ids=["read", "kept"])
def test_a_copy_differs_where_it_is_told_to(trip: Trip) -> None:
    other = trip.model_copy(update={"due": parse_when("2021-03-04")}, unsaid=["words", "stops"])

    assert (str(other.due), other.words, other.stops, other.title) == ("2021-03-04", None, (), "A trip")  # fmt: skip
    assert other.model_fields_set == {"title", "due", "told", "days"}
    assert trip == MADE


def test_nothing_can_be_changed_or_misnamed() -> None:
    with pytest.raises(TypeError, match="can't be changed"):
        MADE.title = "Other"  # type: ignore[misc]
    with pytest.raises(TypeError, match="needs title"):
        Trip()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="has no tilte"):
        Trip(title="T", tilte="T")  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        _ = Trip.of({}).title


def test_everything_as_plain_values() -> None:
    assert whole_of(Stop(place="Laredo", on=parse_day("2021-01-20"))) == {
        "place": "Laredo",
        "on": "2021-01-20",
    }


def test_the_parts_of_a_type_are_found() -> None:
    assert parts_in(Trip.model_fields["stops"].annotation) == [Stop]
    assert parts_in(Trip.model_fields["told"].annotation) == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_most_screens_show_is_not_seldom(kind: str) -> None:
    fields = KINDS[kind].model.model_fields

    assert not any(fields[name].seldom for name in ("id", "title", "marking", "formerly"))
    assert fields["sources"].seldom
