"""Hostile YAML, a file each, and what must be said of it: `yaml/expected.txt` gives codes and lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from nacoord.desk.checks.table import check
from nacoord.record.loader import load
from nacoord.record.loader import locate
from tests.support.records import BASE
from tests.support.records import write

_FILES = Path(__file__).parent / "yaml"
_EXPECTED = dict(
    line.split(": ", 1) for line in (_FILES / "expected.txt").read_text().splitlines() if line
)


def test_each_file_is_expected_to_say_something() -> None:
    assert {file.stem for file in _FILES.glob("*.yaml")} == set(_EXPECTED)


@pytest.mark.parametrize("name", _EXPECTED)
def test_what_is_said(name: str, tmp_path: Path) -> None:
    write(tmp_path, {**BASE, "agencies/hostile.yaml": (_FILES / f"{name}.yaml").read_bytes()})
    found = load(tmp_path, "record")
    faults = locate(check(found), tmp_path, "record")
    said = [f for f in faults if f.origin.file == "record/agencies/hostile.yaml"]

    assert (
        ", ".join(dict.fromkeys(f"{f.code}:{f.origin.line}" for f in said)) or "fine"
    ) == _EXPECTED[name]
    assert all(fault.hint for fault in said)
    # No other record is hidden by it.
    assert len(found.records) - ("hostile" in found.records) == len(BASE) - 1
