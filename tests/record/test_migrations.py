"""Formats of the record: each step from its cases, an older one read as today's, a newer one refused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from nacoord.model.office import FORMAT
from nacoord.record.loader import load
from nacoord.record.loader import load_office
from nacoord.record.loader import load_one
from nacoord.record.loader import locate
from nacoord.record.message import Trailers
from nacoord.record.message import message
from nacoord.record.message import split
from nacoord.record.migrations import upgrade
from nacoord.record.migrations.table import MIGRATIONS
from nacoord.record.migrations.table import Migration
from nacoord.record.officefile import OfficeUnreadableError
from nacoord.record.yamltext import value_of
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.office import office
from tests.support.records import BASE
from tests.support.records import OFFICE
from tests.support.records import write

CASES = [
    (int(file.stem.removeprefix("from")), case)
    for file in sorted((Path(__file__).parent / "cases/migrations").iterdir())
    for case in value_of(file.read_bytes())
]
CLOCK = "title: A clock\nsteps:\n  - {name: First, days: 3, calendar: business, holidays: [us]}\n"
OLDER = {
    **BASE,
    "nacoord.yaml": OFFICE.replace("format: 1\n", ""),
    "clocks/foia.yaml": CLOCK,
}


@pytest.mark.parametrize(
    ("start", "case"), CASES, ids=[f"{start}: {case['title']}" for start, case in CASES]
)
def test_case(start: int, case: dict[str, Any]) -> None:
    path, before, after = case["path"], case["before"].encode(), case["after"].encode()

    assert upgrade.upgraded_text(path, before, start) == after
    # Migrated text says what the text says when it is read as migrated; and migrated again it stays.
    assert upgrade.upgraded(path, value_of(before), start) == value_of(after)
    assert upgrade.upgraded_text(path, after, start) == after


def test_every_format_has_a_step_to_the_next_and_cases() -> None:
    assert [each.start for each in MIGRATIONS] == list(range(FORMAT))
    assert {start for start, _ in CASES} == set(range(FORMAT))


def test_a_step_names_the_version_that_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = (Migration(0, "Nothing.", lambda _path, _value: [], "0.9"),)
    monkeypatch.setattr(upgrade, "MIGRATIONS", steps)
    text = upgrade.upgraded_text("nacoord.yaml", b"name: Office\nown_agency: us\n", 0)

    assert text == b'format: 1\nneeds: "0.9"\nname: Office\nown_agency: us\n'


def test_steps_that_are_not_known_change_nothing() -> None:
    value = {"name": "Office"}

    assert upgrade.upgraded("nacoord.yaml", value, 1, 2) == value
    assert upgrade.upgraded("nacoord.yaml", value, 0, 7) == value
    assert upgrade.upgraded("nacoord.yaml", value, 1) == value


def test_an_older_record_is_read_as_migrated(tmp_path: Path) -> None:
    write(tmp_path / "old", OLDER)
    write(
        tmp_path / "new",
        OLDER | {"nacoord.yaml": OFFICE, "clocks/foia.yaml": CLOCK.replace("[us]", "[US]")},
    )
    old, new = load(tmp_path / "old", ""), load(tmp_path / "new", "")

    assert (old.format, new.format) == (0, FORMAT)
    assert old.faults == ()
    assert dict(old.records) == dict(new.records)
    assert old.office == new.office == load_office(tmp_path / "old", "")
    one = load_one(tmp_path / "old", "foia", "")
    assert one is not None
    assert (one.format, dict(one.records)) == (0, {"foia": new.records["foia"]})


def test_faults_of_an_older_record_stand_where_its_files_have_them(tmp_path: Path) -> None:
    write(tmp_path, OLDER | {"clocks/foia.yaml": CLOCK + "  - {name: Second, days: no}\n"})
    write(tmp_path, {"people/new.yaml": "title: N\nrole: R\nagency: dsh\n"})
    (fault,) = load(tmp_path, "").faults

    assert (fault.origin.file, fault.origin.line, fault.code) == (
        "clocks/foia.yaml",
        4,
        "wrong-type",
    )

    write(tmp_path, {"nacoord.yaml": OLDER["nacoord.yaml"].replace("America/New_York", "9")})
    with pytest.raises(OfficeUnreadableError) as found:
        load(tmp_path, "")
    assert [each.origin.line for each in found.value.faults] == [2]


HOSTILE = {
    "text": "two",
    "quoted": '"1"',
    "float": "1.5",
    "whole float": "1.0",
    "negative": "-1",
    "huge": "1" + "0" * 100,
    "too great": "10000",
    "list": "[1]",
    "mapping": "{a: 1}",
    "true": "true",
    "nothing": "",
    "two": "1\nformat: 1",
    "two, one newer": "1\nformat: 99",
    "tagged": "!!int 1",
    "leading zero": "007",
}


@pytest.mark.parametrize("said", HOSTILE.values(), ids=HOSTILE)
def test_a_format_that_is_none_is_a_fault_in_its_line(said: str, tmp_path: Path) -> None:
    write(tmp_path, BASE | {"nacoord.yaml": OFFICE.replace("format: 1", f"format: {said}")})
    with pytest.raises(OfficeUnreadableError) as found:
        load(tmp_path, "")

    faults = locate(found.value.faults, tmp_path, "")
    assert [fault.origin.line for fault in faults] == [2 if "\n" in said else 1]
    assert all(len(fault.message) < 120 for fault in faults)


@pytest.mark.parametrize(
    ("needs", "hint"),
    [
        ('"0.9"', "install nacoord 0.9 or newer: pip install --upgrade 'nacoord>=0.9'"),
        ("0.9", "install a newer nacoord: pip install --upgrade nacoord"),
        ("\"1'; rm -rf .; '\"", "install a newer nacoord: pip install --upgrade nacoord"),
        ('"1.\\n2"', "install a newer nacoord: pip install --upgrade nacoord"),
        ('"1.2\\n"', "install a newer nacoord: pip install --upgrade nacoord"),
        ("[1]", "install a newer nacoord: pip install --upgrade nacoord"),
    ],
)
def test_a_newer_format_is_refused_before_anything_else_is_said(
    needs: str, hint: str, tmp_path: Path
) -> None:
    text = f"needs: {needs}\nname: [1]\nnew_key: {{}}\nformat: 3\n"
    write(tmp_path, BASE | {"nacoord.yaml": text, "issues/odd.yaml": "["})
    with pytest.raises(OfficeUnreadableError) as found:
        load(tmp_path, "here")
    (fault,) = found.value.faults

    assert (fault.code, fault.origin.file, fault.origin.line) == (
        "unknown-format",
        "here/nacoord.yaml",
        4,
    )
    assert re.fullmatch(
        r"this record has format 3; nacoord [0-9.]+ reads formats up to 1", fault.message
    )
    assert fault.hint == hint


def test_what_is_kept_is_never_of_another_format(tmp_path: Path) -> None:
    """Each answer is the one that the files give, whichever format they were in before."""
    folder = office(tmp_path / "record")
    write(folder, {"clocks/foia.yaml": CLOCK})
    commit_all(folder, "Add a clock")

    def read() -> tuple[int, bool, int]:
        found = load(folder, "")
        again = load(folder, "", keep=False)
        assert dict(found.records) == dict(again.records)
        assert found.faults == again.faults
        return found.format, "foia" in found.records, len(found.faults)

    # In today's format the clock can't be read, and that is kept; in the older one it can.
    assert read() == (1, False, 1)
    assert read() == (1, False, 1)
    write(folder, {"nacoord.yaml": OLDER["nacoord.yaml"]})
    assert read() == (0, True, 0)
    assert read() == (0, True, 0)
    write(folder, {"nacoord.yaml": OFFICE})
    assert read() == (1, False, 1)
    git(folder, "commit", "-qam", "No change of the format", "--allow-empty")
    write(folder, {"clocks/foia.yaml": CLOCK.replace("[us]", "[US]")})
    assert read() == (1, True, 0)


def test_the_formats_of_a_migration_are_told_in_its_trailers() -> None:
    said = Trailers("migrate", (("nacoord.yaml", ("format",)),), (), (0, 1))
    text = message("migrate: format 0 → 1", "Nacoord-Format: 3 4", said)

    assert split(text)[2] == said
    assert split(text.replace("Nacoord-Action: migrate", "Nacoord-Action: set"))[2].formats is None
    assert split(text.replace("0 1", "0 x"))[2].formats is None
