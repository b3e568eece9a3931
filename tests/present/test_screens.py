"""What people see, on the real record, at three widths: golden files, read in review."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.cli import run

SCREENS = {
    "status-mexico": ["status", "mexico"],
    "status-canada": ["status", "canada"],
    "status-line-5": ["status", "line-5"],
    "status-texas": ["status", "texas"],
    "status-all": ["status", "--all"],
    "radar-mexico": ["radar", "mexico"],
    "radar-stale": ["radar", "--rule", "stale"],
    "backtest": ["radar", "--backtest"],
    "show-issue": ["show", "tijuana-sewage"],
    "show-agency": ["show", "sre"],
    "show-commitment": ["show", "minute-325-to-congress"],
    "show-clock": ["show", "rrlm"],
    "show-action": ["show", "surprise-2020-cienfuegos-arrest"],
    "search": ["search", "quebec"],
    "clocks-mexico": ["clocks", "mexico"],
    "clocks-canada": ["clocks", "canada"],
    "clocks-rrlm": ["clocks", "rrlm"],
    "clocks-all": ["clocks", "--all"],
    "agenda-mexico": ["agenda", "mexico"],
    "agenda-until": ["agenda", "--until", "+5w"],
    "read-ahead": ["agenda", "--for", "call-sre-working-level"],
    "read-ahead-agency": ["agenda", "--for", "gac"],
    "untold-action": ["untold", "border-limits-february"],
    "untold-mexico": ["untold", "mexico"],
    "untold-sre": ["untold", "sre"],
    "matrix": ["matrix"],
    "matrix-states": ["matrix", "mexico", "--level", "state"],
    "impact-issue": ["impact", "mpp"],
    "impact-agency": ["impact", "sre"],
    "impact-action": ["impact", "line-5-shutdown-date", "--all"],
    "impact-clock": ["impact", "aid-notification"],
    "impact-path": ["impact", "usmca-labor", "--to", "line-5"],
    "impact-path-agency": ["impact", "texas", "--to", "line-5"],
    "kept": ["kept"],
    "kept-mexico-all": ["kept", "mexico", "--all"],
    "handover-person": ["handover", "director-borders"],
    "handover-agency": ["handover", "dhs"],
    "brief": ["brief"],
    "brief-mexico": ["brief", "mexico"],
    "brief-for": ["brief", "--for", "call-sre-working-level"],
    "list-piped": ["list", "commitment", "status:open", "due.before:2021-03-01", "--sort", "due"],
}


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand beside a copy of the record that is in no git, so that no commit shows."""
    import shutil

    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("width", [40, 80, 100, 120])
@pytest.mark.parametrize("name", SCREENS)
def test_screen(
    name: str, width: int, golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    shown = run(["--color", "never", "-q", *SCREENS[name]]).out

    golden(f"screens/{name}-{width}.txt", shown)
    if name != "list-piped":
        assert max(map(len, shown.splitlines())) <= width


@pytest.mark.parametrize(("format", "suffix"), [("markdown", "md"), ("html", "html")])
def test_the_book_as_a_file(format: str, suffix: str, golden: Callable[[str, str], None]) -> None:
    golden(
        f"documents/director-borders.{suffix}",
        run(["-q", "handover", "director-borders", "--format", format]).out,
    )


def test_the_brief_as_markdown(golden: Callable[[str, str], None]) -> None:
    golden("documents/brief-canada.md", run(["-q", "brief", "canada", "--format", "markdown"]).out)


def test_the_morning_fits_one_screen_at_100_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty lines, and as many more as git has changes: a full-screen terminal."""
    monkeypatch.setenv("COLUMNS", "100")
    shown = run(["status", "mexico"]).out.splitlines()

    assert len(shown) <= 50
    assert "…" not in "".join(shown[:30]), "what presses and where issues stand is never cut"


def test_colour_only_repeats_what_words_say(monkeypatch: pytest.MonkeyPatch) -> None:
    import re

    monkeypatch.setenv("COLUMNS", "100")
    plain = run(["--color", "never", "-q", "status", "mexico"]).out
    coloured = run(["--color", "always", "-q", "status", "mexico"]).out

    assert "\x1b[" in coloured
    bare = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in bare.splitlines()] == plain.splitlines()
