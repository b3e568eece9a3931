"""A simulated office: people who edit, sync, are offline and are killed, and lose nothing.

A run is had again by its seed: `NACOORD_SEED=7 pytest tests/simulation -m slow`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.simulation.office import Office


def _live(folder: Path, seed: int, people: int, rounds: int) -> None:
    office = Office(folder, seed, people)
    try:
        for _ in range(rounds):
            office.round()
        office.come_together()
        counted = office.verify()
    except AssertionError as error:
        raise AssertionError(f"seed {seed}: {error}\n" + "\n".join(office.told[-60:])) from error
    print(f"seed {seed}: {people} clones, {rounds} rounds, {dict(counted)}, lost: 0")


def test_a_small_office_for_some_days(tmp_path: Path) -> None:
    _live(tmp_path, seed=1, people=4, rounds=12)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [int(os.environ.get("NACOORD_SEED", "2026"))])
def test_twenty_people_for_hundreds_of_rounds(seed: int, tmp_path: Path) -> None:
    _live(tmp_path, seed, people=20, rounds=300)
