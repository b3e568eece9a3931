"""Every command that reads answers to the byte as it does when nothing was read before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from nacoord.cli.table import COMMANDS
from tests.conftest import ROOT
from tests.support.cli import Ran
from tests.support.cli import run
from tests.support.git import commit_all
from tests.support.git import git

WHEN = ("2020-12-01", "2021-01-05", "2021-01-12", "2021-01-18")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the sample's record in git, with changes, a removal and a file that was broken once."""
    top = tmp_path_factory.mktemp("office")
    shutil.copytree(ROOT / "data", top / "data")
    git(top, "init", "-q", "-b", "main")
    issue, person = (top / "data" / name for name in ("issues/border-limits.yaml", "people/x.yaml"))
    text = issue.read_text()
    for number, day in enumerate(WHEN):
        if number == 1:
            issue.write_text(text.replace("priority: P", "priority: [P"))
            person.write_text("title: Somebody\n")
        elif number == 2:
            issue.write_text(text + 'x-note: {seen: [1, 2.5, null, "caf\\u00e9"]}\n')
            person.unlink()
        elif number == 3:
            (top / "data/agencies/new.yaml").write_text("title: New agency\nlevel: federal\n")
        commit_all(top, f"Change {number}", on=f"{day}T12:00:00-05:00")
    return top


READS = (
    ["status"],
    ["status", "mexico", "--all"],
    ["radar", "--all"],
    ["radar", "--backtest"],
    ["list"],
    ["list", "people"],
    ["list", "issues", "owner=director-mexico", "--sort", "-priority", "--columns", "id,summary"],
    ["list", "commitments", "--count"],
    ["show", "border-limits"],
    ["show", "state"],
    ["show", "nothing-of-that-name"],
    ["search", "mexico", "energy"],
    ["search", "café"],
    ["agenda", "--until", "+90d"],
    ["agenda", "--for", "sre"],
    ["untold"],
    ["matrix"],
    ["matrix", "--level", "state"],
    ["impact", "border-limits", "--all"],
    ["clocks", "--all"],
    ["handover", "director-mexico"],
    ["log"],
    ["history", "border-limits"],
    ["blame", "border-limits"],
    ["diff", "2020-12-15"],
    ["kept", "--all"],
    ["audit"],
    ["brief"],
    ["brief", "--week", "--marking", "internal"],
    ["export", "json"],
    ["export", "csv", "--kind", "issue"],
    ["export", "ics"],
    ["export", "graph", "--as", "dot"],
    ["check"],
)
# They write files of their own, each with tests of its own.
FILES = {"archive", "site"}
# Its pages are these answers; tests/tui holds them.
SCREENS = {"open"}


def test_every_command_that_reads_is_here() -> None:
    reading = {each.name for each in COMMANDS.values() if each.record and not each.writes}

    assert {words[0] for words in READS} == reading - FILES - SCREENS


@pytest.mark.slow
@pytest.mark.parametrize("as_of", ["", "HEAD", "2021-01-06", "HEAD~3"])
@pytest.mark.parametrize("words", READS, ids=" ".join)
def test_the_answer_is_the_same(
    words: list[str], as_of: str, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office)
    moment = ["--as-of", as_of] if as_of else []
    for form in ([], ["--json"]):
        line = [*words, *moment, *form]
        forget(office)
        plain = run(line)
        assert run(line) == plain
        # What other questions left behind.
        forget(office)
        for other in (["check"], ["search", "mexico", "--as-of", "2021-01-06"], ["log"]):
            run(other)
        assert run(line) == plain
        assert without_any(office, line) == plain


def forget(office: Path) -> None:
    shutil.rmtree(office / ".git" / "nacoord", ignore_errors=True)


def without_any(office: Path, line: list[str]) -> Ran:
    """Run a command where nothing can be kept."""
    forget(office)
    (office / ".git" / "nacoord").write_text("in the way")
    try:
        return run(line)
    finally:
        (office / ".git" / "nacoord").unlink()
