"""What every test stands on: a clean environment, a small record, golden files."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.records import BASE
from tests.support.records import write

# A test never measures time: how long an example takes says more of the machine than of the code.
settings.register_profile("default", deadline=None)
settings.load_profile("default")

# A shell lets what it runs in the background ignore an interrupt, and nohup a terminal that goes away;
# so would what the tests run.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

GOLDEN = Path(__file__).parent / "golden"
ROOT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="write the golden files anew")


@pytest.fixture(scope="session", autouse=True)
def own_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what a user has of their own in one place, so that a record made once stays theirs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(autouse=True)
def clean_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test see the developer's home, settings, record or width of terminal."""
    home = tmp_path / "home"
    home.mkdir()
    for name in list(os.environ):
        if name.startswith(("NACOORD_", "GIT_", "LC_")) or name in {
            "COLUMNS",
            "FORCE_COLOR",
            "LANG",
            "LESS",
            "LINES",
            "NO_COLOR",
            "PAGER",
            "TERM",
            "TZ",
        }:
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A small record that passes `check`, on disk and in no git."""
    folder = tmp_path / "record"
    write(folder, BASE)
    return folder


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with its golden file; with --golden, write the file."""

    def compare(name: str, actual: str) -> None:
        file = ROOT / name if name.startswith("docs/") else GOLDEN / name
        if request.config.getoption("--golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(actual, encoding="utf-8")
        expected = file.read_text(encoding="utf-8") if file.exists() else ""

        assert actual == expected, f"{file.name} differs; if that is meant: make golden"

    return compare
