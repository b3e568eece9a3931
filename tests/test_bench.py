"""What `make bench` measures is a record that people could have written, and what it says is so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nacoord.desk.checks.table import check
from nacoord.record.loader import load
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def bench_importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(ROOT / "bench"), *sys.path])


@pytest.mark.parametrize("size", [200, pytest.param(3000, marks=pytest.mark.slow)])
def test_a_generated_record_passes_check_and_is_the_same_again(size: int, tmp_path: Path) -> None:
    from generate import generate

    generate(tmp_path / "one", size)
    generate(tmp_path / "two", size)
    one, two = load(tmp_path / "one", ""), load(tmp_path / "two", "")

    assert check(one) == []
    assert dict(one.records) == dict(two.records)
    assert abs(len(one.records) - size) < 20


def test_a_word_hits_a_few_of_a_hundred_records() -> None:
    from generate import texts

    found = [text for _, text in texts(2000)]

    assert 0.005 < sum("harbor" in text.lower() for text in found) / len(found) < 0.1


def test_a_long_history_holds_a_sound_record_at_its_end_and_a_year_ago(tmp_path: Path) -> None:
    from history import LAST_YEAR
    from history import make

    folder = tmp_path / "record"
    make(folder, 150, 300)
    ended = load(folder, "")
    then = _git(folder, "rev-list", "-1", f"--before={LAST_YEAR}T23:59:59Z", "main")
    _git(folder, "checkout", "-q", then)
    a_year_ago = load(folder, "")

    assert _git(folder, "rev-list", "--count", "main") == "301"
    assert check(ended) == []
    assert check(a_year_ago) == []
    assert dict(a_year_ago.records) != dict(ended.records)


def _git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_every_bar_is_of_something_that_is_measured(tmp_path: Path) -> None:
    from bars import BARS
    from questions import START
    from questions import of_a_history
    from questions import of_a_record

    groups = [START, *of_a_record(tmp_path), *of_a_history(tmp_path)]
    measured = {work.name: group for group in groups for work in group.works}

    assert set(BARS) - {"peak memory of status"} <= set(measured)


def test_the_floors_of_every_bar_take_turns_with_it(tmp_path: Path) -> None:
    from bars import bar
    from questions import START
    from questions import of_a_history
    from questions import of_a_record

    for size, groups in (
        (None, (START,)),
        (10_000, of_a_record(tmp_path)),
        (None, of_a_history(tmp_path)),
    ):
        for group in groups:
            symbols = {work.symbol for work in group.works}
            for work in group.works:
                found = bar(work.name, size)
                # The floor of other questions is held to its own bar where F is beside it.
                if found and not work.symbol:
                    assert set(found.parts) <= symbols, work.name


@pytest.mark.parametrize(
    ("text", "took", "bound", "said"),
    [
        ("1.3 F", 0.2, 0.13, "2.00 F"),
        ("1.5 P + F", 0.9, 0.7, "2.00 P + F"),
        ("F + 1.5 commit", 0.2, 0.13, "F + 5.00 commit"),
        ("2 P", 0.8, 0.8, "2.00 P"),
    ],
)
def test_a_bar_is_a_sum_of_floors(text: str, took: float, bound: float, said: str) -> None:
    from bars import parse

    floors = {"F": 0.1, "P": 0.4, "commit": 0.02}
    bar = parse(text)

    assert bar.bound(floors) == pytest.approx(bound)
    assert bar.with_factor(bar.ratio(took, floors)) == said


@pytest.mark.parametrize(
    ("size", "bound"), [(200, "1.3 F"), (1_000, "1.3 F"), (10_000, "2 F"), (200_000, None)]
)
def test_a_bar_is_that_of_the_next_size(size: int, bound: str | None) -> None:
    from bars import bar

    found = bar("status mexico", size)

    assert (found.text if found else None) == bound


def test_a_command_that_fails_is_named_with_what_it_said(tmp_path: Path) -> None:
    from measure import Stopwatch
    from measure import Work
    from rows import line
    from rows import timed

    works = (
        Work("fine", (sys.executable, "-c", "pass"), symbol="F"),
        Work("broken", (sys.executable, "-c", "raise SystemExit('no such thing')")),
    )
    figures = Stopwatch(tmp_path, os.environ, 1).take_turns(works)
    fine, broken = timed(works, figures, "here", None)

    assert not fine.failed
    assert "no such thing" in line(broken)
    assert broken.verdict == "failed"


def test_each_run_of_a_command_has_a_number_of_its_own(tmp_path: Path) -> None:
    from measure import TURN
    from measure import Stopwatch
    from measure import Work

    words = ("sh", "-c", f"echo {TURN} >> turns")
    Stopwatch(tmp_path, os.environ, 3).take_turns([Work("turns", words)])
    turns = (tmp_path / "turns").read_text().split()

    # One round goes before, and doesn't count.
    assert len(set(turns)) == len(turns) == 4


def test_the_peak_of_memory_is_that_of_the_command_alone(tmp_path: Path) -> None:
    from measure import Stopwatch
    from measure import Work

    hoard = (sys.executable, "-c", "held = bytearray(80_000_000); held[::4096] = held[::4096]")
    watch = Stopwatch(tmp_path, os.environ, 1)

    assert watch.peak(Work("hoard", hoard)).median > 80_000_000
    # Not of this process, which has all of pytest loaded.
    assert watch.peak(Work("little", (sys.executable, "-S", "-c", "pass"))).median < 30_000_000


def test_a_part_of_the_page_that_is_not_measured_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import report
    from rows import Row

    monkeypatch.setattr(report, "PAGE", tmp_path / "page.md")
    report.write({"records": [Row("status", "10 records", "5 ms", "1.00 F", "1.3 F", True)]}, 5)
    report.write({"peers": [Row("doorstop", "10 items", "9 s")]}, 5)
    page = (tmp_path / "page.md").read_text()
    notes = (ROOT / "bench/notes.md").read_text().strip()

    assert "| what | 10 records |\n|---|---|\n| status | 5 ms; 1.00 F; bar 1.3 F: met |" in page
    assert "| doorstop | 10 items | 9 s |" in page
    assert page.count("Not measured yet.") == 1
    assert notes in page


def test_an_item_for_the_peers_names_only_what_stands_before_it(tmp_path: Path) -> None:
    from generate import generate
    from peers.items import items

    generate(tmp_path, 200)
    found = items(tmp_path)

    assert abs(len(found) - 200) < 20
    assert all(other < item.number for item in found for other in item.links)
    assert sum(bool(item.links) for item in found) > 100
