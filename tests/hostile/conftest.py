"""What the hostile tests share: an office in git, on its first day."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.office import office


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = office(tmp_path / "record")
    monkeypatch.chdir(place)
    monkeypatch.setenv("NACOORD_TODAY", "2021-01-20")
    return place
