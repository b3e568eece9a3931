"""The records that measuring generates are records people could have written."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from nacoord.desk.checks.table import check
from nacoord.record.loader import load
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def bench_importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(ROOT / "bench"), *sys.path])


@pytest.mark.parametrize("size", [100, pytest.param(3000, marks=pytest.mark.slow)])
def test_a_generated_record_passes_check_and_is_the_same_again(size: int, tmp_path: Path) -> None:
    from generate import generate

    generate(tmp_path / "one", size)
    generate(tmp_path / "two", size)

    assert check(load(tmp_path / "one", "")) == []
    assert dict(load(tmp_path / "one", "").records) == dict(load(tmp_path / "two", "").records)
    assert abs(len(load(tmp_path / "one", "").records) - size) < 20
