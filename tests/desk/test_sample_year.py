"""The sample record from its first morning through 2021: each due thing is spoken of before it is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from datetime import timedelta

import pytest

from nacoord.desk.deadlines import deadlines
from nacoord.desk.lookup import find_scope
from nacoord.desk.radar.answer import radar
from nacoord.desk.radar.dues import dues
from nacoord.model.fault import Path
from nacoord.model.snapshot import Snapshot
from nacoord.record.loader import load
from tests.conftest import ROOT

FIRST = date(2021, 1, 20)
LAST = date(2021, 12, 31)
DAYS = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
Thing = tuple[str, Path, date]


@pytest.fixture(scope="module")
def sample() -> Snapshot:
    return load(ROOT / "data", "data")


@pytest.fixture(scope="module")
def spoken(sample: Snapshot) -> dict[tuple[str, Path], list[date]]:
    """For each place in the record, the mornings on which a finding rests on it."""
    everything = find_scope(sample, None)
    found: dict[tuple[str, Path], list[date]] = {}
    for morning in DAYS:
        for finding in radar(sample, morning, everything).findings:
            for place in finding.places:
                found.setdefault((place.record, place.field), []).append(morning)
    return found


def _due_things(sample: Snapshot) -> Iterator[Thing]:
    for due in dues(sample):
        yield due.record, due.field, due.when.end
    for action in sample.actions:
        if action.status == "expected":
            yield action.id, ("when",), action.when.start
    for morning in DAYS:
        for deadline in deadlines(sample, morning):
            if not deadline.projected:
                issue = next(each for each in sample.issues if each.id == deadline.issue)
                at = [run.clock for run in issue.clocks].index(deadline.clock)
                yield deadline.issue, ("clocks", at), deadline.due.end


def test_each_due_thing_of_2021_is_spoken_of_before_its_day(
    sample: Snapshot, spoken: dict[tuple[str, Path], list[date]]
) -> None:
    things = {thing for thing in _due_things(sample) if FIRST < thing[2] <= LAST}
    silent = [
        (record, field, day)
        for record, field, day in sorted(things, key=str)
        if not any(
            day - timedelta(days=60) <= morning < day for morning in spoken.get((record, field), ())
        )
    ]

    assert len(things) > 80
    assert silent == []


def test_what_is_late_is_spoken_of_until_it_is_done(
    sample: Snapshot, spoken: dict[tuple[str, Path], list[date]]
) -> None:
    late = {thing for thing in _due_things(sample) if thing[1][-1] == "due" and thing[2] < LAST}

    for record, field, _ in late:
        assert spoken[record, field][-1] == LAST, (record, field)


def test_the_first_morning_is_short_enough_to_read(sample: Snapshot) -> None:
    found = radar(sample, FIRST, find_scope(sample, None)).findings

    assert 20 <= len(found) <= 45
    assert len({(each.rule, each.about, each.what) for each in found}) == len(found)
