"""The screens of an import at four widths, on the sample: golden files, read in review."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.cli import run
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.office import know_me
from tests.support.sheets import copy_examples

IMPORT = ["import", "taskers.csv", "--mapping", "taskers.yaml", "--dry-run", "--data", "data"]
WRONG = (
    "EX-2021-0007,A list of lanes,GSE,State of Texas,border-limits,02/30/2021,,,,,01/29/2021,Opn,,\n"
    "EX-2021-0008,A list of ports,GSE,State of Texs,border-limits,,,,,,,Closed,,\n"
    "EX-2021-0002,Another list,,,,,,,,,,,,\n"
    ",No number,CBP,NAO,border-limits,,,,,,,Open,,\n"
    "EX-2021-0009,Cut\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample in git after one import, and what came a week later."""
    place = tmp_path_factory.mktemp("import")
    shutil.copytree(ROOT / "data", place / "data")
    copy_examples(place)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(place))
        patch.chdir(place)
        know_me()
        git(place / "data", "init", "-q")
        commit_all(place / "data", "Begin the record")
        assert run([*IMPORT[:-3], "--data", "data"]).code == 0
    text = (place / "taskers.csv").read_text()
    later = text.replace("01/29/2021", "02/26/2021").replace(
        "Open,,Canada", "Closed,Mail of 19 January,Canada"
    )
    (place / "later.csv").write_text(later.replace(",Draft,", ",Open,"))
    (place / "wrong.csv").write_text(text + WRONG)
    return place


@pytest.mark.parametrize("width", [40, 80, 100, 120])
@pytest.mark.parametrize("name", ["later", "wrong", "taskers"])
def test_screen(
    name: str,
    width: int,
    folder: Path,
    golden: Callable[[str, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    know_me()
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.chdir(folder)
    shown = run(["--color", "never", IMPORT[0], f"{name}.csv", *IMPORT[2:]]).out

    golden(f"screens/import-{name}-{width}.txt", shown)
    assert max(map(len, shown.splitlines())) <= width
