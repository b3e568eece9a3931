"""SECURITY.md promises nothing that no test shows."""

from __future__ import annotations

import re

from tests.conftest import ROOT

_TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def test_every_file_that_is_named_is_there() -> None:
    named = re.findall(r"`((?:tests|src|fuzz)/[\w/.]*)`", _TEXT)

    assert len(named) > 20
    for name in named:
        assert (ROOT / name).exists(), name


def test_every_promise_names_its_test() -> None:
    table = [line for line in _TEXT.splitlines() if line.startswith("|")][2:]

    assert len(table) > 15
    for row in table:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert len(cells) == 4, row
        assert re.search(r"`tests/[\w/]+\.py`", cells[3]), row


def test_every_test_of_hostile_input_is_named() -> None:
    files = {f"tests/hostile/{file.name}" for file in (ROOT / "tests/hostile").glob("test_*.py")}

    assert {name for name in files if name not in _TEXT} == set()


def test_it_is_short() -> None:
    assert len(_TEXT.splitlines()) < 150
