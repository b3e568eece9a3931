"""What the tests of the terminal app share: an office in git, on its first day."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.office import office


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NACOORD_TODAY", "2021-01-20")
    folder = office(tmp_path / "record")
    monkeypatch.chdir(folder)
    return folder
