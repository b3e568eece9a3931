"""The screen of promises on an office with a lived history: golden files, read in review."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.cli import run
from tests.support.lived import lived

SCREENS = {
    "kept-lived": ["kept"],
    "kept-lived-all": ["kept", "--all"],
    "kept-lived-february": ["kept", "mexico", "--as-of", "2021-02-28", "--today", "2021-02-28"],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("lived") / "record"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(place.parent))
        place.mkdir()
        return lived(place)


@pytest.mark.parametrize("width", [40, 80, 100, 120])
@pytest.mark.parametrize("name", SCREENS)
def test_screen(
    name: str,
    width: int,
    folder: Path,
    golden: Callable[[str, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("NACOORD_TODAY", "2021-06-01")
    monkeypatch.chdir(folder)
    shown = run(["--color", "never", "-q", *SCREENS[name]]).out

    golden(f"screens/{name}-{width}.txt", shown)
    assert max(map(len, shown.splitlines())) <= width
